"""Many at once: chosen rows, one activity that leads theirs, each in its drawer; a renamed thing is followed."""

import re

from playwright.async_api import expect

from tests.browser.axe import assert_accessible
from tests.browser.visits import Visit


async def test_chosen_rows_are_one_activity_that_leads_theirs(visit: Visit) -> None:
    page = await visit.go("/deployments?q=gateway-")
    await page.locator("[data-row]").first.wait_for()
    await page.get_by_role("checkbox").first.check()
    bar = page.get_by_role("toolbar", name="Selected rows")
    await bar.get_by_role("button", name=re.compile("Restart")).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_label("At a time")).to_have_value("5")
    await assert_accessible(page)
    await dialog.get_by_label("At a time").fill("2")
    await dialog.get_by_role("button", name="Restart").click()
    drawer = page.get_by_role("complementary", name=re.compile(r"Restart \d+ deployments"))
    each = drawer.get_by_role("region", name="Each of them")
    await expect(each.locator("[data-state='busy']").first).to_be_visible()
    assert await each.locator("[data-state='busy']").count() <= 2
    await expect(drawer.get_by_text("Succeeded").first).to_be_visible(timeout=60_000)
    await expect(each.locator("[data-state='busy']")).to_have_count(0)
    await assert_accessible(page)
    await each.get_by_role("button").first.click()
    await expect(page.get_by_role("complementary", name=re.compile("Restart gateway-"))).to_be_visible()


async def test_a_renamed_deployment_is_followed_to_its_new_name(visit: Visit) -> None:
    page = await visit.go("/deployments/site-3")
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Rename…").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill("site-three")
    await dialog.get_by_role("button", name="Rename").click()
    await expect(page).to_have_url(re.compile("/deployments/site-three"))
    await expect(page.get_by_role("heading", name="site-three", exact=True)).to_be_visible()
