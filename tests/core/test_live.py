"""The live stream: snapshots and changes of what one may see, logs to their end, closed when the right is lost."""

from typing import Any

import pytest
from msgspec.structs import replace

from monitor.core.caller import ANONYMOUS, SYSTEM
from monitor.features.permissions.spec import DeleteGrant
from monitor.features.sign_in.spec import SignOut
from monitor.features.users.spec import UpdateUser
from monitor.kernel.activity import State
from monitor.kernel.errors import MonitorError
from monitor.kernel.permission import Level, Right
from monitor.kernel.stream import StreamHandler
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.delete import Delete
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import FollowLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.spec import SERVER
from tests.core.tab import Tab
from tests.core.world import World


async def test_changes_show_only_what_one_may_read(world: World) -> None:
    ann = await world.app.user("ann")
    web = await world.deployment("web")
    await world.deployment("secret-project")
    await world.grant(ann, "deployment", web.id, Level.READ)
    tab = Tab(world, ann)
    await tab.subscribe(1, "deployment.changes")
    [snapshot] = tab.of(1)
    assert snapshot["kind"] == "snapshot"
    assert [i["data"]["name"] for i in snapshot["data"]] == ["web"]
    await world.update(DEPLOYMENT, "web", description="hello")
    await world.update(DEPLOYMENT, "secret-project", description="hush")
    await world.clock.settle()
    assert [(f["kind"], f["data"]["description"]) for f in tab.of(1)[1:]] == [("change", "hello")]
    assert "secret-project" not in str(tab.frames)


async def test_a_grant_brings_and_a_lost_one_takes_away_what_is_shown(world: World) -> None:
    ann = await world.app.user("ann")
    web = await world.deployment("web")
    tab = Tab(world, ann)
    await tab.subscribe(1, "deployment.changes")
    assert tab.last(1)["data"] == []
    grant = await world.grant(ann, "deployment", web.id, Level.READ)
    await world.clock.advance(1)
    assert [i["data"]["name"] for i in tab.last(1)["data"]] == ["web"]
    await world.app.run(DeleteGrant(target=grant.id))
    await world.clock.advance(1)
    assert (tab.last(1)["kind"], tab.last(1)["data"]) == ("snapshot", [])
    await world.update(DEPLOYMENT, "web", description="hush")
    await world.clock.settle()
    assert tab.last(1)["data"] == []


async def test_what_others_are_given_interrupts_nobody(world: World) -> None:
    ann, bob = await world.app.user("ann"), await world.app.user("bob")
    web = await world.deployment("web")
    await world.grant(ann, "deployment", web.id, Level.READ)
    tab = Tab(world, ann)
    await tab.subscribe(1, "deployment.changes")
    await tab.subscribe(2, "session.watch")
    grant = await world.grant(bob, "deployment", web.id, Level.READ)
    await world.app.run(DeleteGrant(target=grant.id))
    await world.app.run(SignOut(), replace(bob, session="bobs"))
    await world.clock.advance(1)
    assert len(tab.frames) == 2
    await world.update(DEPLOYMENT, "web", description="still live")
    await world.clock.settle()
    assert tab.last(1)["data"]["description"] == "still live"
    tab.signed_out = True
    await world.app.run(SignOut(), replace(ann, session="anns"))
    await world.clock.advance(1)
    assert [tab.last(id)["data"]["status"] for id in (1, 2)] == [401, 401]


async def test_a_deleted_one_is_taken_away(world: World) -> None:
    await world.deployment("web")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.changes")
    await world.do(Delete(target="web"))
    assert tab.last(1).get("data") is None
    assert tab.last(1)["kind"] == "change"


TARGETED = [
    ("server.usage", "host", {}),
    ("server.top", "host", {"rights": (Right.PROCESSES,)}),
    ("server.watch_containers", "host", {}),
    ("deployment.top", "web", {"rights": (Right.PROCESSES,)}),
    ("deployment.follow_log", "web", {"rights": (Right.LOGS,)}),
]


@pytest.mark.parametrize(("topic", "target", "more"), TARGETED)
async def test_a_topic_closes_within_a_second_of_losing_the_right(
    world: World, topic: str, target: str, more: dict[str, Any]
) -> None:
    ann = await world.app.user("ann")
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    type = topic.partition(".")[0]
    grant = await world.grant(ann, type, target, Level.READ, **more)
    tab = Tab(world, ann)
    await tab.subscribe(1, topic, target=target)
    await world.clock.advance(1)
    assert "error" not in tab.kinds(1)
    await world.app.run(DeleteGrant(target=grant.id))
    await world.clock.advance(1)
    assert tab.kinds(1)[-1] == "error"
    assert tab.last(1)["data"]["status"] == 404
    count = len(tab.frames)
    world.host.machine.tell("")
    await world.clock.advance(10)
    assert len(tab.frames) == count, "nothing comes after the refusal"


