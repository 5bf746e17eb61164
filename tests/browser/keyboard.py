"""Keyboard: a person without a mouse: goes on with Tab until the control is there, and chooses by typing."""

from playwright.async_api import Locator, Page, expect

_MOST = 160


async def reach(page: Page, control: Locator) -> None:
    """Press Tab until the control has the focus; AssertionError when it never does."""
    await control.first.wait_for(state="attached")
    for _ in range(_MOST):
        if await control.first.evaluate("(node) => node === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached by {_MOST} presses of Tab")


async def choose(page: Page, option: str) -> None:
    """In the select that has the focus, type and take what is offered."""
    await page.keyboard.press("ArrowDown")
    await page.keyboard.type(option)
    await expect(page.get_by_role("option", name=option, exact=True).first).to_be_visible()
    await page.keyboard.press("Enter")
