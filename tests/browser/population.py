"""Population: fills an empty core with the whole fleet, its past first, through core's own operations."""

import asyncio
from datetime import datetime, timedelta
from random import Random
from typing import Any

from monitor.kernel.hostview import Link
from monitor.kernel.standard import standard_operations
from monitor.kernel.wire import from_user
from monitor.resources.build.spec import BUILD, RunBuild
from monitor.resources.deployment import plan
from monitor.resources.deployment.spec import DEPLOYMENT, DeploymentInfo
from monitor.resources.server.spec import SERVER, ServerConfig
from monitor.testing.clock import ShiftedClock
from monitor.testing.core import CoreInProcess
from monitor.testing.host import SimulatedHost
from monitor.testing.machine import Machine, SimulatedContainer
from monitor.testing.past import Past
from monitor.testing.script import Script
from tests.browser import builds, deployments, people, servers, unmanaged, writings
from tests.browser.deployments import Placed
from tests.browser.record import Story


class Population:
    """Everything in it is public to those who steer it later: people as callers, ids by name."""

    def __init__(self, app: CoreInProcess, clock: ShiftedClock, *, scale: int, pace: float) -> None:
        self.app = app
        self.clock = clock
        self.scale = scale
        self.pace = pace
        """How fast simulated work goes: 1 like a real host, less is faster."""
        self.people: dict[str, Any] = {}
        self.ids: dict[str, str] = {}
        """Of deployments and builds (as `build NAME`)."""
        self._dice = Random("population")

    async def arrive(self) -> None:
        """All of it."""
        self._now = self.clock.now()
        self._back(days=62)
        ana = await people.first_admin(self.app)
        self.people = await people.invite(self.app, ana)
        await self._add_servers()
        await self._add_builds()
        await self._add_deployments()
        self._back(days=20)
        await people.entitle(self.app, ana)
        await self._live_through()
        await self._change_configs()
        await self._break_things()
        self.clock.set_back(timedelta())
        await self._start_building()

    async def _add_servers(self) -> None:
        for number, name in enumerate(servers.NAMES):
            self._back(days=60 - number / 24)
            host = SimulatedHost(self.clock, name)
            servers.furnish(host.machine, name, self._now)
            self._set_pace(host.machine)
            await self.app.server(name, host, self.people["ana"], tags=servers.tags_of(name))
            unmanaged.furnish(host.machine, name, self._now)
        self._back(days=11)
        while any(self._view(name).link is not Link.UP for name in servers.NAMES):
            await asyncio.sleep(0.01)
        self._back(minutes=4)
        await self.app.create(SERVER, servers.WAITING, ServerConfig(), self.people["ana"], tags=("production", "fsn"))

    async def _add_builds(self) -> None:
        for number, build in enumerate(builds.BUILDS):
            self._back(days=40 - number / 24)
            made = await self.app.create(BUILD, build.name, builds.config(build), self.people["ana"], tags=("acme",))
            self.ids[f"build {build.name}"] = made.id
            for name in servers.NAMES:
                tags = {f"{build.name}:{version}" for version in builds.versions(build.version, builds.RUNS + 1)}
                self._machine(name).images |= tags | {f"{build.name}:latest"}

    async def _add_deployments(self) -> None:
        self.placed = deployments.planned(self.scale)
        for number, placed in enumerate(self.placed):
            self._back(days=30 - number / 120)
            words = {"tags": placed.tags, "description": f"{placed.build or placed.image} on {placed.server}"}
            made = await self.app.create(DEPLOYMENT, placed.name, placed.config(), self.people["ana"], **words)
            self.ids[placed.name] = made.id
            machine = self._machine(placed.server)
            machine.images.add(placed.image)
            machine.registry.add(placed.image)

    async def _live_through(self) -> None:
        past = Past(self.app, self.clock)
        story = Story(past, self.people, self.ids, self._now)
        for build in builds.BUILDS:
            for op, run in builds.runs(build, self.ids[f"build {build.name}"], self._now):
                who = self.people[self._dice.choice(("ana", "jon", "mei"))]
                server = self._id("server", build.builder)
                await past.ended(
                    who, op, run.began, run.steps, state=run.state, summary=run.summary, error=run.error,
                    hint=run.hint, info=run.info, server=server, waited=self._dice.uniform(0, 2),
                )  # fmt: skip
        for placed in self.placed:
            if placed.name != deployments.NEVER_DEPLOYED:
                await self._deployed(placed, story)
        await story.tell()

    async def _deployed(self, placed: Placed, story: Story) -> None:
        lately = {"api-1": 2.0, "api-2": 6.0}.get(placed.name, self._dice.uniform(30, 60 * 24 * 13))
        at = self._now - timedelta(minutes=lately)
        self.clock.set_to(at)
        container = self._run(placed, at)
        server = self._id("server", placed.server)
        info = DeploymentInfo(
            container=container.view.id,
            image=placed.image,
            image_id=container.view.image_id,
            version=placed.version,
            deployed=at + timedelta(seconds=4),
            revision=1,
            server=server,
        )
        who = self._dice.choice(("ana", "ana", "jon", "mei"))
        await story.first_deploy(who, self.ids[placed.name], at, placed.image, info, server)

    def _run(self, placed: Placed, at: datetime) -> SimulatedContainer:
        """Its container, as a deploy would have made it."""
        stored = self.app.core.parts.catalog.all("deployment")[self.ids[placed.name]].stored
        labels = plan.labels(self.app.core.parts.id, stored.id)
        machine = self._machine(placed.server)
        made = machine.create(placed.name, plan.engine_body(stored.config, placed.image, labels))
        made.policy = "unless-stopped"
        checked = placed.build in ("api", "site", "gateway") or self._dice.random() < 0.3
        machine.change(made, state="running", started=at, health="healthy" if checked else "", networks=("bridge",))
        self._write_log(made, placed, at)
        return made

    def _write_log(self, container: SimulatedContainer, placed: Placed, since: datetime) -> None:
        count = {"api-1": 2000, "api-3": 400}.get(placed.name, 40)
        lines = list(writings.service_log(self._dice, count, placed.name))
        if placed.name in ("api-3", "media-worker"):
            lines[-12:-12] = writings.AWKWARD
        for number, line in enumerate(lines):
            at = since + (self._now - since) * (number / len(lines))
            container.write(at, line, stream="stderr" if b"error" in line else "stdout")

    async def _change_configs(self) -> None:
        self._back(minutes=55)
        environment = [
            {"name": "WORKER_POOL", "value": "12"},
            {"name": "QUEUE_URL", "value": "amqp://queue-2:5672/main"},
        ]
        await self.update("mei", "worker-1", environment=environment)
        self._back(minutes=40)
        await self.update("jon", deployments.OUTDATED, environment=environment, stop_timeout=30)

    async def _break_things(self) -> None:
        """What is wrong now, each since a while."""
        self._back(minutes=4)
        health = "health check failed 3 times in a row with exit code 1"
        self._alter(deployments.UNHEALTHY, health="unhealthy", reason=health)
        why = "exit code 137 (SIGKILL), out of memory, restarted 6 times"
        self._alter(
            deployments.RESTARTING, state="restarting", health="", exit_code=137, reason=why, restarts=6,
            finished=self._now - timedelta(seconds=40),
        )  # fmt: skip
        for name, ago in zip(deployments.STOPPED, (60 * 26, 60 * 75, 60 * 5), strict=True):
            self._alter(name, state="exited", exit_code=0, finished=self._now - timedelta(minutes=ago))
        self._back(minutes=72)
        self._host(servers.SILENT).docker_down = "dial unix /var/run/docker.sock: connect: connection refused"
        self._host(servers.DOWN).down = "connection refused"
        while self._view(servers.DOWN).link is Link.UP or self._view(servers.SILENT).docker:
            await asyncio.sleep(0.01)

    async def _start_building(self) -> None:
        """One that goes on without an end, and one behind it."""
        url = builds.BY_NAME[builds.RUNNING].url
        self._machine("ci-1").scripts["build", url] = Script(pieces=lambda: writings.endless_build(1.0))
        self._back(seconds=72)
        await self.app.run(RunBuild(target=self.ids[f"build {builds.RUNNING}"]), self.people["ana"])
        self._back(seconds=31)
        await self.app.run(RunBuild(target=self.ids[f"build {builds.QUEUED}"]), self.people["mei"])
        await asyncio.sleep(0.3)
        self.clock.set_back(timedelta())

    async def update(self, who: str, deployment: str, **config: Any) -> Any:
        """Change a deployment's config as somebody."""
        operation: Any = standard_operations(DEPLOYMENT)["update"]
        given = {"op": "deployment.update", "target": deployment, "config": config}
        return await self.app.run(from_user(given, operation), self.people[who])

    def container(self, deployment: str) -> tuple[Machine, SimulatedContainer]:
        """A deployment's container, and the machine it is on."""
        server = next(p.server for p in self.placed if p.name == deployment)
        machine = self._machine(server)
        return machine, machine.find(deployment)

    def _alter(self, deployment: str, **fields: Any) -> None:
        machine, container = self.container(deployment)
        machine.change(container, **fields)

    def _set_pace(self, machine: Machine) -> None:
        real = {"clone": 1.5, "build": 2.0, "inspect": 0.3, "pull": 1.8, "create": 0.4, "rename": 0.1, "start": 0.7}
        acts = {"stop": 1.2, "restart": 1.6, "remove": 0.5}
        machine.durations = {step: seconds * self.pace for step, seconds in {**real, **acts}.items()}
        for build in builds.BUILDS:
            pieces = writings.build_output(build.name, "next")
            paced = tuple((self.pace, piece) for piece in pieces)
            machine.scripts["build", build.url] = Script(pieces=lambda paced=paced: paced)

    def _host(self, server: str) -> SimulatedHost:
        return self.app.simulated(server)

    def _machine(self, server: str) -> Machine:
        return self._host(server).machine

    def _id(self, type: str, name: str) -> str:
        found = self.app.core.parts.catalog.find(type, name)
        assert found is not None
        return found.id

    def _view(self, server: str) -> Any:
        return self.app.core.parts.hosts.view(self._id("server", server))

    def _back(self, **by: float) -> None:
        self.clock.set_to(self._now - timedelta(**by))
