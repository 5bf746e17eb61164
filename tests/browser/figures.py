"""Figures: how the screens do with very much: measured the same way by tests and by script/bench."""

from msgspec import Struct
from playwright.async_api import expect

from tests.browser.fleet import Fleet
from tests.browser.measure import scroll_through, switches
from tests.browser.visits import Visit

PAGES = ("/servers", "/deployments", "/builds", "/containers", "/activity", "/")


class Scrolled(Struct, frozen=True):
    """From top to bottom: milliseconds of the longest task, and the most rows ever drawn."""

    longest_task: float
    rows: int


async def scroll_list(visit: Visit, path: str) -> Scrolled:
    """The list of a page."""
    page = await visit.go(path)
    await page.locator("[data-row]").first.wait_for()
    await page.evaluate(_MARK, "[data-row]")
    return Scrolled(*await scroll_through(page, "[data-scrolls]"))


async def scroll_log(visit: Visit, fleet: Fleet, deployment: str, lines: int) -> Scrolled:
    """The log of a deployment that has written so many lines."""
    page = await visit.go(f"/deployments/{deployment}/log")
    await page.locator("[data-line]").first.wait_for()
    fleet.write_many(deployment, lines)
    await expect(page.locator("[data-line]").filter(has_text=f"{lines} ").first).to_be_attached(timeout=90_000)
    await page.evaluate(_MARK, "[data-line]")
    return Scrolled(*await scroll_through(page, "[data-scrolls]"))


async def switch_pages(visit: Visit, rounds: int = 5) -> float:
    """Milliseconds from a click in the navigation to the page, the median of all."""
    page = await visit.go("/")
    return await switches(page, PAGES, rounds)


_MARK = """
(inside) => {
  let box = document.querySelector(inside);
  while (box && !(box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY)))
    box = box.parentElement;
  box?.setAttribute("data-scrolls", "");
}
"""
"""Marks what scrolls around a row."""
