"""Controls: what a test makes happen in the fleet, the way it would happen outside."""

import asyncio
from collections.abc import Iterable
from random import Random
from typing import Any

from monitor.abilities.container.calls import ReplaceContainer
from monitor.kernel.activity import Activity
from monitor.kernel.errors import HostError
from monitor.kernel.operation import Operation
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.testing.clock import ShiftedClock
from monitor.testing.core import CoreInProcess
from monitor.testing.host import SimulatedHost
from tests.browser import writings
from tests.browser.door import Door
from tests.browser.world import World


class Controls:
    """Deployments, builds and servers by name, people by theirs. What dies on a host, its Docker tells core."""

    app: CoreInProcess
    clock: ShiftedClock
    world: World
    door: Door
    _life: "asyncio.Task[None] | None" = None

    def kill(self, deployment: str, code: int = 137) -> float:
        """Its container ends by itself. Answers when, in seconds since 1970, to compare with a page's time."""
        machine, container = self.world.container(deployment)
        at = self.clock.now().timestamp()
        machine.exit(container, code)
        return at

    def revive(self, deployment: str) -> float:
        """Somebody starts its container by hand."""
        machine, container = self.world.container(deployment)
        at = self.clock.now().timestamp()
        machine.start(container)
        return at

    def alter(self, deployment: str, **fields: Any) -> None:
        """Change what Docker shows of its container: `health="unhealthy", reason="…"`."""
        self.world.alter(deployment, **fields)

    def host(self, server: str) -> SimulatedHost:
        """A server's simulated host: `.down`, `.docker_down`, `.machine`, `.fail_next`."""
        return self.app.simulated(server)

    def take_down(self, server: str, reason: str = "connection refused") -> None:
        """It does not answer any more."""
        self.host(server).down = reason

    def bring_up(self, server: str) -> None:
        """It answers again, and so does its Docker."""
        self.host(server).down = ""
        self.host(server).docker_down = ""

    def fail_deploy(self, deployment: str, message: str = "port 8080 is taken by the container stray") -> None:
        """The next deploy on its server fails."""
        server = next(p.server for p in self.world.placed if p.name == deployment)
        self.host(server).fail_next(ReplaceContainer, HostError(message, hint="choose another host port"))

    def write(self, deployment: str, *lines: bytes) -> None:
        """Its container writes these lines."""
        _, container = self.world.container(deployment)
        container.write(self.clock.now(), *lines)

    def write_many(self, deployment: str, count: int = 100_000) -> None:
        """Its container writes very much at once, each line numbered."""
        dice = Random(count)
        bodies = [writings.service_line(dice, number) for number in range(500)]
        self.write(deployment, *(b"%d %s" % (number, bodies[number % 500]) for number in range(1, count + 1)))

    async def run(self, op: Operation[Any], who: str = "jon") -> Any:
        """Somebody asks for anything; as core answers it."""
        return await self.app.run(op, self.world.people[who])

    async def deploy(self, deployment: str, who: str = "jon") -> Activity:
        """Somebody else deploys; answers at once."""
        return await self.run(Deploy(target=deployment), who)

    async def build(self, name: str, who: str = "jon") -> Activity:
        """Somebody else builds."""
        return await self.run(RunBuild(target=name), who)

    async def ended(self, activity: Activity) -> Activity:
        """Wait for its end."""
        return await self.app.ended(activity)

    async def change(self, deployment: str, who: str = "jon", **config: Any) -> Any:
        """Somebody else saves another config."""
        return await self.world.update(who, deployment, **config)

    async def crash(self, *, away: float = 0.0, stay: bool = False) -> None:
        """Kill core; start it again on the same port after a while, unless it is to `stay` away."""
        await self.door.shut()
        await self.app.crash()
        if stay:
            return
        await asyncio.sleep(away)
        await self.door.open(self.app.core)

    async def reopen(self) -> None:
        """End an absence."""
        await self.door.open(self.app.core)

    def lively(self, deployments: Iterable[str] = ("api-1", "api-2", "api-3", "site-1", "worker-1")) -> None:
        """Let these write to their logs now and then, until `quiet`."""
        self.quiet()
        self._life = asyncio.create_task(self._live(tuple(deployments)))

    def churn(self, per_second: float, deployments: Iterable[str]) -> None:
        """Let these containers end and start again in turn, so many events a second, until `quiet`."""
        self.quiet()
        self._life = asyncio.create_task(self._churn(per_second, tuple(deployments)))

    def quiet(self) -> None:
        """Nothing happens by itself any more."""
        if self._life is not None:
            self._life.cancel()
            self._life = None

    async def _churn(self, per_second: float, deployments: tuple[str, ...]) -> None:
        while True:
            for happen in (self.kill, self.revive):
                for deployment in deployments:
                    happen(deployment)
                    await asyncio.sleep(1 / per_second)

    async def _live(self, deployments: tuple[str, ...]) -> None:
        dice, number = Random("life"), 0
        while True:
            await asyncio.sleep(dice.uniform(0.2, 0.8))
            number += 1
            self.write(dice.choice(deployments), writings.service_line(dice, number))
