"""A screen looked at in each of its views, for everything that may be wrong with it."""

from playwright.async_api import Page

from tests.browser.axe import violations
from tests.browser.pictures import FOLDER, Gallery, named
from tests.browser.screens import Screen

_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def assert_good(hall: Gallery, screen: Screen) -> None:
    """Nothing wrong, nothing that axe finds, nothing wider than its window."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for view in screen.views:
        async with hall.shown(screen, view) as (page, seen):
            await page.screenshot(path=FOLDER / f"{named(screen, view)}.png")
            wrong += [f"{view}: {what}" for what in (*seen, *await violations(page), *await _too_wide(page))]
    assert not wrong, "\n".join(wrong)


async def _too_wide(page: Page) -> list[str]:
    """A page that must be scrolled sideways."""
    more: int = await page.evaluate(_TOO_WIDE)
    return [f"the page is {more} px wider than its window"] if more > 0 else []
