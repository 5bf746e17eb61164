"""Servers beside each other, and a server beside itself a day before; deployments and containers, too."""

import re

from playwright.async_api import expect

from tests.browser import long_past
from tests.browser.fleet import Fleet
from tests.browser.visits import Visit


async def test_servers_and_times_are_compared(visit: Visit, fleet: Fleet) -> None:
    await long_past.remember(fleet.world, "web-1", "web-2")
    page = await visit.go("/servers")
    for name in ("web-1", "web-2"):
        await page.get_by_role("row").filter(has=page.get_by_text(name, exact=True)).get_by_role("checkbox").click()
    await page.get_by_role("button", name="Compare").click()
    await expect(page).to_have_url(re.compile("/compare.servers="))
    cpu = page.get_by_role("region", name="CPU")
    legend = cpu.get_by_role("listitem")
    await expect(legend).to_have_text([re.compile(r"web-1\d"), re.compile(r"web-2\d")])

    await page.get_by_role("combobox", name="Add a server").fill("db-1")
    await page.get_by_role("option", name="db-1").click()
    await expect(legend).to_have_count(3)
    for name in ("web-2", "db-1"):
        await page.get_by_role("button", name=f"Leave out {name}").click()
    await page.get_by_text("A day before", exact=True).click()
    await expect(legend).to_have_text([re.compile(r"^web-1\d"), re.compile(r"^web-1, a day before\d")])
    await cpu.get_by_role("slider").focus()
    await page.keyboard.press("+")
    await expect(page).to_have_url(re.compile("before=day.*since="))
    await expect(legend).to_have_text([re.compile(r"^web-1\d"), re.compile(r"^web-1, a day before\d")])


async def test_deployments_and_containers_are_compared_with_their_like(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/compare?deployments=api-1,api-2")
    legend = page.get_by_role("region", name="Memory").get_by_role("listitem")
    await expect(legend).to_have_text([re.compile("^api-1"), re.compile("^api-2")])
    await page.get_by_text("Containers", exact=True).last.click()
    await page.get_by_role("combobox", name="Add a container").fill("app-1/monitoring-cadvisor-1")
    await page.get_by_role("option", name="app-1/monitoring-cadvisor-1").click()
    await expect(legend).to_have_text([re.compile("^app-1/monitoring-cadvisor-1")])
    page = await visit.go("/containers?q=monitoring-cadvisor-1")
    for row in (0, 1):
        await page.get_by_role("row").filter(has_text="cadvisor").nth(row).get_by_role("checkbox").click()
    await page.get_by_role("button", name="Compare").click()
    await expect(page).to_have_url(re.compile("/compare.containers="))
    await expect(legend).to_have_count(2)
