"""Figures of the screens, each held with a bound ten times looser than what docs/benchmarks.md promises."""

from playwright.async_api import expect

from tests.browser import figures
from tests.browser.fleet import Fleet
from tests.browser.visits import Visit

SCALE = 1000
TEN = 10


async def test_a_thousand_deployments_scroll(visit: Visit, fleet: Fleet) -> None:
    scrolled = await figures.scroll_list(visit, "/deployments")
    assert scrolled.rows <= 150
    assert scrolled.longest_task <= 200 * TEN


async def test_a_hundred_thousand_lines_scroll(visit: Visit, fleet: Fleet) -> None:
    scrolled = await figures.scroll_log(visit, fleet, "site-1", 100_000)
    assert scrolled.rows <= 150
    assert scrolled.longest_task <= 200 * TEN


async def test_pages_are_switched(visit: Visit, fleet: Fleet) -> None:
    assert await figures.switch_pages(visit, rounds=2) <= 150 * TEN


async def test_a_row_that_is_far_away_is_found(visit: Visit, fleet: Fleet) -> None:
    page = await visit.go("/deployments")
    await page.keyboard.press("/")
    await page.keyboard.type("worker-mail")
    await expect(page.get_by_role("row").filter(has_text="worker-mail").first).to_be_visible()
    assert await page.locator("[data-row]").count() < 20
