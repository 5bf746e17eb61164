"""Pictures: takes one of every screen, in both themes, on a desktop and on a phone, always at the same moment.

python -m tests.browser.pictures [--docs | --into FOLDER] [--axe] [NAME …]
"""

import argparse
import asyncio
import re
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.chromium import chromium
from tests.browser.deployments import SCALE
from tests.browser.fleet import Fleet
from tests.browser.screens import SCREENS, Screen
from tests.browser.view import VIEWS, View
from tests.browser.visits import Visits, ready

MOMENT = datetime(2026, 11, 26, 20, 4, 12, tzinfo=UTC)
FOLDER = Path(".cache/pictures")
DOCS_FOLDER = Path("docs/pictures")
DOCS = {
    "overview-desktop-dark",
    "overview-desktop-light",
    "overview-phone-dark",
    "servers-selected-desktop-dark",
    "server-desktop-light",
    "add-server-desktop-dark",
    "deployments-desktop-dark",
    "deployment-log-desktop-dark",
    "build-running-desktop-dark",
    "build-running-phone-dark",
    "palette-desktop-dark",
}
"""Those the documentation shows."""
Subject = tuple[Screen, View]
_SCALES = {"fleet": SCALE, "many": 500, "empty": 0, "fresh": -1}
_CALM = """
*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important }
"""


_ADD_STYLE = """
(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
"""
"""A constructed sheet: the page's policy has nothing against it."""


_QUIET = """
() => new Promise((done) => {
  let timer;
  const drawn = () => {
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(done));
  };
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(drawn, 60);
  };
  const observer = new MutationObserver(again);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  again();
  setTimeout(drawn, 500);
})
"""
"""Until nothing has changed for a moment, and what did is drawn; a page that goes on changing is taken as it is."""

_INCOMPLETE = "[data-loading], main:not(:has(h2, [role=grid], form, p))"
"""Parts that are loaded when they are needed are not there yet, or charts wait for their samples."""


class Gallery:
    """One browser, and each world as soon as a screen asks for it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._worlds: dict[str, tuple[Fleet, Visits]] = {}
        self._stack = AsyncExitStack()

    async def close(self) -> None:
        """End the worlds."""
        await self._stack.aclose()

    @asynccontextmanager
    async def shown(self, screen: Screen, view: View) -> AsyncIterator[tuple[Page, list[str]]]:
        """The page as it is to be looked at, and what its watch found wrong so far."""
        fleet, visits = await self._world(screen.world)
        visit = await visits.visit(screen.who, view)
        visit.watch.allow(*screen.wrong)
        page = visit.page
        await page.clock.set_fixed_time(MOMENT)
        if screen.set_up:
            await screen.set_up(page, fleet)
        if page.url == "about:blank":
            await page.goto(screen.path)
        if not screen.set_up and screen.who:
            await ready(page)
            await expect(page.locator(_INCOMPLETE)).to_have_count(0)
        if screen.then:
            await screen.then(page, fleet)
        if not screen.set_up:
            await expect(page.locator(_INCOMPLETE)).to_have_count(0)
        await _still(page)
        try:
            yield page, visit.watch.wrong
        finally:
            await visits.end(check=False)

    async def _world(self, name: str) -> tuple[Fleet, Visits]:
        if name not in self._worlds:
            fleet = await Fleet(scale=_SCALES[name], hour=name == "fleet", standing_at=MOMENT).start()
            self._stack.push_async_callback(fleet.stop)
            self._worlds[name] = fleet, Visits(self._browser, fleet.url)
        return self._worlds[name]


@asynccontextmanager
async def gallery() -> AsyncIterator[Gallery]:
    """One, with a browser of its own."""
    async with chromium() as browser:
        made = Gallery(browser)
        try:
            yield made
        finally:
            await made.close()


async def take(gallery: Gallery, screen: Screen, view: View, into: Path, *, axe: bool = False) -> list[str]:
    """One picture, as `NAME-DEVICE-THEME.png`; what is wrong with the page."""
    async with gallery.shown(screen, view) as (page, wrong):
        into.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=into / f"{named(screen, view)}.png", animations="disabled", caret="hide")
        return [*wrong, *(await violations(page) if axe else ())]


async def take_all(subjects: Iterable[Subject], into: Path, *, axe: bool = False) -> dict[str, list[str]]:
    """All of them; what was wrong, by picture. A screen that does not come is wrong, too."""
    found: dict[str, list[str]] = {}
    async with gallery() as made:
        for screen, view in subjects:
            try:
                wrong = await take(made, screen, view, into, axe=axe)
            except Exception as failure:
                wrong = [f"{type(failure).__name__}: {failure}"]
            print(f"{named(screen, view)}: {len(wrong) or 'ok'}", flush=True)
            if wrong:
                found[named(screen, view)] = wrong
    return found


def named(screen: Screen, view: View) -> str:
    """A picture's name."""
    return f"{screen.name}-{view}"


async def _still(page: Page) -> None:
    """Nothing moves, everything is loaded and drawn."""
    await page.evaluate(_ADD_STYLE, _CALM)
    await page.evaluate("document.fonts.ready.then(() => 0)")
    await page.evaluate(_QUIET)


def main() -> None:
    """The command; exit 1 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER)
    parser.add_argument("--axe", action="store_true", help="also ask axe about each")
    parser.add_argument("--docs", action="store_true", help=f"only those of the documentation, into {DOCS_FOLDER}")
    parser.add_argument("--view", action="append", choices=[str(v) for v in VIEWS])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(s.name for s in SCREENS)}")
    given = parser.parse_args()
    into = DOCS_FOLDER if given.docs else given.into
    found = asyncio.run(take_all([s for s in product(SCREENS, VIEWS) if _is_asked(given, *s)], into, axe=given.axe))
    for wrong, pictures in _gathered(found).items():
        print(f"\n{wrong}\n  in {len(pictures)}: {', '.join(pictures)}")
    print(f"\npictures are in {into}")
    sys.exit(1 if found else 0)


def _gathered(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Pictures by what is wrong with them; made-up ids count as alike."""
    gathered: dict[str, list[str]] = {}
    for picture, wrong in found.items():
        for what in wrong:
            gathered.setdefault(re.sub(r"mantine-\w+", "mantine-…", what), []).append(picture)
    return gathered


def _is_asked(given: argparse.Namespace, screen: Screen, view: View) -> bool:
    if given.docs:
        return named(screen, view) in DOCS
    return (not given.names or screen.name in given.names) and (not given.view or str(view) in given.view)


if __name__ == "__main__":
    main()
