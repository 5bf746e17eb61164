"""Measure: how long a page's tasks are, how much it draws, and how soon it shows what happened."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from statistics import median

from playwright.async_api import Page

_OBSERVE = """
globalThis.__tasks = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.__tasks.push(entry.duration);
}).observe({ type: "longtask", buffered: true });
"""
_SEEN = """
([selector, text]) => void (globalThis.__seen = new Promise((resolve) => {
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  const there = () => {
    const found = document.querySelector(selector);
    return found !== null && (text === null || found.textContent.includes(text));
  };
  if (there()) return resolve([now(), true]);
  const observer = new MutationObserver(() => {
    if (!there()) return;
    observer.disconnect();
    resolve([now(), false]);
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}))
"""
_SWITCH = """
([selector, path]) => new Promise((resolve, reject) => {
  const link = document.querySelector(selector);
  if (link === null) return reject(new Error(`no ${selector}`));
  const began = performance.now();
  const look = () => {
    const main = document.querySelector("main");
    if (location.pathname === path && main && !main.querySelector("[aria-busy='true']") && main.childElementCount)
      return requestAnimationFrame(() => resolve(performance.now() - began));
    requestAnimationFrame(look);
  };
  link.click();
  requestAnimationFrame(look);
})
"""


async def observe(page: Page) -> None:
    """Note long tasks from the page's first moment on."""
    await page.add_init_script(_OBSERVE)


async def longest_task(page: Page, *, reset: bool = False) -> float:
    """Milliseconds of the longest task since the page was loaded (or since the last reset); 0 below 50."""
    await asyncio.sleep(0.1)  # observers are told a little later
    longest: float = await page.evaluate("Math.max(0, ...globalThis.__tasks)")
    if reset:
        await page.evaluate("globalThis.__tasks.length = 0")
    return longest


async def drawn_rows(page: Page) -> int:
    """How many rows of lists and lines of output are in the document, seen or not."""
    return await page.locator("[role='row'], [data-line]").count()


async def elements(page: Page) -> int:
    """How many elements the document has."""
    return await page.evaluate("document.querySelectorAll('*').length")


Happen = Callable[[], float | Awaitable[float]]
"""Makes something happen; answers when it did, in seconds since 1970."""


async def delay(page: Page, happen: Happen, selector: str, text: str | None = None) -> float:
    """Seconds from what happens to the change of the page after which `selector` (with this text) is there."""
    await page.evaluate(_SEEN, [selector, text])
    answer = happen()
    began = await answer if isinstance(answer, Awaitable) else answer
    at, at_once = await page.evaluate("globalThis.__seen")
    assert not at_once, f"{selector} was there before anything happened"
    return at - began


async def switch(page: Page, path: str) -> float:
    """Milliseconds from a click on the navigation's link to this path until its page is drawn."""
    return await page.evaluate(_SWITCH, [f"nav a[href='{path}']", path])


async def switches(page: Page, paths: Sequence[str], rounds: int = 5) -> float:
    """Median of switches through all the paths, each visited once before so that its code is loaded."""
    for path in paths:
        await switch(page, path)
    return median([await switch(page, path) for _ in range(rounds) for path in paths])


async def scroll_through(page: Page, selector: str, *, steps: int = 40) -> tuple[float, int]:
    """Scroll what `selector` names from top to bottom; the longest task meanwhile and the most rows ever drawn."""
    await longest_task(page, reset=True)
    most = 0
    for step in range(steps + 1):
        await page.evaluate(
            "([selector, part]) => { const box = document.querySelector(selector);"
            " box.scrollTop = part * (box.scrollHeight - box.clientHeight); }",
            [selector, step / steps],
        )
        await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        most = max(most, await drawn_rows(page))
    return await longest_task(page), most
