"""Screens of what servers and containers use: the fleet as heat, charts that are zoomed, and what is compared."""

from playwright.async_api import Page, expect

from tests.browser import long_past
from tests.browser.fleet import Fleet
from tests.browser.screen import Screen


async def _long_past(page: Page, fleet: Fleet) -> None:
    await long_past.remember(fleet.world, "web-1", "web-2", "db-1")


async def _legend(page: Page, fleet: Fleet) -> None:
    await expect(page.get_by_role("region", name="CPU").get_by_role("listitem").first).to_contain_text("%")


async def _zoomed(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("slider", name="CPU over time").focus()
    await page.keyboard.press("+")
    await expect(page.get_by_role("region", name="Zoomed charts")).to_be_visible()


SCREENS = (
    Screen(name="servers-heat", path="/servers?look=heat"),
    Screen(name="servers-heat-grouped", path="/servers?look=heat&group=production,staging&shade=load", whole=False),
    Screen(name="server-zoomed", path="/servers/web-2?range=6h", then=_zoomed),
    Screen(name="compare", path="/compare?servers=web-1,web-2,db-1&range=7d", set_up=_long_past, then=_legend),
    Screen(
        name="compare-before", path="/compare?servers=web-1&before=day", set_up=_long_past, then=_legend, whole=False
    ),
    Screen(name="compare-nothing", path="/compare", whole=False),
    Screen(name="servers-grouped", path="/servers?group=fsn,hel", whole=False),
)
