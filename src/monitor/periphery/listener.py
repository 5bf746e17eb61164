"""Listener: the open port, for as long as one core is pinned."""

import asyncio
import socket
from collections.abc import Generator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from monitor.kernel.errors import Unavailable
from monitor.kernel.pinning import Identity

_PATIENCE = 2
"""Seconds requests have to end when the port closes."""


class Listener:
    """A TLS server on one port that talks to the holder of one pin; another pin needs another listener."""

    def __init__(self, app: ASGIApp, identity: Identity, pin: str, address: str, port: int) -> None:
        self._socket = _bind(address, port)
        context = identity.server_context(pin)
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="httptools",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            # Core may read slowly; it is core that watches for dead hosts.
            ws_ping_interval=20.0,
            ws_ping_timeout=60.0,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=_PATIENCE,
            ssl_context_factory=lambda _config, _default: context,
        )
        self._server = _Server(config)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._socket.getsockname()[1]

    async def serve(self) -> None:
        """Serve until cancelled; then every connection is closed."""
        serving = asyncio.ensure_future(self._server.serve(sockets=[self._socket]))
        try:
            await asyncio.shield(serving)
        finally:
            self._server.end()
            await serving
            for connection in list(self._server.server_state.connections):
                _abort(connection)
            self._socket.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ending = asyncio.Event()

    def end(self) -> None:
        self.should_exit = True
        self._ending.set()

    async def main_loop(self) -> None:
        """Wait, where uvicorn wakes up ten times a second: an idle agent should cost nothing."""
        await self.on_tick(0)
        await self._ending.wait()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Signals are the process's business."""
        yield


def _abort(connection: Any) -> None:
    connection.transport.abort()


def _bind(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET
    # Told that it is TCP, asyncio sends small pieces at once; otherwise each key in a terminal would take 40 ms more.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            # `::` also takes IPv4 callers.
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listening.bind((address, port))
        listening.setblocking(False)
    except OSError as failure:
        listening.close()
        raise Unavailable(
            f"cannot listen on {address} port {port}: {failure.strerror}", hint="set another port, or end what has it"
        ) from None
    return listening
