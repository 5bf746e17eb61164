"""Arrivals: servers join the fleet, builds and deployments are made, each at its time, by core's own operations."""

import asyncio

from monitor.kernel.hostview import Link
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.spec import SERVER
from monitor.testing.host import SimulatedHost
from monitor.testing.machine import Machine
from monitor.testing.script import Script
from tests.browser import builds, deployments, servers, stores, unmanaged, writings
from tests.browser.world import World
from tests.core.world import updating

_JOB = {"clone": 1.5, "build": 2.0, "inspect": 0.3, "pull": 1.8, "create": 0.4, "park": 0.1, "start": 0.7}
_ACT = {"stop": 1.2, "restart": 1.6, "remove": 0.5}
"""Seconds of each step, like on a real host."""

_KEPT = 4
"""Images of each build that its builder still has."""

_RULES = {
    "dangling_images": 7,
    "unused_images": 60,
    "build_cache": 14,
    "networks": 30,
    "containers": 30,
    "git_mirrors": 60,
    "cron": "0 3 * * *",
    "zone": "Europe/Berlin",
}
"""Of the one server that is cleaned up by itself."""


async def add_servers(world: World, pace: float) -> None:
    """All have joined and are linked, but one nobody has joined yet."""
    shelf: dict[str, str] = {}  # of the registry all of them push to and pull from
    for number, name in enumerate(servers.NAMES):
        world.back(days=60 - number / 24)
        host = SimulatedHost(world.clock, name)
        host.machine.deliveries.shelf = shelf
        servers.furnish(host.machine, name, world.now)
        _set_pace(host.machine, pace)
        await world.app.server(name, host, world.people["ana"], tags=servers.tags_of(name))
        unmanaged.furnish(host.machine, name, world.now)
    world.back(days=11)
    while any(world.view(name).link is not Link.UP for name in servers.NAMES):
        await asyncio.sleep(0.01)
    world.back(minutes=4)
    await world.app.create(SERVER, servers.WAITING, ServerConfig(), world.people["ana"], tags=("production", "fsn"))


async def add_builds(world: World) -> None:
    """And their images, on every host; on its builder only those that nobody cleaned away."""
    for number, build in enumerate(builds.BUILDS):
        world.back(days=40 - number / 24)
        await world.app.create(BUILD, build.name, builds.config(build), world.people["ana"], tags=("acme",))
        images = [f"{build.name}:{version}" for version in builds.versions(build.version, builds.RUNS + 1)]
        ids = {image: builds.image_id(image) for image in images}
        for name in servers.NAMES:
            machine = world.machine(name)
            here = images[:_KEPT] if name == build.builder else images
            machine.images.update(here, (f"{build.name}:latest",))
            machine.deliveries.had |= {image: ids[image] for image in here}
        shelf = world.machine(build.builder).deliveries.shelf  # one for all of them
        for kept in builds.repositories(build.name):
            shelf |= {f"{kept}@{builds.digest(image)}": id for image, id in ids.items()}


async def add_deployments(world: World, scale: int) -> None:
    """Their configs; nothing runs yet."""
    world.placed = deployments.planned(scale)
    for number, placed in enumerate(world.placed):
        world.back(days=30 - number / 120)
        words = {"tags": placed.tags, "description": f"{placed.build or placed.image} on {placed.server}"}
        await world.app.create(DEPLOYMENT, placed.name, placed.config(), world.people["ana"], **words)
        machine = world.machine(placed.server)
        machine.images.add(placed.image)
        machine.registry.add(placed.image)
    for name in servers.NAMES:
        stores.furnish(world.machine(name), name, world.now)


async def clean_up_by_itself(world: World) -> None:
    """One server is, from now on."""
    await world.app.run(updating(SERVER, "db-1", config={"clean_up": _RULES}), world.people["ana"])


def _set_pace(machine: Machine, pace: float) -> None:
    machine.durations = {step: seconds * pace for step, seconds in {**_JOB, **_ACT}.items()}
    for build in builds.BUILDS:
        paced = tuple((pace, piece) for piece in writings.build_output(build.name, "next"))
        machine.scripts["build", build.url] = Script(pieces=lambda paced=paced: paced)
