"""Live: what others do, what dies outside, a core restarted, a slow line; and nothing is ever asked twice."""

import asyncio

import pytest
from playwright.async_api import expect

from monitor.resources.deployment.spec import DEPLOYMENT
from tests.browser.fleet import Fleet
from tests.browser.link import Link
from tests.browser.measure import delay
from tests.browser.visits import Visit, Visits, ready
from tests.browser.watch import assert_no_polling
from tests.core.world import updating

PAGES = ("/", "/servers", "/deployments", "/builds", "/containers", "/activity", "/queue", "/people", "/settings")
TENFOLD = 3.0
"""Seconds: the promise is 300 ms."""
GONE = (
    r"WebSocket connection .* failed",
    r"ERR_CONNECTION_REFUSED",
    r"request failed",
    r"Failed to load resource",
    r"asked again .*/api/welcome",
)


@pytest.mark.parametrize("path", PAGES)
async def test_an_idle_page_asks_for_nothing(visit: Visit, path: str) -> None:
    await visit.go(path)
    await visit.page.wait_for_timeout(2_500)  # the palette is fetched a little after the first screen
    await assert_no_polling(visit.page, 3)


async def test_a_container_killed_outside_changes_its_row(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/deployments?q=site-1")
    row = page.get_by_role("row").filter(has_text="site-1").first
    await expect(row.locator("[data-state='ok']").first).to_be_visible()
    id = await row.get_attribute("data-row")
    seconds = await delay(page, lambda: fleet.kill("site-1"), f"[data-row='{id}'] [data-state='bad']")
    assert seconds < TENFOLD
    fleet.revive("site-1")
    await expect(row.locator("[data-state='ok']").first).to_be_visible()


async def test_two_people_see_what_the_other_does(visits: Visits, fleet: Fleet) -> None:
    ana, jon = await visits.visit("ana"), await visits.visit("jon")
    await ana.go("/deployments?q=site-2")
    page = await jon.go("/deployments/site-2")
    await page.get_by_role("button", name="Deploy", exact=True).click()
    row = ana.page.get_by_role("row").filter(has_text="site-2").first
    await expect(row.locator("[data-state='busy']").first).to_be_visible()
    await expect(row.locator("[data-state='ok']").first).to_be_visible(timeout=20_000)
    await ana.go("/activity")
    await expect(ana.page.get_by_text("site-2").first).to_be_visible()


async def test_two_who_edit_the_same_merge_what_they_meant(visits: Visits, fleet: Fleet) -> None:
    ana = await visits.visit("ana")
    ana.watch.allow("409 PATCH", "status of 409")
    link = await Link.of(ana.page)
    page = await ana.go("/deployments/site-3/config")
    timeout = page.get_by_label("Stop timeout")
    await timeout.fill("25")
    link.hold()  # what the other saves is heard of with the refusal, not before
    await fleet.app.run(updating(DEPLOYMENT, "site-3", config={"stop_timeout": 40, "restart": "always"}))
    await page.keyboard.press("Control+s")
    await expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    mine = page.get_by_text("Mine").first
    await expect(mine).to_be_visible()
    await expect(page.get_by_text("40").first).to_be_visible()


async def test_core_restarted_under_the_page(visits: Visits, fleet: Fleet) -> None:
    visit = await visits.visit("ana")
    visit.watch.allow(*GONE)
    page = await visit.go("/deployments?q=worker")
    await expect(page.get_by_role("row").filter(has_text="worker-1").first).to_be_visible()
    crash = asyncio.create_task(fleet.crash(away=2.0))
    await expect(page.locator("[data-live='lost']").first).to_be_attached()
    await expect(page.get_by_text("Core has not answered")).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text="worker-1").first).to_be_visible()
    await crash
    await expect(page.locator("[data-live='live']").first).to_be_attached()
    await expect(page.get_by_text("Core has not answered")).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="worker-1").first
    fleet.alter("worker-1", health="unhealthy", reason="3 of 3 checks refused")
    await expect(row.locator("[data-state='bad']").first).to_be_visible()
    fleet.alter("worker-1", health="healthy", reason="")


async def test_a_cut_line_is_said_and_mended(visits: Visits, fleet: Fleet) -> None:
    visit = await visits.visit("ana")
    visit.watch.allow(*GONE)
    link = await Link.of(visit.page)
    page = await visit.go("/servers")
    await link.cut()
    await expect(page.locator("[data-live='lost']").first).to_be_attached()
    # While it is cut: once it is mended the page may be faster than a hand, and the button is gone.
    await page.get_by_role("button", name="Try now").click()
    link.mend()
    await expect(page.locator("[data-live='live']").first).to_be_attached()


async def test_a_slow_line_shows_the_shape_first_and_then_the_rest(visits: Visits, fleet: Fleet) -> None:
    visit = await visits.visit("ana")
    page = visit.page
    line = await page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 400, "downloadThroughput": 400_000, "uploadThroughput": 100_000}
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", slow)
    link = await Link.of(page, held=True)
    await page.goto("/deployments", wait_until="commit")
    await expect(page.locator("[aria-busy='true'], [role='status']").first).to_be_attached(timeout=30_000)
    assert await page.locator("[data-row]").count() == 0
    link.release()
    await ready(page)
    await expect(page.locator("[data-row]").first).to_be_visible()
    await page.goto("/deployments/site-4")
    await ready(page)
    await page.get_by_role("button", name="Restart").first.or_(page.get_by_role("button", name="Stop")).first.click()
    await expect(page.locator("header [data-state='busy'], [data-loading], [aria-busy='true']").first).to_be_attached(
        timeout=2_000
    )
