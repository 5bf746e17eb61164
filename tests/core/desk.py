"""Desk: a core behind uvicorn in the test's own loop, and people at terminals on its simulated host."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from msgspec import structs
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from monitor.core import serve
from monitor.core.caller import Caller
from monitor.core.settings import CoreSettings
from monitor.features.keys.spec import CreateKey
from monitor.kernel.clock import SystemClock
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.terminal import Terminal
from monitor.store.contract import Store
from monitor.testing.clock import ManualClock
from monitor.testing.core import CoreInProcess
from tests.core.world import World


class Seat:
    """One person's connection to one terminal: all he was shown."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.output = b""
        self.told: list[dict[str, Any]] = []
        self.began = 0

    async def read(self) -> bool:
        """One frame; False at the end."""
        try:
            frame = await asyncio.wait_for(self.connection.recv(), 10)
        except ConnectionClosed:
            return False
        if isinstance(frame, bytes):
            self.output += frame[1:]
            with suppress(ConnectionClosed):
                await self.say(op="seen", upto=self.began + len(self.output))
        else:
            self.told.append(json.loads(frame))
            if self.told[-1]["kind"] == "began":
                self.began = self.told[-1]["at"]
        return True

    async def until(self, text: bytes) -> None:
        while text not in self.output:
            assert await self.read(), (self.output, self.told, self.connection.close_reason)

    async def heard(self, kind: str) -> dict[str, Any]:
        while not any(each["kind"] == kind for each in self.told):
            assert await self.read(), (self.told, self.connection.close_code, self.connection.close_reason)
        return next(each for each in self.told if each["kind"] == kind)

    async def closed(self) -> int:
        while await self.read():
            pass
        return self.connection.close_code or 0

    async def type(self, text: str) -> None:
        await self.connection.send(text.encode())

    async def say(self, **fields: Any) -> None:
        await self.connection.send(json.dumps(fields))


class Desk:
    """`web` runs on the host; `ann` may have terminals there."""

    def __init__(self, app: CoreInProcess, url: str) -> None:
        self.app = app
        self.url = url
        self.world = World(app, ManualClock())
        self.keys: dict[str, str] = {}

    async def person(self, name: str, *rights: Right, level: Level = Level.READ) -> Caller:
        caller = await self.app.user(name)
        await self.world.grant(caller, "deployment", level=level, rights=rights)
        self.keys[name] = (await self.app.run(CreateKey(name="cli"), caller)).secret
        return structs.replace(caller, origin="cli")

    async def open(self, caller: Caller, *command: str, **fields: Any) -> str:
        return (await self.app.run(Terminal(target="web", command=command, **fields), caller)).id

    @asynccontextmanager
    async def seat(self, id: str, name: str = "ann", query: str = "") -> AsyncGenerator[Seat]:
        url = f"{self.url.replace('http', 'ws')}/api/terminal/{id}{query}"
        async with connect(url, additional_headers={"Authorization": f"Bearer {self.keys[name]}"}) as connection:
            yield Seat(connection)


@asynccontextmanager
async def desk(folder: Path, store: Store, **settings: Any) -> AsyncGenerator[Desk]:
    """One, stopped afterwards."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = CoreInProcess(store, SystemClock(), folder, settings=CoreSettings(**settings))
    await app.start()
    await app.server("host")
    app.simulated("host").images.add("web:1")
    made = Desk(app, f"http://127.0.0.1:{listener.getsockname()[1]}")
    await made.world.deployment("web", stable_for=0.0)
    await app.ended(await app.run(Deploy(target="web")))
    server = uvicorn.Server(serve._config(app.settings, app.core))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield made
    finally:
        server.should_exit = True
        await app.stop()
        await serving
        await app.simulated("host").end()
        listener.close()
