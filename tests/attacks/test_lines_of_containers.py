"""What a failed deploy shows of its container's log: to who may read the log, and to nobody else, however he asks."""

from typing import Any

import pytest

from monitor.core.caller import Caller
from monitor.features.activity.spec import GetActivity, GetOutput, ListActivity
from monitor.kernel.activity import Activity, State
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.acts import Start
from monitor.resources.deployment.operations.deploy import Deploy
from tests.core.tab import Tab
from tests.core.world import World

WROTE = "exiting with 3"
"""The last line of the simulated container."""


async def failed(world: World, caller: Caller | None = None) -> tuple[Any, Activity]:
    web = await world.deployment("web")
    world.host.machine.exits["web:1"] = 3
    if caller is not None:
        await world.grant(caller, "deployment", web.id, Level.EXECUTE)
    end = await world.do(Deploy(target="web"), *([caller] if caller else []))
    assert end.state is State.FAILED
    return web, end


async def read(world: World, caller: Caller, activity: str, limit: int = 1000) -> str:
    """By every way there is."""
    lines = await world.app.run(GetOutput(target=activity, limit=limit), caller)
    tab = Tab(world, caller)
    await tab.subscribe(1, "activity.follow_output", target=activity)
    await tab.subscribe(2, "activity.watch")
    await tab.subscribe(3, "activity.runs")
    found = await world.app.run(GetActivity(target=activity), caller)
    page = await world.app.run(ListActivity(), caller)
    return f"{lines} {tab.frames} {found} {page}"


async def test_who_may_read_but_not_the_log_is_told_why_it_failed_without_its_words(world: World) -> None:
    web, end = await failed(world)
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", web.id, Level.WRITE)
    seen = await read(world, ben, end.id)
    assert "exit code 3" in seen
    assert "for who may read its log" in seen, "it is said that there is more"
    assert WROTE not in seen


async def test_who_asked_for_it_sees_no_more(world: World) -> None:
    ben = await world.app.user("ben")
    _, end = await failed(world, ben)
    assert WROTE not in await read(world, ben, end.id)


async def test_with_the_right_they_are_there(world: World) -> None:
    web, end = await failed(world)
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", web.id, Level.READ, rights=(Right.LOGS,))
    for caller in (ben, await world.app.user("root", admin=True)):
        assert WROTE in await read(world, caller, end.id)
        shown = await world.app.run(GetActivity(target=end.id), caller)
        assert WROTE not in f"{shown}", "nobody reads them in the error"


async def test_a_right_on_another_deployment_is_none_on_this(world: World) -> None:
    web, end = await failed(world)
    other = await world.deployment("other")
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", web.id, Level.READ)
    await world.grant(ben, "deployment", other.id, Level.READ, rights=(Right.LOGS,))
    assert WROTE not in await read(world, ben, end.id)


@pytest.mark.parametrize("limit", [1, 2])
async def test_what_is_kept_back_ends_no_reading(world: World, limit: int) -> None:
    web, end = await failed(world)
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", web.id, Level.READ)
    after, seen = 0, list[str]()
    while lines := await world.app.run(GetOutput(target=end.id, after=after, limit=limit), ben):
        seen += [line.text for line in lines]
        after = lines[-1].seq
    assert "removed" in seen[-1], "the last of it comes after what is kept back"
    assert WROTE not in "".join(seen)


async def test_a_failed_start_is_the_same(world: World) -> None:
    web = await world.deployment("web")
    await world.do(Deploy(target="web"))
    container = world.host.machine.named("web")
    assert container is not None
    world.host.machine.exit(container)
    world.host.machine.exits["web:1"] = 3
    end = await world.do(Start(target="web"))
    assert end.state is State.FAILED
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", web.id, Level.EXECUTE)
    assert WROTE not in await read(world, ben, end.id)