async def test_a_log_needs_its_right_still(world: World) -> None:
    ann = await world.app.user("ann")
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.grant(ann, "deployment", "web", Level.WRITE, (Right.LOGS,))
    tab = Tab(world, ann)
    await tab.subscribe(1, "deployment.follow_log", target="web")
    container = world.host.machine.named("web")
    assert container is not None
    container.lines.append(b"one\n")
    await world.clock.advance(1)
    assert tab.last(1)["data"]["lines"][0]["text"] == "one"
    await world.grant(ann, "deployment", "web", Level.WRITE)
    container.lines.append(b"two\n")
    await world.clock.advance(1)
    assert tab.last(1)["data"]["status"] == 403
    assert "two" not in str(tab.frames)


async def test_output_follows_to_the_end_and_resumes_where_it_was(world: World) -> None:
    await world.build("app")
    world.host.machine.durations["build"] = 3
    activity = await world.app.run(RunBuild(target="app"))
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.follow_output", target=activity.id)
    await world.clock.advance(1)
    await tab.subscribe(2, "activity.follow_output", target=activity.id, after=1)
    await world.ended(activity)
    await world.clock.settle()
    assert tab.kinds(1)[-1] == "end"
    seqs = [f["seq"] for f in tab.of(1)[:-1]]
    assert seqs == sorted(set(seqs))
    assert [f["seq"] for f in tab.of(2)[:-1]] == [s for s in seqs if s > 1]
    await tab.subscribe(3, "activity.follow_output", target=activity.id)
    assert [f["seq"] for f in tab.of(3)[:-1]] == seqs
    assert tab.kinds(3)[-1] == "end"


async def test_output_of_an_action_without_a_job_ends_too(world: World) -> None:
    await world.deployment("web")
    activity = await world.app.run(Delete(target="web"))
    tab = Tab(world, SYSTEM)
    await tab.send({"id": 1, "op": "subscribe", "topic": {"topic": "activity.follow_output", "target": activity.id}})
    await world.ended(activity)
    await world.clock.settle()
    assert tab.kinds(1) == ["end"]


async def test_output_asked_for_in_the_moment_between_job_and_settle_ends_too(world: World) -> None:
    await world.build("app")
    activity = await world.app.run(RunBuild(target="app"))
    await world.app.core.parts.memory.writing.acquire()  # somebody's slow edit
    await world.clock.advance(5)
    assert (await world.stored(activity)).state is State.RUNNING
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "activity.follow_output", target=activity.id)
    world.app.core.parts.memory.writing.release()
    await world.ended(activity)
    await world.clock.settle()
    assert tab.kinds(1)[-1] == "end"


async def test_output_stops_when_what_it_belongs_to_may_no_longer_be_read(world: World) -> None:
    ann = await world.app.user("ann")
    await world.build("app")
    grant = await world.grant(ann, "build", "app", Level.READ)
    world.host.machine.durations["build"] = 30
    activity = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(1)
    tab = Tab(world, ann)
    await tab.subscribe(1, "activity.follow_output", target=activity.id)
    await world.grant(ann, "server", "host", Level.READ)  # another grant interrupts nothing
    await world.clock.advance(1)
    assert set(tab.kinds(1)) == {"append"}
    seqs = [f["seq"] for f in tab.of(1)]
    assert len(seqs) == len(set(seqs)), "nothing is sent twice"
    await world.app.run(DeleteGrant(target=grant.id))
    await world.clock.advance(1)
    assert tab.last(1)["data"]["status"] == 404
    await world.ended(activity)
    assert "Successfully built" not in str(tab.of(1))


async def test_the_record_live_is_what_one_may_see(world: World) -> None:
    ann = await world.app.user("ann")
    await world.deployment("web")
    await world.deployment("secret-project")
    await world.grant(ann, "deployment", "web", Level.READ)
    tab = Tab(world, ann)
    await tab.subscribe(1, "activity.watch")
    await world.do(Deploy(target="secret-project"))
    await world.do(Deploy(target="web"))
    states = [f["data"]["state"] for f in tab.of(1)[1:]]
    assert states[-1] == "succeeded"
    assert "secret-project" not in str(tab.frames)


