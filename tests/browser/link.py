"""Link: a page's websocket with somebody sitting in it, who holds it up, cuts it, and lets it through again."""

from playwright.async_api import Page, WebSocketRoute


class Link:
    """Between one page and core; put there before the page is opened."""

    def __init__(self, *, held: bool = False) -> None:
        self._held = held
        self._cut = False
        self._sockets: list[WebSocketRoute] = []
        self._waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        self.opened = 0
        """How often the page connected."""

    @classmethod
    async def of(cls, page: Page, *, held: bool = False) -> "Link":
        """`held`: nothing arrives until `release`."""
        link = cls(held=held)
        await page.route_web_socket("**/api/live", link._connected)
        return link

    def hold(self) -> None:
        """Nothing arrives any more; nobody is told."""
        self._held = True

    def release(self) -> None:
        """What was held up arrives, and the rest as it comes."""
        self._held = False
        waiting, self._waiting = self._waiting, []
        for socket, message in waiting:
            socket.send(message)

    async def cut(self) -> None:
        """Break it; the page gets no other until `mend`."""
        self._cut = True
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            await socket.close(code=1011, reason="cut by the test")

    def mend(self) -> None:
        """The next one the page opens gets through."""
        self._cut = False

    async def _connected(self, socket: WebSocketRoute) -> None:
        self.opened += 1
        if self._cut:
            await socket.close(code=1011, reason="cut by the test")
            return
        self._sockets.append(socket)
        socket.connect_to_server().on_message(lambda message: self._hand_on(socket, message))

    def _hand_on(self, socket: WebSocketRoute, message: str | bytes) -> None:
        if self._held:
            self._waiting.append((socket, message))
        else:
            socket.send(message)
