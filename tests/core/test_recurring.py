"""Recurring: each run exactly once, whenever core is killed; what is missed, overlaps or is refused stands there."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from msgspec import structs

from monitor.core.caller import SYSTEM, Caller
from monitor.core.memory import Changes
from monitor.core.sources import Asking, StoredStands
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import Conflict, MonitorError
from monitor.kernel.permission import Level
from monitor.kernel.recurring import DueEnd, Missed, Overlap, Rule, Stand
from monitor.resources.deployment.operations.acts import Restart
from monitor.resources.deployment.operations.deploy import Deploy
from tests.core.faulty import Dying, FullDisk
from tests.core.world import World, new_world

HOUR = 3600.0


class Restarts:
    """A deployment restarted by a rule: what a feature that has things recur looks like."""

    name = "restarts"

    def __init__(self, world: World, rule: Rule | None, caller: Caller = SYSTEM) -> None:
        self.rule = rule
        self.caller = structs.replace(caller, origin="schedule")
        self.refusal: MonitorError | None = None
        self.known = True
        self._stored = StoredStands(world.app.core.parts.memory, self.name)
        world.app.core.recurring.add(self)

    def rules(self) -> Mapping[str, Rule | None]:
        return {"web": self.rule}

    def stand(self, id: str) -> Stand:
        return self._stored.stand(id)

    def put(self, changes: Changes, id: str, stand: Stand) -> None:
        self._stored.put(changes, id, stand)

    def asking(self, id: str) -> Asking:
        if not self.known:
            raise Conflict("nobody knows what it was")
        return Asking(self.caller, Restart(target=id), self.refusal)


async def begun(world: World) -> list[Activity]:
    """What it had done, oldest first."""
    return [a for a in await world.activities() if a.origin == "schedule"][::-1]


async def ready(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))


def outcomes(source: Restarts) -> list[DueEnd]:
    return [one.outcome for one in source.stand("web").occasions]


async def test_it_runs_when_it_is_due_and_says_how_it_ended(world: World) -> None:
    await ready(world)
    source = Restarts(world, Rule(cron="0 * * * *"))
    await world.clock.advance(2 * HOUR)
    done = await begun(world)
    assert [a.state for a in done] == [State.SUCCEEDED] * 2
    assert [a.created.strftime("%H:%M:%S") for a in done] == ["01:00:00", "02:00:00"]
    stand = source.stand("web")
    assert [(one.outcome, one.activity) for one in stand.occasions] == [(DueEnd.SUCCEEDED, a.id) for a in done]
    assert stand.due is not None
    assert stand.due.hour == 3


async def test_nothing_is_written_or_asked_while_nothing_is_due(world: World) -> None:
    await ready(world)
    Restarts(world, Rule(cron="0 0 1 * *"))
    await world.clock.advance(5)
    before = await world.app.store.journal(limit=10_000)
    await world.clock.advance(6 * HOUR)
    assert await world.app.store.journal(limit=10_000) == before


async def test_switched_off_and_on(world: World) -> None:
    await ready(world)
    source = Restarts(world, None)
    await world.clock.advance(HOUR)
    assert await begun(world) == []
    source.rule = Rule(cron="*/10 * * * *")
    world.app.core.recurring.changed()
    await world.clock.advance(600)
    assert len(await begun(world)) == 1
    source.rule = None
    world.app.core.recurring.changed()
    await world.clock.advance(HOUR)
    assert len(await begun(world)) == 1


@pytest.mark.parametrize(("overlap", "count"), [(Overlap.SKIP, 1), (Overlap.WAIT, 2)])
async def test_overlapping(world: World, overlap: Overlap, count: int) -> None:
    await ready(world)
    world.host.machine.durations["restart"] = 250
    source = Restarts(world, Rule(cron="*/2 * * * *", overlap=overlap))
    await world.clock.advance(5 * 60)
    assert len(await begun(world)) == 1
    last = DueEnd.OVERLAPPED if overlap is Overlap.SKIP else DueEnd.WAITING
    assert outcomes(source) == [DueEnd.BEGUN, last]
    await world.clock.advance(2 * 60)
    assert len(await begun(world)) == count


async def test_what_is_refused_stands_there_and_in_the_record(world: World) -> None:
    await ready(world)
    bea = await world.app.user("bea")
    made = world.app.core.parts.catalog.find("deployment", "web")
    assert made is not None
    await world.grant(bea, "deployment", made.id, Level.READ)
    source = Restarts(world, Rule(cron="0 * * * *"), bea)
    await world.clock.advance(60)
    assert source.stand("web").blocked == "bea may not do this: it needs 'execute'"
    await world.clock.advance(HOUR)
    (refused,) = await begun(world)
    assert (refused.state, refused.who.name, refused.error) == (
        State.FAILED,
        "bea",
        "not run: deployment.restart needs 'execute' on deployment web",
    )
    assert outcomes(source) == [DueEnd.REFUSED]
    await world.grant(bea, "deployment", made.id, Level.EXECUTE)
    world.app.core.recurring.changed()
    await world.clock.advance(HOUR)
    assert outcomes(source) == [DueEnd.REFUSED, DueEnd.SUCCEEDED]
    assert source.stand("web").blocked == ""


async def test_what_nobody_may_ask_or_knows_is_said(world: World) -> None:
    await ready(world)
    source = Restarts(world, Rule(cron="0 * * * *"))
    source.refusal = Conflict("bea is gone")
    await world.clock.advance(HOUR + 60)
    source.known = False
    world.app.core.recurring.changed()
    await world.clock.advance(HOUR)
    assert [one.reason for one in source.stand("web").occasions] == ["bea is gone", "nobody knows what it was"]
    assert len(await begun(world)) == 1
    assert source.stand("web").blocked == "nobody knows what it was"


async def test_a_zone_that_is_gone_is_said(world: World) -> None:
    await ready(world)
    source = Restarts(world, Rule(cron="0 * * * *", zone="Europe/Bern"))
    await world.clock.advance(60)
    assert source.stand("web").blocked.startswith("there is no time zone Europe/Bern")


@pytest.fixture(params=[Missed.SKIP, Missed.RUN_ONCE])
def missed(request: pytest.FixtureRequest) -> Missed:
    return request.param


async def test_core_was_down(world: World, missed: Missed) -> None:
    await ready(world)
    rule = Rule(cron="0 * * * *", missed=missed, grace=HOUR)
    Restarts(world, rule)
    await world.clock.advance(60)
    await world.app.stop()
    world.clock.put_forward(3.5 * HOUR)
    await world.app.crash()
    source = Restarts(world, rule)
    await world.clock.advance(60)
    (one,) = source.stand("web").occasions
    assert one.more == 2
    assert one.outcome is (DueEnd.MISSED if missed is Missed.SKIP else DueEnd.SUCCEEDED)
    assert len(await begun(world)) == (0 if missed is Missed.SKIP else 1)
    await world.clock.advance(HOUR)
    assert outcomes(source)[-1] is DueEnd.SUCCEEDED


async def test_a_clock_put_forward_is_noticed_within_a_minute(world: World) -> None:
    await ready(world)
    source = Restarts(world, Rule(cron="0 3 * * *", missed=Missed.RUN_ONCE, grace=HOUR))
    await world.clock.advance(60)
    world.clock.put_forward(3.5 * HOUR)
    await world.clock.advance(61)
    assert len(await begun(world)) == 1
    assert outcomes(source) == [DueEnd.SUCCEEDED]


async def test_a_clock_set_back_repeats_nothing(world: World) -> None:
    await ready(world)
    source = Restarts(world, Rule(cron="0 * * * *"))
    await world.clock.advance(HOUR + 60)
    world.clock.put_forward(-1800)
    await world.clock.advance(1800)
    assert len(await begun(world)) == 1
    await world.clock.advance(HOUR)
    assert len(await begun(world)) == 2
    assert outcomes(source) == [DueEnd.SUCCEEDED] * 2


async def test_a_clock_that_was_a_year_ahead_is_not_waited_for(world: World) -> None:
    await ready(world)
    world.clock.put_forward(365 * 24 * HOUR)
    source = Restarts(world, Rule(cron="0 * * * *"))
    await world.clock.advance(60)
    world.clock.put_forward(-365 * 24 * HOUR)
    await world.clock.advance(HOUR + 60)
    assert outcomes(source) == [DueEnd.SUCCEEDED]


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, FullDisk()) as made:
        yield made


async def test_a_full_disk_neither_loses_nor_doubles(full: World) -> None:
    await ready(full)
    source = Restarts(full, Rule(cron="0 * * * *"))
    await full.clock.advance(HOUR - 10)
    store = full.app.store
    assert isinstance(store, FullDisk)
    store.full = True
    await full.clock.advance(70)
    assert store.refused > 0
    store.full = False
    await full.clock.advance(120)
    assert len(await begun(full)) == 1
    assert outcomes(source) == [DueEnd.SUCCEEDED]


@pytest.mark.parametrize("commits", range(8))
async def test_killed_at_any_moment_each_run_happens_once(tmp_path: Path, commits: int) -> None:
    """At each commit around a due moment: before the claim, after it, once the activity is there, at its end."""
    store = Dying()
    async with new_world(tmp_path, store) as world:
        await ready(world)
        rule = Rule(cron="0 * * * *")
        Restarts(world, rule)
        await world.clock.advance(HOUR - 100)
        store.left = commits
        await world.clock.advance(101)
        store.left = None
        await world.app.crash()
        source = Restarts(world, rule)
        await world.clock.advance(HOUR - 60)
        (done,) = await begun(world)
        assert (done.state, outcomes(source)) == (State.SUCCEEDED, [DueEnd.SUCCEEDED])
        assert (await world.events(done)).count("opened") == 1
        assert (await world.events(done)).count("closed") == 1
        await world.clock.advance(120)
        assert len(await begun(world)) == 2


async def test_claimed_long_ago_it_counts_as_missed(tmp_path: Path) -> None:
    store = Dying()
    async with new_world(tmp_path, store) as world:
        await ready(world)
        rule = Rule(cron="0 * * * *")
        Restarts(world, rule)
        await world.clock.advance(HOUR - 100)
        store.left = 1
        await world.clock.advance(101)
        store.left = None
        world.clock.put_forward(600)
        await world.app.crash()
        source = Restarts(world, rule)
        await world.clock.advance(10)
        assert outcomes(source) == [DueEnd.MISSED]
        assert await begun(world) == []


async def test_a_change_costs_no_more_in_a_large_fleet(world: World) -> None:
    """What recurs is looked at again after each change of rights: where nothing does, no task is made for it."""
    ann = await world.app.user("ann")
    for number in range(50):
        await world.app.server(f"host-{number}")
    await world.clock.settle()
    before = len(asyncio.all_tasks())
    most = 0
    granting = asyncio.create_task(world.grant(ann, "server", "host-1", Level.READ))
    for _ in range(60):
        await world.clock.sleep(0)
        most = max(most, len(asyncio.all_tasks()))
    await granting
    assert most < before + 10
