"""Happenings: two weeks of builds and deploys, and what is wrong, running and waiting in the end."""

import asyncio
from datetime import datetime, timedelta

from monitor.abilities.stats.sim import containers_at
from monitor.abilities.watch.calls import Recorded
from monitor.kernel.hostview import Link
from monitor.kernel.samples import GRID, Sample
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.version import VERSIONS
from monitor.resources.deployment import plan
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.info import DeploymentInfo
from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import USAGE
from monitor.testing.past import Past
from monitor.testing.script import Script
from tests.browser import builds, deployments, servers, writings
from tests.browser.deployments import Placed
from tests.browser.record import Story
from tests.browser.world import World

_NEVER = 1_000_000.0


async def live_through(world: World) -> None:
    """Everything that has ended."""
    past = Past(world.app, world.clock)
    for build in builds.BUILDS:
        server = world.id("server", build.builder)
        for op, run in builds.runs(build, world.id("build", build.name), world.now):
            who = world.people[world.dice.choice(("ana", "jon", "mei"))]
            await past.ended(
                who,
                op,
                run.began,
                run.steps,
                state=run.state,
                summary=run.summary,
                error=run.error,
                hint=run.hint,
                info=run.info,
                item=(VERSIONS, run.version_at(server)) if run.info else None,
                server=server,
                waited=world.dice.uniform(0, 2),
            )
    story = Story(past, world)
    for placed in world.placed:
        if placed.name != deployments.NEVER_DEPLOYED:
            await _deployed(world, placed, story)
    await story.tell()


async def change_configs(world: World) -> None:
    """Lately, so that what runs is outdated."""
    variables = {"WORKER_POOL": "12", "QUEUE_URL": "amqp://queue-2.internal:5672/main"}
    environment = [{"name": name, "value": value} for name, value in variables.items()]
    world.back(minutes=55)
    await world.update("mei", "worker-1", environment=environment)
    for name in ("ledger-api", "stock-sync", "search-next"):
        await world.update("ana", name, redeploy_on_build=True)
    world.back(minutes=40)
    await world.update("jon", deployments.OUTDATED, environment=environment, stop_timeout=30)


async def break_things(world: World) -> None:
    """What is wrong now, each since a while."""
    world.back(minutes=4)
    health = "health check failed 3 times in a row with exit code 1"
    world.alter(deployments.UNHEALTHY, health="unhealthy", reason=health)
    why = "exit code 137 (SIGKILL), out of memory, restarted 6 times"
    lately = world.now - timedelta(seconds=40)
    world.alter(
        deployments.RESTARTING, state="restarting", health="", exit_code=137, reason=why, restarts=6, finished=lately
    )
    for name, ago in zip(deployments.STOPPED, (60 * 26, 60 * 75, 60 * 5), strict=True):
        finished = world.now - timedelta(minutes=ago)
        world.alter(name, state="exited", health="", exit_code=0, finished=finished)
    world.back(minutes=72)
    silent, down = world.app.simulated(servers.SILENT), world.app.simulated(servers.DOWN)
    silent.docker_down = "dial unix /var/run/docker.sock: connect: connection refused"
    down.down = "connection refused"
    while world.view(servers.DOWN).link is Link.UP or world.view(servers.SILENT).docker:
        await asyncio.sleep(0.01)


def remember_usage(world: World) -> None:
    """As if core had sat at the other end of every stream for an hour."""
    machines = [(world.id("server", n), world.machine(n)) for n in servers.NAMES if n != servers.DOWN]
    usage = world.app.core.parts.usage
    for seq, seconds in enumerate(range(3600, 0, -GRID), start=1):
        world.back(seconds=seconds)
        for id, machine in machines:
            stats = machine.usage(world.clock)
            usage.take(id, stats)
            usage.record(
                id, Recorded("past", float(seq), (Sample(seq, stats, containers_at(machine, world.clock.now())),))
            )


async def tell_usage(world: World) -> None:
    """What core knows last of every server is of now."""
    for name in servers.NAMES:
        world.machine(name).tell(USAGE)
    await asyncio.sleep(0.1)


async def start_building(world: World) -> None:
    """One that goes on without an end, and one behind it."""
    url = builds.BY_NAME[builds.RUNNING].url
    wait = _NEVER if world.clock.stands else 1.0
    world.machine("ci-1").scripts["build", url] = Script(pieces=lambda: writings.endless_build(wait))
    world.back(seconds=72)
    await world.app.run(RunBuild(target=builds.RUNNING), world.people["ana"])
    await asyncio.sleep(0.4)  # its first lines are of then, too
    world.back(seconds=31)
    await world.app.run(RunBuild(target=builds.QUEUED), world.people["mei"])
    await asyncio.sleep(0.4)


async def _deployed(world: World, placed: Placed, story: Story) -> None:
    lately = {"api-1": 2.0, "api-2": 6.0}.get(placed.name, world.dice.uniform(30, 60 * 24 * 13))
    at = world.now - timedelta(minutes=lately)
    world.clock.set_to(at)
    container = _run(world, placed, at)
    info = DeploymentInfo(
        container=container.view.id,
        image=placed.image,
        image_id=container.view.image_id,
        version=placed.version,
        deployed=at + timedelta(seconds=4),
        revision=1,
        server=world.id("server", placed.server),
    )
    await story.first_deploy(placed.name, at, info)


def _run(world: World, placed: Placed, at: datetime) -> SimulatedContainer:
    """Its container, as a deploy would have made it."""
    stored = world.app.core.parts.catalog.all("deployment")[world.id("deployment", placed.name)].stored
    labels = plan.labels(world.app.core.parts.id, stored.id)
    machine = world.machine(placed.server)
    made = machine.create(placed.name, engine_body(stored.config, placed.image, labels))
    made.policy = "unless-stopped"
    checked = placed.build in ("api", "site", "gateway") or world.dice.random() < 0.3
    machine.change(made, state="running", started=at, health="healthy" if checked else "", networks=("bridge",))
    _write_log(world, made, placed, at)
    return made


def _write_log(world: World, container: SimulatedContainer, placed: Placed, since: datetime) -> None:
    count = {"api-1": 2000, deployments.AWKWARD: 400}.get(placed.name, 40)
    lines = list(writings.service_log(world.dice, count, placed.name))
    if placed.name in (deployments.AWKWARD, "media-worker"):
        lines[-12:-12] = writings.AWKWARD
    for number, line in enumerate(lines):
        at = since + (world.now - since) * (number / len(lines))
        container.write(at, line, stream="stderr" if b"error" in line else "stdout")
