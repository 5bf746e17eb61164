"""Screens of what servers and containers use: the fleet as heat, charts that are zoomed, and what is compared."""

from playwright.async_api import Page, expect

from tests.browser.fleet import Fleet
from tests.browser.screen import Screen


async def _zoomed(page: Page, fleet: Fleet) -> None:
    await page.get_by_role("slider", name="CPU over time").focus()
    await page.keyboard.press("+")
    await expect(page.get_by_role("region", name="Zoomed charts")).to_be_visible()


SCREENS = (
    Screen(name="servers-heat", path="/servers?look=heat"),
    Screen(name="servers-heat-grouped", path="/servers?look=heat&group=production,staging&shade=load", whole=False),
    Screen(name="server-zoomed", path="/servers/web-2?range=6h", then=_zoomed),
    Screen(name="servers-grouped", path="/servers?group=fsn,hel", whole=False),
)
