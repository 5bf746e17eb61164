"""Door: a core's application on a port of this machine, which can be shut and opened again."""

import asyncio
import socket
from contextlib import nullcontext
from typing import Any

import uvicorn

from monitor.core import serve
from monitor.core.app import Core


class Door:
    """On one port for its whole life; while it is shut, connections are refused."""

    def __init__(self, port: int = 0) -> None:
        """0: any free one, kept from then on."""
        self.port = port
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """How a browser reaches it."""
        return f"http://127.0.0.1:{self.port}"

    async def open(self, core: Core) -> None:
        """Let people in to this core."""
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = serve._config(core.settings, core)
        config.lifespan = "off"
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started:
            await asyncio.sleep(0.005)

    async def shut(self) -> None:
        """Cut everybody off, as a killed core does."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = self._server.force_exit = True
        for connection in list(self._server.server_state.connections):
            transport: Any = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
        await self._serving
        self._server = self._serving = None


class _Server(uvicorn.Server):
    def capture_signals(self) -> Any:
        """Signals are the test runner's, or the command's."""
        return nullcontext()
