"""A cancellation that comes just while something is being stored: one end, nothing resurrected, memory as the store."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from monitor.core.journal import ACTIVITY, INDEXES
from monitor.features.activity.spec import CancelActivity
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import MonitorError
from monitor.kernel.wire import decode
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.store.contract import Entry
from monitor.store.memory import MemoryStore
from tests.core.world import World, new_world


class SlowStore(MemoryStore):
    """Holds back the commit of one kind of journal entry until it is let go."""

    def __init__(self) -> None:
        super().__init__(INDEXES)
        self.slow = ""
        self.holding = asyncio.Event()
        self.go = asyncio.Event()

    async def commit(self, puts: Any = (), deletes: Any = (), entry: Entry | None = None) -> int:
        if entry is not None and entry.event == self.slow:
            self.holding.set()
            await self.go.wait()
        return await super().commit(puts, deletes, entry)


async def stored(world: World, activity: Activity) -> Activity:
    doc = await world.app.store.get(ACTIVITY, activity.id)
    assert doc is not None
    return decode(doc.body, Activity)


async def turn_until(world: World, event: asyncio.Event) -> None:
    while not event.is_set():
        await world.clock.advance(0.25)


async def cancel(world: World, activity: Activity) -> None:
    try:
        await world.app.run(CancelActivity(target=activity.id))
    except MonitorError:
        return


@pytest.mark.parametrize("event", ["opened", "started", "step", "closed"])
async def test_a_cancel_while_a_failing_deploy_is_stored(tmp_path: Path, event: str) -> None:
    store = SlowStore()
    async with new_world(tmp_path, store) as world:
        await world.deployment("web")
        world.host.machine.exits["web:1"] = 3
        store.slow = event
        asking = asyncio.ensure_future(world.app.run(Deploy(target="web")))
        await turn_until(world, store.holding)
        [activity] = world.app.core.journal.open.values()
        cancelling = asyncio.ensure_future(cancel(world, activity))
        await world.clock.settle()
        store.slow = ""
        store.go.set()
        await asyncio.gather(asking, cancelling)
        await world.clock.advance(30)
        assert activity.id not in world.app.core.journal.open
        end = await stored(world, activity)
        assert end.state.ended
        assert (await world.events(activity)).count("closed") == 1
        assert (await world.do(Deploy(target="web"))).state.ended, "its lane is free again"


async def test_no_step_is_lost_to_a_cancel(tmp_path: Path) -> None:
    store = SlowStore()
    async with new_world(tmp_path, store) as world:
        await world.deployment("web")
        world.host.machine.durations |= {"create": 1, "park": 2, "start": 5}
        activity = await world.app.run(Deploy(target="web"))
        await world.clock.advance(0.5)
        store.slow = "cancel_requested"
        cancelling = asyncio.ensure_future(cancel(world, activity))
        await turn_until(world, store.holding)
        await world.clock.advance(1)
        store.go.set()
        await cancelling
        end = await world.ended(activity)
        assert end.state is State.CANCELLED
        assert end.cancel_requested
        assert "create" in [s.name for s in end.steps]


async def test_memory_follows_the_store_when_a_cancel_meets_a_delete(tmp_path: Path) -> None:
    store = SlowStore()
    async with new_world(tmp_path, store) as world:
        web = await world.deployment("web")
        store.slow = "closed"
        activity = await world.app.run(Delete(target="web", container=Keep.KEEP))
        await turn_until(world, store.holding)
        cancelling = asyncio.ensure_future(cancel(world, activity))
        await world.clock.settle()
        store.go.set()
        await cancelling
        await world.clock.advance(5)
        in_store = await world.app.store.get("resource.deployment", web.id) is not None
        in_memory = world.app.core.parts.catalog.get(DEPLOYMENT.name, web.id) is not None
        assert in_memory == in_store
        assert ((await stored(world, activity)).state is State.SUCCEEDED) == (not in_store)
        assert activity.id not in world.app.core.journal.open


async def test_a_change_outlives_the_caller_who_hung_up(tmp_path: Path) -> None:
    store = SlowStore()
    async with new_world(tmp_path, store) as world:
        web = await world.deployment("web")
        store.slow = "done"
        editing = asyncio.ensure_future(world.update(DEPLOYMENT, "web", description="new"))
        await turn_until(world, store.holding)
        editing.cancel()
        await world.clock.settle()
        store.slow = ""
        store.go.set()
        await asyncio.gather(editing, return_exceptions=True)
        assert (await world.app.get(DEPLOYMENT, web.id)).description == "new"
        assert (await world.update(DEPLOYMENT, "web", description="newer")).description == "newer"
