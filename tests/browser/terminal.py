"""Terminals in the browser: opened, typed to, read."""

import re

from playwright.async_api import Locator, Page, WebSocketRoute, expect

from tests.browser.fleet import Fleet


def lines(page: Page) -> Locator:
    """All that is on the terminal's screen."""
    return page.locator(".xterm-rows")


async def opened(page: Page) -> None:
    """Ask for one and wait for its prompt."""
    await page.get_by_role("button", name="Open terminal").click()
    await expect(page.locator("[data-terminal='open']")).to_be_visible()
    await expect(lines(page)).to_contain_text("$")


async def typed(page: Page, text: str) -> None:
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def at_work(page: Page, fleet: Fleet) -> None:
    """For a picture."""
    await opened(page)
    await typed(page, "echo \u4e16\u754c is wide")
    await typed(page, "size")
    await expect(lines(page)).to_contain_text(re.compile(r"\d+ \d+"))


class Cable:
    """The terminal's websocket, to be pulled out."""

    def __init__(self) -> None:
        self.sockets: list[WebSocketRoute] = []

    @classmethod
    async def of(cls, page: Page) -> "Cable":
        cable = cls()
        await page.route_web_socket(re.compile("/api/terminal/"), cable._connected)
        return cable

    async def pull(self) -> None:
        await self.sockets[-1].close(code=4000)

    def _connected(self, socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        self.sockets.append(socket)
