"""Actions: one activity each, one end each, in their lanes, cancelled when asked."""

import pytest

from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.git.calls import GitSource
from monitor.features.activity.spec import CancelActivity
from monitor.features.permissions.spec import DeleteGrant
from monitor.features.users.spec import DeleteUser, UpdateUser
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden, HostError, Invalid, NotFound, Unavailable
from monitor.kernel.permission import Level
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Restart, Stop
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage
from monitor.resources.server.spec import SERVER
from tests.core.world import World, refused


async def test_an_accepted_action_has_one_activity_and_one_end(world: World) -> None:
    web = await world.deployment("web")
    activity = await world.app.run(Deploy(target="web"))
    assert activity.state is State.QUEUED
    end = await world.ended(activity)
    assert (end.state, end.error, end.summary) == (State.SUCCEEDED, "", "deployed web:1")
    assert [s.name for s in end.steps] == ["create", "start", "verify"]
    assert all(s.outcome == "succeeded" for s in end.steps)
    assert end.started is not None
    assert end.ended is not None
    events = await world.events(end)
    assert (events.count("opened"), events.count("started"), events.count("closed")) == (1, 1, 1)
    now = await world.app.get(DEPLOYMENT, "web")
    assert now.status.state == "running"
    assert now.info.activity == end.id
    assert now.revision == web.revision, "a deploy changes no revision"


async def test_refusals_leave_no_record(world: World) -> None:
    user = await world.app.user("ann")
    web = await world.deployment("web")
    assert isinstance(await refused(world, Deploy(target="absent")), NotFound)
    assert isinstance(await refused(world, Deploy(target="web"), user), NotFound)
    await world.grant(user, "deployment", web.id, Level.READ)
    assert isinstance(await refused(world, Deploy(target="web"), user), Forbidden)
    await world.build("app")
    await world.deployment("from-build", image=BuiltImage(build="app"))
    assert isinstance(await refused(world, Deploy(target="from-build")), Conflict)
    await world.do(Deploy(target="web"))
    failure = await refused(world, Delete(target="web"))
    assert isinstance(failure, Invalid)
    assert failure.fields[0].path == "container"


async def test_a_failed_job_says_why_and_changes_nothing(world: World) -> None:
    await world.deployment("web")
    world.host.machine.exits["web:1"] = 3
    end = await world.do(Deploy(target="web"))
    assert end.state is State.FAILED
    assert "exit code 3" in end.error
    assert [s.outcome for s in end.steps][-1] == "failed"
    assert (await world.app.get(DEPLOYMENT, "web")).info.deployed is None
    assert [x.data for x in await world.app.core.outputs.read(end.id, 0, 100)], "its last lines are in the output"


async def test_a_build_raises_its_version_only_when_it_succeeds(world: World) -> None:
    await world.build("app")
    world.host.docker_down = "stopped"
    assert (await world.do(RunBuild(target="app"))).state is State.FAILED
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.0"
    world.host.docker_down = ""
    end = await world.do(RunBuild(target="app"))
    assert (end.state, end.summary[:15]) == (State.SUCCEEDED, "built app:0.0.1")
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.1"


