"""Every screen in every state and view: nothing wrong, nothing that axe finds, nothing wider than its window."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.pictures import FOLDER, Gallery, named
from tests.browser.screens import SCREENS, Screen

_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hall(browser: Browser) -> AsyncIterator[Gallery]:
    """One for all."""
    made = Gallery(browser)
    yield made
    await made.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
async def test_a_screen_is_good_in_every_view(hall: Gallery, screen: Screen) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    for view in screen.views:
        async with hall.shown(screen, view) as (page, seen):
            await page.screenshot(path=FOLDER / f"{named(screen, view)}.png")
            wrong += [f"{view}: {what}" for what in (*seen, *await violations(page), *await too_wide(page))]
    assert not wrong, "\n".join(wrong)


async def too_wide(page: Page) -> list[str]:
    """A page that must be scrolled sideways."""
    more: int = await page.evaluate(_TOO_WIDE)
    return [f"the page is {more} px wider than its window"] if more > 0 else []
