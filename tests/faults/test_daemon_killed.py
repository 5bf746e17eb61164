"""kill -9 of Docker's own daemon at each change a deploy makes, in both of its ways: afterwards one container runs."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.container.calls import Label, ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import MonitorError
from monitor.kernel.ids import new_id
from tests.abilities.killed_replace import ASKS
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.test_container_recovery import BESIDE, REDEPLOY
from tests.abilities.world import SERVE
from tests.faults.own_docker import IMAGE, OwnDocker

pytestmark = pytest.mark.real
WITHIN = 10.0
"""Seconds after the daemon is back in which all is well again."""
DEPLOYMENT = new_id(SystemClock().now())


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Generator[OwnDocker]:
    made = OwnDocker(Path(tmp_path_factory.mktemp("own")))
    try:
        made.set_up()
        made.docker("network", "create", "net")
        yield made
    finally:
        made.tear_down()


class Doomed:
    """The engine; at change number `at` its daemon is killed and started again."""

    def __init__(self, engine: Engine, own: OwnDocker, at: int, delay: float) -> None:
        self._engine = engine
        self._own = own
        self._left = at
        self._delay = delay
        self.death: asyncio.Task[None] | None = None

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._engine, name)
        return method if name in ASKS else self._counted(method)

    def _counted(self, method: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*given: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left == 0:
                self.death = asyncio.create_task(self._die())
                await asyncio.sleep(0)
            return await method(*given, **named)

        return call

    async def _die(self) -> None:
        if self._delay:
            await asyncio.sleep(self._delay)
        self._own.kill()
        await asyncio.to_thread(self._own.start)


def body_of(beside: bool) -> dict[str, Any]:
    labels = {Label.CORE.value: "core", Label.DEPLOYMENT.value: DEPLOYMENT}
    host: dict[str, Any] = {"RestartPolicy": {"Name": "always"}, "NetworkMode": "net"}
    if not beside:
        host["Binds"] = ["data:/data"]
    endpoints = {"EndpointsConfig": {"net": {"Aliases": ["www"]}}}
    return {"Image": IMAGE, "Cmd": SERVE, "Labels": labels, "HostConfig": host, "NetworkingConfig": endpoints}


async def deploy(docker: Any, body: dict[str, Any], name: str) -> None:
    run = MemoryRun(MemoryAgent(docker), new_id(SystemClock().now()))
    await replace(run, ReplaceContainer(name=name, body=body, stable_for=0.3, stop_timeout=2))


def running(own: OwnDocker, said: str) -> str:
    """Id and policy of the one container that runs within the time; fails when there is none, or another beside it."""
    while True:
        there = own.containers()
        up = [name for name, state in there.items() if state == "running"]
        # What Docker itself cannot start any more is kept aside, and said.
        if up == ["web"] and (len(there) == 1 or "the new one runs in its place" in said):
            return own.docker("inspect", "-f", "{{.Id}} {{.HostConfig.RestartPolicy.Name}}", "web")
        assert time.monotonic() - own.back < WITHIN, (there, said)
        time.sleep(0.1)


CASES = [
    *(("in turn", at, "during", False) for at in range(1, len(REDEPLOY) + 1)),
    *(("beside", at, "during", False) for at in range(1, len(BESIDE) + 1)),
    *(("beside", at, "before", True) for at in range(1, len(BESIDE) + 1)),
]


@pytest.mark.parametrize(("way", "at", "when", "live_restore"), CASES)
async def test_one_of_old_and_new_runs(own: OwnDocker, way: str, at: int, when: str, live_restore: bool) -> None:
    body = body_of(way == "beside")
    engine = Engine(own.socket, SystemClock())
    own.live_restore = live_restore
    if (there := own.containers()) != {"web": "running"}:
        if there:
            own.docker("rm", "-f", *there)
        await deploy(engine, body, "web")
    doomed = Doomed(engine, own, at, 0.01 if when == "during" else 0)
    said = ""
    try:
        await deploy(doomed, body, "web")
    except MonitorError as failure:
        said = failure.message
    assert doomed.death is not None, "there are fewer changes than that"
    await doomed.death
    policy = running(own, said).split()[1]
    assert policy == "always", said
