"""ServedCore: a whole core with simulated hosts, served over loopback by a thread of its own, for blocking callers."""

import asyncio
import socket
import threading
from collections.abc import Coroutine
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

import uvicorn

from monitor.client import Client
from monitor.core.journal import INDEXES
from monitor.features.keys.spec import CreateKey
from monitor.features.sign_in.spec import SetUp
from monitor.kernel.clock import SystemClock
from monitor.kernel.hostview import Link
from monitor.store.memory import MemoryStore
from monitor.testing.core import CoreInProcess
from monitor.testing.host import SimulatedHost
from tests.client.cable import Cable

T = TypeVar("T")
PASSWORD = "correct horse battery"


class ServedCore:
    """`url` reaches it; `cable.url` too, over a line that can be cut. `key` is an admin's."""

    def __init__(self, folder: Path, certificate: Path | None = None) -> None:
        """`certificate` is a file with a key and a certificate, to serve https with; the file is its own authority."""
        self._loop = asyncio.new_event_loop()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._port = self._socket.getsockname()[1]
        self._folder = folder
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._certificate = certificate
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self._port}"
        self.ca = str(certificate or "")
        self.host: SimulatedHost

    def __enter__(self) -> "ServedCore":
        self._thread.start()
        self.core = self.do(self._start())
        self.cable = self.do(Cable.to("127.0.0.1", self._port))
        with Client(self.url, ca=self.ca) as client:
            token = self.do(self._token())
            client.run(SetUp(token=token, name="admin", password=PASSWORD))
            self.key = client.run(CreateKey(name="tests")).secret
        self.do(self._add_server())
        return self

    def __exit__(self, *_: object) -> None:
        self.do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in core's own loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def client(self) -> Client:
        """A client with the admin's key."""
        return Client(self.url, key=self.key)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _start(self) -> CoreInProcess:
        core = CoreInProcess(MemoryStore(INDEXES), SystemClock(), self._folder)
        await core.start()
        config = uvicorn.Config(
            core.core.application(),
            lifespan="off",
            log_config=None,
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
            ssl_certfile=self._certificate,
        )
        self._server = _Server(config)
        self._serving = asyncio.ensure_future(self._server.serve(sockets=[self._socket]))
        while not self._server.started:
            await asyncio.sleep(0.01)
        return core

    async def _token(self) -> str:
        token = self.core.core.set_up_token()
        assert token is not None
        return token

    async def _add_server(self) -> None:
        server = await self.core.server("alpha")
        self.host = self.core.simulated("alpha")
        self.host.images.add("web:1")
        while self.core.core.parts.hosts.view(server.id).link is not Link.UP:
            await asyncio.sleep(0.01)

    async def _stop(self) -> None:
        self.core.core.close_live()
        await self.cable.close()
        self._server.should_exit = True
        await self._serving
        await self.core.stop()
        # Jobs outlive a core, but not the loop of this one.
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


class _Server(uvicorn.Server):
    def capture_signals(self) -> Any:
        """Signals are the test runner's."""
        return nullcontext()
