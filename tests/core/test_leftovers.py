"""Leftovers: what comes and goes leaves nothing behind in core's memory, whatever had been done with it."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.core.history.levels import FINE
from monitor.features.keys.spec import CreateKey
from monitor.features.users.spec import DeleteUser
from monitor.kernel.asked import AskedAction
from monitor.kernel.permission import Level
from monitor.kernel.standard import standard_operations
from monitor.kernel.webhooks import webhook_operations
from monitor.kernel.when import When
from monitor.notifier.task import Outcome, Task
from monitor.resources.alert_target.operations import DeleteTarget
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.fields.updates import DailyUpdate
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.updates import CheckUpdate
from monitor.resources.schedule.spec import SCHEDULE, ScheduleConfig
from monitor.resources.server.spec import SERVER
from monitor.store.memory import MemoryStore
from monitor.testing.clock import ManualClock
from monitor.testing.host import SimulatedHost
from tests.core.held import held_by
from tests.core.test_updates import NEW
from tests.core.world import IMAGE, World, new_world
from tests.notifying.events import RESOLVED, a_target, happens

SERVERS, ON_EACH, OTHERS = 100, 10, 30
AT_A_TIME = 10
A_LITTLE = 25
"""By so much what is held may differ: each of them leaves nothing."""


async def sent(clock: Any, task: Task) -> Outcome:
    return Outcome(delivered=True)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, notify=sent) as made:
        yield made


def held(world: World) -> Counter[str]:
    """By core, without the store and the hosts behind it."""
    return held_by(world.app.core, (MemoryStore, SimulatedHost, ManualClock))


async def servers_come_and_go(world: World, names: list[str]) -> None:
    """Each with containers: some end and go, some are there to the last."""
    for name in names:
        await world.app.server(name)
        world.app.simulated(name).images.add(IMAGE)
    everywhere = [world.app.simulated(name).machine for name in names] + [world.host.machine]
    for machine in everywhere:
        for number in range(ON_EACH):
            machine.start(machine.create(f"{names[0]}-{number}", {"Image": IMAGE}))
    await world.clock.advance(11)
    for machine in everywhere:
        for number, one in enumerate(
            [one for one in machine.containers.values() if one.view.name.startswith(names[0])]
        ):
            machine.exit(one, 137)
            if number % 2 or machine is world.host.machine:
                machine.remove(one)
    await world.clock.advance(11)
    for name in names:
        await world.app.run(standard_operations(SERVER)["delete"](target=name))
        await world.app.simulated(name).end()
        del world.app.hosts[name]


async def others_come_and_go(world: World, names: list[str]) -> None:
    """Deployments that are checked and update themselves, builds with webhooks, schedules, targets, people."""
    always = DailyUpdate(start="00:00", minutes=1440)
    for name in names:
        person = await world.app.user(name)
        await world.grant(person, "deployment", level=Level.WRITE)
        await world.grant(person, "server", level=Level.READ)
        key = await world.app.run(CreateKey(name="script"), person)
        assert world.app.core.people.caller(key.secret, origin="api", address="") is not None
        await world.deployment(name, auto_update=always)
        await world.do(Deploy(target=name))
        world.host.machine.tags[IMAGE] = NEW
        await world.app.run(CheckUpdate(target=name))
        await world.app.create(
            SCHEDULE,
            name,
            ScheduleConfig(
                does=AskedAction(operation="deployment.restart", target=name), when=When(cron="* * * * *"), enabled=True
            ),
        )
        await world.build(name)
        for verb in ("webhook", "webhook_on", "webhook_test"):
            await world.app.run(webhook_operations(BUILD)[verb](target=name))
        await a_target(world, name)
        alert = (await happens(world)).alert.id
        await happens(world, alert=alert, change=RESOLVED)
    await world.clock.advance(61)
    for name in names:
        await world.app.run(DeleteTarget(target=name))
        await world.app.run(standard_operations(SCHEDULE)["delete"](target=name))
        await world.do(Delete(target=name, container=Keep.REMOVE))
        await world.app.run(standard_operations(BUILD)["delete"](target=name))
        await world.app.run(DeleteUser(target=name))


async def live(world: World, servers: int, others: int, mark: str) -> None:
    """Let so many come and go, a few at a time."""
    for at in range(0, servers, AT_A_TIME):
        await servers_come_and_go(world, [f"{mark}-server-{n}" for n in range(at, at + AT_A_TIME)])
    for at in range(0, others, AT_A_TIME):
        await others_come_and_go(world, [f"{mark}-{n}" for n in range(at, at + AT_A_TIME)])
    await world.clock.advance(2 * FINE.period)  # what is over is written, and let go


async def test_nothing_is_left_of_a_thousand_containers_and_all_else(world: World) -> None:
    await live(world, AT_A_TIME, AT_A_TIME, "before")
    before = held(world)
    assert len(before) > 100, "what is looked at is core"
    await live(world, SERVERS, OTHERS, "then")
    grown = {where: (before[where], now) for where, now in held(world).items() if now > before[where] + A_LITTLE}
    assert grown == {}
