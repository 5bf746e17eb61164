"""Axe: asks axe-core whether everybody can use a page, put in through the debugger past the page's policy."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "web/node_modules/axe-core/axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


async def violations(page: Page, within: str = "") -> list[str]:
    """What it finds: rule, place, and what to do, one each. `within`: only inside of this selector."""
    where = repr(within) if within else "document"
    run = f"axe.run({where}, {{runOnly: {list(TAGS)!r}, resultTypes: ['violations'], elementRef: false}})"
    debugger = await page.context.new_cdp_session(page)
    try:
        await _evaluate(debugger, _source())
        found = await _evaluate(debugger, f"{run}.then((told) => told.violations)")
    finally:
        await debugger.detach()
    return [_told(rule, node) for rule in found for node in rule["nodes"]]


async def assert_accessible(page: Page, within: str = "") -> None:
    """AssertionError with everything axe finds."""
    found = await violations(page, within)
    assert not found, f"axe found {len(found)} on {page.url}:\n  " + "\n  ".join(found)


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    what = (node.get("failureSummary") or rule["help"]).replace("\n", "\n      ")
    place = " ".join(map(str, node["target"]))
    return f"{rule['id']} ({rule['impact']}) at {place}\n      {node['html'][:300]}\n      {what}"


async def _evaluate(debugger: Any, expression: str) -> Any:
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    told = await debugger.send("Runtime.evaluate", asked)
    if wrong := told.get("exceptionDetails"):
        raise AssertionError(f"axe could not run: {wrong.get('exception', wrong)}")
    return told["result"].get("value")


@cache
def _source() -> str:
    if not SOURCE.is_file():
        raise RuntimeError(f"{SOURCE} is missing; script/setup installs the web app's packages")
    return SOURCE.read_text() + "\n;0"
