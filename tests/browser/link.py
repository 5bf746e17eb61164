"""Link: a page's websocket with somebody sitting in it, who holds it up, cuts it, and lets it through again."""

import asyncio

from playwright.async_api import Page, WebSocketRoute


class Link:
    """Between one page and core; put there before the page is opened."""

    def __init__(self) -> None:
        self._pass = asyncio.Event()
        self._pass.set()
        self._cut = False
        self._sockets: list[WebSocketRoute] = []
        self.opened = 0
        """How often the page connected."""

    @classmethod
    async def of(cls, page: Page, *, held: bool = False) -> "Link":
        """`held`: nothing arrives until `release`."""
        link = cls()
        if held:
            link._pass.clear()
        await page.route_web_socket("**/api/live", link._connected)
        return link

    def release(self) -> None:
        """What was held up arrives."""
        self._pass.set()

    async def cut(self) -> None:
        """Break it; the page gets no other until `mend`."""
        self._cut = True
        for socket in self._sockets:
            await socket.close(code=1011, reason="cut by the test")
        self._sockets.clear()

    def mend(self) -> None:
        """The next one the page opens gets through."""
        self._cut = False

    async def _connected(self, socket: WebSocketRoute) -> None:
        self.opened += 1
        if self._cut:
            await socket.close(code=1011, reason="cut by the test")
            return
        self._sockets.append(socket)
        core = socket.connect_to_server()
        waiting: asyncio.Queue[str | bytes] = asyncio.Queue()
        core.on_message(waiting.put_nowait)

        async def hand_on() -> None:
            while True:
                message = await waiting.get()
                await self._pass.wait()
                socket.send(message)

        task = asyncio.create_task(hand_on())
        socket.on_close(lambda code, reason: task.cancel() and None)
