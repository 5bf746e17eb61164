"""Recent runs: how the last actions on each resource ended, kept in memory, shown live to who may read it."""

import asyncio
from pathlib import Path
from typing import Any

from monitor.abilities.container.calls import ActOnContainer
from monitor.core.caller import SYSTEM
from monitor.core.journal import INDEXES
from monitor.features.permissions.spec import DeleteGrant
from monitor.kernel.errors import HostError
from monitor.kernel.permission import Level
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.acts import Restart
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.store.memory import MemoryStore
from tests.core.tab import Tab
from tests.core.world import World, new_world


async def test_an_end_is_shown_at_once_with_what_came_of_it(world: World) -> None:
    web = await world.deployment("web")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.runs")
    assert tab.held(1) == {}
    ann = await world.app.user("ann", admin=True)
    done = await world.do(Deploy(target="web"), ann)
    runs = tab.held(1)[web.id]
    assert (runs["resource"], runs["type"]) == (web.id, "deployment")
    [run] = runs["items"]
    assert run["activity"] == done.id
    assert (run["operation"], run["state"], run["summary"]) == ("deployment.deploy", "succeeded", "deployed web:1")
    assert run["who"] == {"kind": "user", "id": ann.user, "name": "ann"}
    assert run["seconds"] > 0


async def test_the_newest_sixteen_actions_are_kept_oldest_first_and_no_edits(world: World) -> None:
    web = await world.deployment("web")
    ids = [(await world.do(Deploy(target="web"))).id]
    for number in range(17):
        await world.update(DEPLOYMENT, "web", description=f"words {number}")
        ids.append((await world.do(Restart(target="web"))).id)
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.runs")
    assert [r["activity"] for r in tab.held(1)[web.id]["items"]] == ids[-16:]
    await tab.subscribe(2, "activity.runs", most=2)
    assert [r["activity"] for r in tab.held(2)[web.id]["items"]] == ids[-2:]


async def test_a_long_error_is_cut(world: World) -> None:
    web = await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.fail_next(ActOnContainer, HostError("x" * 5000, hint="look"))
    await world.do(Restart(target="web"))
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.runs")
    run = tab.held(1)[web.id]["items"][-1]
    assert (run["state"], run["error"], run["hint"]) == ("failed", "x" * 500, "look")


async def test_one_type_and_only_what_may_be_read(world: World) -> None:
    ann = await world.app.user("ann")
    app = await world.build("app")
    web = await world.deployment("web")
    secret = await world.deployment("secret-project")
    for op in (RunBuild(target="app"), Deploy(target="web"), Deploy(target="secret-project")):
        await world.do(op)
    await world.grant(ann, "build", app.id, Level.READ)
    grant = await world.grant(ann, "deployment", web.id, Level.READ)
    tab = Tab(world, ann)
    await tab.subscribe(1, "activity.runs")
    await tab.subscribe(2, "activity.runs", type="build")
    assert tab.held(1).keys() == {app.id, web.id}
    assert tab.held(2).keys() == {app.id}
    await world.do(Restart(target="secret-project"))
    await world.do(Restart(target="web"))
    assert len(tab.held(1)[web.id]["items"]) == 2
    assert tab.held(2).keys() == {app.id}
    await world.app.run(DeleteGrant(target=grant.id))
    await world.clock.advance(1)
    assert tab.held(1).keys() == {app.id}
    await world.do(Restart(target="web"))
    assert tab.held(1).keys() == {app.id}
    assert secret.id not in str(tab.frames)


async def test_what_is_deleted_is_forgotten(world: World) -> None:
    web = await world.deployment("web")
    await world.do(Deploy(target="web"))
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.runs")
    await world.do(Delete(target="web", container=Keep.KEEP))
    assert tab.held(1) == {}
    assert web.id not in {r.resource for r in world.app.core.runs.all()}


async def test_they_are_there_again_after_a_restart(world: World) -> None:
    await world.build("app")
    await world.deployment("web")
    for _ in range(20):
        await world.do(Deploy(target="web"))
    await world.do(RunBuild(target="app"))
    before = {r.resource: r for r in world.app.core.runs.all()}
    assert len(before) == 2
    await world.app.crash()
    assert {r.resource: r for r in world.app.core.runs.all()} == before


async def test_open_activities_are_in_the_snapshot_however_old(world: World) -> None:
    ann = await world.app.user("ann")
    app = await world.build("app")
    await world.grant(ann, "build", app.id, Level.READ)
    await world.deployment("web")
    world.host.machine.durations.update(build=3600, pull=3600, create=3600)
    old = await world.app.run(RunBuild(target="app"))
    hidden = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    for number in range(60):
        await world.update(DEPLOYMENT, "web", description=f"words {number}")
    tab, boss = Tab(world, ann), Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.watch")
    await boss.subscribe(1, "activity.watch")
    assert [i["key"] for i in tab.last(1)["data"] if i["data"]["state"] in ("queued", "running")] == [old.id]
    assert hidden.id not in str(tab.frames)
    ids = [i["key"] for i in boss.last(1)["data"]]
    assert set(ids[:2]) == {old.id, hidden.id}
    assert len(ids) == 52


async def test_what_the_store_has_not_taken_yet_is_not_in_the_snapshot(tmp_path: Path) -> None:
    store = SlowDisk(INDEXES)
    async with new_world(tmp_path, store) as world:
        await world.deployment("web")
        store.free.clear()
        accepting = asyncio.create_task(world.app.run(Deploy(target="web")))
        await world.clock.settle()
        tab = Tab(world, SYSTEM)
        await tab.subscribe(1, "activity.watch")
        assert "queued" not in str(tab.last(1))
        store.free.set()
        accepted = await accepting
        await world.clock.settle()
        assert tab.of(1)[1]["key"] == accepted.id


class SlowDisk(MemoryStore):
    """A store that takes its time until it is set free."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.free = asyncio.Event()
        self.free.set()

    async def commit(self, *args: Any, **kwargs: Any) -> int:
        await self.free.wait()
        return await super().commit(*args, **kwargs)