async def test_more_than_eight_waiting_for_a_target_are_refused(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    first = await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    waiting = [await world.app.run(Deploy(target="web")) for _ in range(8)]
    failure = await refused(world, Deploy(target="web"))
    assert isinstance(failure, Conflict)
    assert "wait" in failure.message
    await world.deployment("other")
    await world.app.run(Deploy(target="other"))  # another target has its own lane
    for activity in (first, *waiting):
        assert (await world.ended(activity, 200)).state is State.SUCCEEDED


async def test_a_queued_action_says_what_it_waits_for(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    first = await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    second, third = await world.app.run(Deploy(target="web")), await world.app.run(Deploy(target="web"))
    assert (await world.now(first)).state is State.RUNNING
    assert (await world.now(second)).waiting_for == first.id
    assert (await world.now(third)).waiting_for == f"{first.id}, {second.id}"
    await world.ended(first)
    assert (await world.now(third)).waiting_for == second.id
    end = await world.ended(third)
    assert end.waiting_for == ""


async def test_a_builders_places_bound_how_many_builds_run(world: World) -> None:
    await world.update(SERVER, "host", config={"build_slots": 2})
    world.host.machine.durations["build"] = 10
    running = list[str]()
    activities = []
    for number in range(12):
        await world.build(f"app{number}", source=GitSource(url=f"https://git.example/app{number}"))
        activities.append(await world.app.run(RunBuild(target=f"app{number}")))
    for _ in range(200):
        await world.clock.advance(0.5)
        states = [a.state for a in world.app.core.journal.open.values() if a.operation == "build.run"]
        running.append(str(states.count(State.RUNNING)))
        if not states:
            break
    assert set(running) <= {"0", "1", "2"}
    assert "2" in running
    ends = [await world.stored(a) for a in activities]
    assert [e.state for e in ends] == [State.SUCCEEDED] * 12, "a builder's lane has no bound"


async def test_more_places_let_those_who_wait_begin_at_once(world: World) -> None:
    world.host.machine.durations["build"] = 1000
    for name in ("one", "two"):
        await world.build(name, source=GitSource(url=f"https://git.example/{name}"))
        await world.app.run(RunBuild(target=name))
    await world.clock.advance(1)
    assert sorted(a.state for a in world.app.core.journal.open.values()) == [State.QUEUED, State.RUNNING]
    await world.update(SERVER, "host", config={"build_slots": 2})
    await world.clock.advance(1)
    assert [a.state for a in world.app.core.journal.open.values()] == [State.RUNNING] * 2


async def test_a_queued_action_is_cancelled_before_it_begins(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    first = await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    second = await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    answer = await world.app.run(CancelActivity(target=second.id))
    assert answer.state is State.CANCELLED
    assert (await world.stored(second)).started is None
    assert (await world.ended(first)).state is State.SUCCEEDED
    assert (await world.events(second)).count("closed") == 1


async def test_an_action_cancelled_in_the_moment_it_is_accepted_ends_too(world: World) -> None:
    await world.deployment("web")
    activity = await world.app.run(Deploy(target="web"))
    await world.app.run(CancelActivity(target=activity.id))
    end = await world.ended(activity)
    assert end.state is State.CANCELLED
    assert world.host.containers == {}
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED, "its lane is free again"


async def test_a_running_action_is_cancelled_at_its_host_and_undone(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    before = world.host.machine.named("web")
    world.host.machine.durations["start"] = 50
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    assert (await world.stored(activity)).state is State.RUNNING
    answer = await world.app.run(CancelActivity(target=activity.id))
    assert answer.cancel_requested
    end = await world.ended(activity)
    assert end.state is State.CANCELLED
    assert end.cancel_requested
    assert world.host.machine.named("web") is before
    assert before is not None
    assert before.view.state == "running"


async def test_a_cancel_waits_for_a_silent_host_and_holds_nothing_up(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["start"] = 500
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    world.host.latency = 30
    await world.app.run(CancelActivity(target=activity.id))  # needs no turn of the clock: no host is waited for
    world.host.latency = 0
    world.host.down = "cable pulled"
    await world.clock.advance(20)
    assert (await world.stored(activity)).state is State.RUNNING
    world.host.down = ""
    assert (await world.ended(activity)).state is State.CANCELLED


async def test_an_ended_action_cannot_be_cancelled(world: World) -> None:
    await world.deployment("web")
    end = await world.do(Deploy(target="web"))
    assert isinstance(await refused(world, CancelActivity(target=end.id)), Conflict)


async def test_a_right_lost_while_it_waited_ends_it(world: World) -> None:
    user = await world.app.user("ann")
    web = await world.deployment("web")
    grant = await world.grant(user, "deployment", web.id, Level.EXECUTE)
    world.host.machine.durations["create"] = 5
    await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    activity = await world.app.run(Deploy(target="web"), user)
    await world.app.run(DeleteGrant(target=grant.id))
    end = await world.ended(activity)
    assert end.state is State.FAILED
    assert "lost the right" in end.error


@pytest.mark.parametrize("loss", ["disabled", "demoted", "deleted"])
@pytest.mark.parametrize("restarted", [False, True])
async def test_what_a_user_asked_for_does_not_begin_after_he_lost_his_power(
    world: World, loss: str, restarted: bool
) -> None:
    user = await world.app.user("ann", admin=True)
    await world.app.user("boss", admin=True)
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    activity = await world.app.run(Deploy(target="web"), user)
    lost = {
        "disabled": UpdateUser(target="ann", enabled=False),
        "demoted": UpdateUser(target="ann", admin=False),
        "deleted": DeleteUser(target="ann"),
    }
    await world.app.run(lost[loss])
    if restarted:
        await world.app.crash()
    end = await world.ended(activity)
    assert end.state is State.FAILED
    assert "lost the right" in end.error


async def test_a_grant_does_not_help_a_disabled_user(world: World) -> None:
    user = await world.app.user("ann")
    web = await world.deployment("web")
    await world.grant(user, "deployment", web.id, Level.WRITE)
    world.host.machine.durations["create"] = 5
    await world.app.run(Deploy(target="web"))
    await world.clock.settle()
    activity = await world.app.run(Deploy(target="web"), user)
    await world.app.run(UpdateUser(target="ann", enabled=False))
    assert (await world.ended(activity)).state is State.FAILED


async def test_what_runs_goes_on_when_its_user_is_disabled(world: World) -> None:
    user = await world.app.user("ann", admin=True)
    await world.app.user("boss", admin=True)
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    activity = await world.app.run(Deploy(target="web"), user)
    await world.clock.advance(1)
    await world.app.run(UpdateUser(target="ann", enabled=False))
    assert (await world.ended(activity)).state is State.SUCCEEDED


async def test_an_edit_during_a_run_counts_for_the_next_one(world: World) -> None:
    await world.deployment("web")
    world.host.images.add("web:2")
    world.host.machine.durations["create"] = 5
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    await world.update(DEPLOYMENT, "web", config={"image": {"kind": "image", "image": "web:2"}})
    end = await world.ended(activity)
    assert end.summary == "deployed web:1"
    assert (await world.app.get(DEPLOYMENT, "web")).status.outdated
    assert (await world.do(Deploy(target="web"))).summary.startswith("deployed web:2")
    assert not (await world.app.get(DEPLOYMENT, "web")).status.outdated


async def test_words_about_a_deployment_do_not_make_it_outdated(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", description="shop front", tags=["shop"])
    assert not (await world.app.get(DEPLOYMENT, "web")).status.outdated
    await world.do(Deploy(target="web"))
    assert not (await world.app.get(DEPLOYMENT, "web")).status.outdated
    await world.update(DEPLOYMENT, "web", config={"stop_timeout": 3})
    assert (await world.app.get(DEPLOYMENT, "web")).status.outdated


async def test_a_rename_during_a_run_loses_neither(world: World) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    activity = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    await world.update(DEPLOYMENT, "web", name="shop")
    end = await world.ended(activity)
    assert end.state is State.SUCCEEDED
    assert end.what is not None
    assert end.what.name == "web", "the record says the name it had then"
    now = await world.app.get(DEPLOYMENT, "shop")
    assert now.info.activity == end.id


async def test_a_delete_during_a_run_waits_for_it(world: World) -> None:
    web = await world.deployment("web")
    world.host.machine.durations["create"] = 5
    running = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    deleting = await world.app.run(Delete(target="web", container=Keep.REMOVE))
    waiting = await world.app.run(Restart(target="web"))
    assert (await world.now(deleting)).state is State.QUEUED
    assert (await world.ended(running)).state is State.SUCCEEDED
    assert (await world.ended(deleting)).state is State.SUCCEEDED
    end = await world.ended(waiting)
    assert (end.state, end.error) == (State.FAILED, "its target was deleted meanwhile")
    assert world.host.containers == {}
    assert world.app.core.parts.catalog.get("deployment", web.id) is None


async def test_a_server_that_does_not_answer_is_said_at_once(world: World) -> None:
    await world.deployment("web")
    world.host.down = "cable pulled"
    await world.clock.advance(5)
    end = await world.do(Stop(target="web"))
    assert end.state is State.FAILED
    assert "cable pulled" in end.error


async def test_a_job_the_host_fails_at_is_failed_and_never_doubled(world: World) -> None:
    await world.deployment("web")
    world.host.fail_next(ReplaceContainer, HostError("no space left"))
    end = await world.do(Deploy(target="web"))
    assert (end.state, end.error) == (State.FAILED, "no space left")
    world.host.fail_next(ReplaceContainer, Unavailable("Docker does not answer"))
    assert (await world.do(Deploy(target="web"))).state is State.FAILED
