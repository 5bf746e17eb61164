"""Served: a core with one of everything behind uvicorn, for tests that need a real socket."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import uvicorn

from monitor.core import serve
from monitor.core.journal import INDEXES
from monitor.features.users.spec import CreateUser
from monitor.kernel.clock import SystemClock
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.store.memory import MemoryStore
from monitor.testing.clock import ManualClock
from monitor.testing.core import CoreInProcess
from tests.core.world import World

PASSWORD = "correct horse battery"


@contextmanager
def served_core(folder: Path) -> Iterator["Served"]:
    """One, stopped afterwards."""
    made = Served(folder)
    try:
        yield made
    finally:
        made.stop()


class Served:
    """A core with one of everything, on a port of this machine, in a thread of its own."""

    def __init__(self, folder: Path) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.ready = threading.Event()
        self.known: dict[str, str] = {"server": "host", "build": "app", "deployment": "web", "user": "victim"}
        self._folder = folder
        self.server: uvicorn.Server | None = None
        self.thread = threading.Thread(target=asyncio.run, args=(self._serve(),), daemon=True)
        self.thread.start()
        assert self.ready.wait(20)
        self.boss = httpx2.Client(base_url=self.url, headers={"Origin": self.url})
        self.boss.post("/api/login", json={"name": "boss", "password": PASSWORD}).raise_for_status()

    def key(self) -> str:
        """A fresh key of an admin."""
        return self.boss.post("/api/keys", json={"name": "schema"}).raise_for_status().json()["secret"]

    def stop(self) -> None:
        self.boss.close()
        assert self.server is not None
        self.server.should_exit = True
        self.thread.join(20)
        self.listener.close()

    async def _serve(self) -> None:
        clock = SystemClock()
        app = CoreInProcess(MemoryStore(INDEXES), clock, self._folder)
        await app.start()
        await app.server("host")
        app.simulated("host").images.add("web:1")
        world = World(app, ManualClock())
        await app.run(CreateUser(name="boss", password=PASSWORD, admin=True))
        await app.run(CreateUser(name="victim", password=PASSWORD))
        await world.build("app")
        await world.deployment("web", stable_for=0.0)
        self.known["activity"] = (await app.run(Deploy(target="web"))).id
        self.server = uvicorn.Server(serve._config(app.settings, app.core))
        self.ready.set()
        await self.server.serve(sockets=[self.listener])
        await app.stop()
        await app.simulated("host").end()
