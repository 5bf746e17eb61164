"""A real agent and the remote host that calls it, in one process, joined."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec.structs import replace

from monitor.abilities.agent.contract import Abilities
from monitor.core.link.remote import RemoteHost
from monitor.kernel.clock import SystemClock
from monitor.kernel.pinning import Identity
from monitor.periphery.app import Periphery
from monitor.periphery.identity import load_identity, write_pin
from monitor.periphery.settings import PeripherySettings
from tests.ports import free_port


def settings_in(folder: Path, port: int = 0) -> PeripherySettings:
    return PeripherySettings(
        address="127.0.0.1", port=port or free_port(), state=folder / "state", allowed_ips=("127.0.0.1",)
    )


@asynccontextmanager
async def running(periphery: Periphery) -> AsyncGenerator[Periphery]:
    task = asyncio.create_task(periphery.run())
    try:
        while not periphery.port and not task.done():
            await asyncio.sleep(0.01)
        if task.done():
            task.result()
        yield periphery
    finally:
        periphery.stop()
        await task


@asynccontextmanager
async def linked(
    folder: Path, abilities: Abilities, settings: PeripherySettings | None = None
) -> AsyncGenerator[tuple[Periphery, RemoteHost]]:
    settings = settings or settings_in(folder)
    core = Identity.at(folder / "core.pem", "monitor core")
    agent = load_identity(settings.state)
    write_pin(settings.state, core.certificate)
    async with running(Periphery(replace(settings), SystemClock(), abilities)) as periphery:
        host = RemoteHost("127.0.0.1", settings.port, core, agent.certificate, SystemClock())
        try:
            yield periphery, host
        finally:
            await host.close()
