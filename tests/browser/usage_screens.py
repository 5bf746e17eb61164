"""Screens of what servers and containers use: the fleet as heat, charts that are zoomed, and what is compared."""

from tests.browser.screen import Screen

SCREENS = (
    Screen(name="servers-heat", path="/servers?look=heat"),
    Screen(name="servers-heat-grouped", path="/servers?look=heat&group=production,staging&shade=load", whole=False),
    Screen(name="servers-grouped", path="/servers?group=fsn,hel", whole=False),
)
