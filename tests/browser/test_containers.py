"""Containers nobody deployed, on screen: acted on alone and by project, looked into; and a deployment's insides."""

import re

from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.people import NOBODY
from tests.browser.visits import Visit, Visits, ready

ON = "/servers/app-1/containers"


async def test_a_whole_compose_project_by_its_heading(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go(ON)
    await page.get_by_role("button", name="Actions on the compose project vault on app-1").click()
    await page.get_by_role("menuitem", name="Stop").click()
    for name in ("vault-vault-1", "vault-unsealer-1"):
        row = page.get_by_role("row").filter(has_text=name)
        await expect(row.get_by_text("Exited")).to_be_visible()
    machine = fleet.world.machine("app-1")
    assert machine.find("vault-vault-1").view.state == "exited"
    await page.get_by_role("button", name="Actions on the compose project vault on app-1").click()
    await page.get_by_role("menuitem", name=re.compile("^Start")).click()
    await expect(page.get_by_role("row").filter(has_text="vault-vault-1").get_by_text("Running")).to_be_visible()


async def test_a_containers_own_page(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go(f"{ON}/monitoring-cadvisor-1")
    await expect(page.get_by_text("belongs to no deployment")).to_be_visible()
    await expect(page.get_by_role("region", name="CPU")).to_contain_text(re.compile(r"\d%"))
    await page.get_by_role("link", name="Processes").click()
    await expect(page.get_by_role("row").filter(has_text="worker process")).to_be_visible()
    await page.get_by_role("link", name="Inspect").click()
    await page.get_by_label("Search the description").fill("cadvisor")
    await expect(page.get_by_text(re.compile(r"\d+ hits?"))).to_be_visible()
    await page.get_by_role("link", name="Files changed").click()
    await expect(page.get_by_role("row").filter(has_text="/run/cadvisor.pid")).to_be_visible()


async def test_removing_asks_for_the_name(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go(f"{ON}/monitoring-node-exporter-1")
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Remove…").click()
    dialog = page.get_by_role("dialog")
    remove = dialog.get_by_role("button", name="Remove", exact=True)
    await expect(remove).to_be_disabled()
    await dialog.get_by_label(re.compile("^Type")).fill("monitoring-node-exporter-1")
    await remove.click()
    await expect(page.get_by_text("There is no such container")).to_be_visible()


async def test_a_deployments_insides(visit: Visit) -> None:
    page = await visit.go("/deployments/cart-api")
    await expect(page.get_by_role("region", name="Memory")).to_contain_text(re.compile(r"\d (Mi|Gi)B"))
    for tab, button in (("Processes", "Hold still"), ("Inspect", "Look again"), ("Files changed", "Look again")):
        await page.get_by_role("link", name=tab, exact=True).click()
        await ready(page)
        await expect(page.get_by_role("button", name=button)).to_be_visible()


async def test_who_may_see_and_make_nothing_is_told_why(visits: Visits) -> None:
    page = await (await visits.visit(NOBODY)).go("/containers")
    await expect(page.get_by_text("No container you may see")).to_be_visible()
    await page.goto("/deployments/new")
    await expect(page.get_by_text("You may not make deployments")).to_be_visible()
    await expect(page.get_by_role("button", name="Create deployment")).to_have_count(0)
