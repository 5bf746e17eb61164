"""Chromium: the machine's own, without anything that would ask the network for something."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, async_playwright

sys.path.insert(0, str(Path(__file__).parents[2] / "script"))

from parts.browser import NAMES, find_browser

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--js-flags=--expose-gc",
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """One, closed afterwards. RuntimeError when the machine has none; script/setup installs it."""
    found = find_browser()
    if found is None:
        raise RuntimeError(f"none of {', '.join(NAMES)} starts here; script/setup installs Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        try:
            yield browser
        finally:
            await browser.close()