async def test_who_one_is_follows_ones_rights(world: World) -> None:
    ann, boss = await world.app.user("ann"), await world.app.user("boss", admin=True)
    tab = Tab(world, ann)
    await tab.subscribe(1, "session.watch")
    me = tab.held(1)[ann.user]
    assert (me["user"]["name"], me["user"]["admin"]) == ("ann", False)
    assert "deployment.create" not in me["can"]
    grant = await world.grant(ann, "deployment", "", rights=(Right.CREATE,))
    await world.clock.advance(1)
    assert "deployment.create" in tab.held(1)[ann.user]["can"]
    await world.app.run(DeleteGrant(target=grant.id), boss)
    await world.clock.advance(1)
    assert "deployment.create" not in tab.held(1)[ann.user]["can"]
    assert "boss" not in str(tab.frames)
    tab.caller = replace(ann, admin=True)  # as the session would say
    await world.app.run(UpdateUser(target="ann", admin=True), boss)
    await world.clock.advance(1)
    assert tab.held(1)[ann.user]["user"]["admin"]


async def test_a_session_that_ended_gets_nothing_more(world: World) -> None:
    await world.deployment("web")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.changes")
    tab.signed_out = True  # by its age: nobody says so
    await world.update(DEPLOYMENT, "web", description="hush")
    await world.clock.settle()
    assert tab.last(1)["data"]["status"] == 401
    assert "hush" not in str(tab.frames)


async def test_who_asks_whether_core_is_there_is_told(world: World) -> None:
    tab = Tab(world, SYSTEM)
    await tab.send({"id": 7, "op": "ping"})
    assert tab.frames == [{"id": 7, "kind": "pong"}]


async def test_wrong_frames_are_answered_and_end_nothing(world: World) -> None:
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "server.changes")
    for frame in (
        7,
        {"id": 2, "op": "dance"},
        {"id": 2, "op": "subscribe", "topic": {"topic": "no.such"}},
        {"id": 2, "op": "subscribe", "topic": {"topic": ["server.changes"]}},
        {"id": 2, "op": "subscribe", "topic": {"topic": "server.usage", "target": "absent"}},
        {"id": 2, "op": "subscribe", "topic": {"topic": "server.usage", "target": "host", "x": 1}},
        {"id": 2, "op": "subscribe", "topic": {"topic": "activity.follow_output", "target": "\0", "after": -1}},
        {"id": 2, "op": "subscribe", "topic": {"topic": "activity.watch", "target": "\ud800"}},
        {"id": 2, "op": "subscribe", "topic": {"topic": "activity.follow_output", "after": 2**60}},
        {"id": "2", "op": "subscribe", "topic": {}},
        {"id": 1, "op": "subscribe", "topic": {"topic": "server.changes"}},
        {"id": 9, "op": "unsubscribe"},
    ):
        await tab.send(frame)
    errors = [f for f in tab.frames if f["kind"] == "error"]
    assert len(errors) == 11
    assert all(400 <= f["data"]["status"] < 500 for f in errors), errors
    await world.update(SERVER, "host", description="still live")
    await world.clock.settle()
    assert tab.last(1)["data"]["description"] == "still live"


async def test_no_topic_for_strangers(world: World) -> None:
    tab = Tab(world, ANONYMOUS)
    for number, name in enumerate(world.app.core.streams):
        await tab.subscribe(number, name, target="host")
        assert tab.last(number)["data"]["status"] == 401


async def test_a_topic_that_fails_says_so(world: World) -> None:
    async def broken(ctx: Any, topic: FollowLog) -> Any:
        raise KeyError("a bug")
        yield

    world.app.core.streams["deployment.follow_log"] = StreamHandler(FollowLog, broken)
    await world.deployment("web")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.follow_log", target="web")
    assert tab.last(1)["data"]["status"] == 500
    assert "a bug'" not in str(tab.frames)


async def test_a_slow_reader_is_told_and_holds_up_nobody(world: World) -> None:
    bus = world.app.core.parts.bus
    slow, quick = bus.listen("topic"), bus.listen("topic")
    for number in range(30_000):
        bus.publish("topic", str(number), number)
        if number == 10:
            assert await anext(aiter(quick)) == ("0", 0)
    with pytest.raises(MonitorError, match="too slowly"):
        await anext(aiter(slow))


async def test_no_frame_ends_the_socket_however_it_is_nested(world: World) -> None:
    tab = Tab(world, await world.app.user("ann"))
    await tab.session.receive('{"id": 1, "op": "ping", "topic": ' + "[" * 100_000 + "]" * 100_000 + "}")
    await tab.session.receive('{"id": 2, "op": "ping"}')
    assert [(frame["id"], frame["kind"]) for frame in tab.frames] == [(-1, "error"), (2, "pong")]
