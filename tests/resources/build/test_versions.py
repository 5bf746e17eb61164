"""Versions on simulated hosts: raised, pushed, pushed again, deployed elsewhere by digest, listed, forgotten."""

from typing import Any
from weakref import WeakKeyDictionary

import pytest

from monitor.abilities.build.calls import BuildImage
from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.push.calls import PushImage
from monitor.features.activity.spec import CancelActivity
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.permission import Level
from monitor.resources.build.config import ServerBuilder
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.operations.versions import BuiltVersion, ForgetVersion, ListVersions, PushVersion, There
from monitor.resources.build.registries import BaseAccount, PushTo
from monitor.resources.build.spec import BUILD
from monitor.resources.build.version import VERSIONS, Bump
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.history import RollBack
from monitor.resources.deployment.operations.pull import Pull
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage
from monitor.testing.host import SimulatedHost
from monitor.testing.script import Script
from tests.core.world import World, refused

HUB, OWN = "team/web", "registry.example:5000/team/web"
JOBS: WeakKeyDictionary[SimulatedHost, list[Any]] = WeakKeyDictionary()
TOKEN = "t0ken-of-the-registry/+x"


async def versions(world: World, name: str = "web") -> tuple[BuiltVersion, ...]:
    return await world.app.run(ListVersions(target=name))


@pytest.fixture
async def two(world: World) -> World:
    """Two hosts with one registry between them, and an account there."""
    await world.app.server("other")
    for name in ("host", "other"):
        _listen(world.app.simulated(name))
    other = world.app.simulated("other").machine
    other.deliveries.shelf = world.host.machine.deliveries.shelf
    await world.account("own", domain="registry.example:5000", token=TOKEN)
    for machine in (other, world.host.machine):
        machine.private[OWN] = ("ann", TOKEN)
    return world


async def test_a_run_raises_what_it_is_told_to(world: World) -> None:
    await world.build("web")
    for op in (RunBuild, *(lambda target, b=b: RunBuild(target=target, bump=b) for b in (Bump.MINOR, Bump.MAJOR))):
        assert (await world.do(op(target="web"))).state is State.SUCCEEDED
    assert (await world.do(RunBuild(target="web", version="2.0.0"))).state is State.SUCCEEDED
    assert [one.version for one in await versions(world)] == ["2.0.0", "1.0.0", "0.1.0", "0.0.1"]
    assert (await world.do(RunBuild(target="web"))).summary.startswith("built web:2.0.1")


async def test_a_version_that_does_not_follow_is_refused(world: World) -> None:
    await world.build("web")
    await world.do(RunBuild(target="web", version="1.0.0"))
    for version in ("1.0.0", "0.9.9"):
        failure = await refused(world, RunBuild(target="web", version=version))
        assert (type(failure), failure.message) == (
            Conflict,
            f"version {version} does not follow 1.0.0, which was built last",
        )
    assert "give either" in (await refused(world, RunBuild(target="web", version="3.0.0", bump=Bump.MAJOR))).message


async def test_a_failed_build_raises_nothing(world: World) -> None:
    await world.build("web", source=None, written="FROM scratch\n")
    world.host.machine.scripts["build", ""] = Script(pieces=list, error="no")
    assert (await world.do(RunBuild(target="web"))).state is State.FAILED
    assert (await world.app.get(BUILD, "web")).info.version == "0.0.0"
    assert await versions(world) == ()


async def test_a_copy_begins_at_the_beginning(world: World) -> None:
    await world.build("web")
    await world.do(RunBuild(target="web"))
    copy = world.app.core.handlers["build.copy"].operation
    await world.app.run(copy(target="web", name="shop"))
    assert (await world.app.get(BUILD, "shop")).info.version == "0.0.0"
    assert await versions(world, "shop") == ()


async def test_it_is_pushed_everywhere_and_recorded(two: World) -> None:
    await two.build(
        "web", image_tags=("{version}", "latest"), push_to=(PushTo(image=OWN, account="own"), PushTo(image=HUB))
    )
    run = await two.do(RunBuild(target="web"))
    assert (run.state, [s.name for s in run.steps]) == (State.SUCCEEDED, ["clone", "build", "inspect", "push"])
    [made] = await versions(two)
    assert [(p.image, p.tags, bool(p.digest), p.error) for p in made.pushes] == [
        (OWN, ("0.0.1", "latest"), True, ""),
        (HUB, ("0.0.1", "latest"), True, ""),
    ]
    assert (made.there, made.server, made.who.kind, made.newest) == (There.YES, "host", "system", True)
    assert f"{OWN}:latest" in two.host.machine.deliveries.shelf
    [job] = jobs(two, BuildImage)
    assert [to.auth and to.auth.token for to in job.push] == [TOKEN, None]
    assert [auth.domain for auth in job.accounts] == ["registry.example:5000"]


async def test_a_push_that_fails_loses_nothing_and_can_be_made_good(two: World) -> None:
    await two.build("web", push_to=(PushTo(image=OWN), PushTo(image=HUB)))
    run = await two.do(RunBuild(target="web"))
    assert run.state is State.FAILED
    assert run.error.startswith(f"{OWN}:0.0.1 could not be pushed: unauthorized")
    assert run.error.endswith(f"Version 0.0.1 is made, and on its builder and in {HUB}.")
    assert "choose a registry account" in run.hint
    assert "monitor build push web --version 0.0.1" in run.hint
    build: Any = await two.app.get(BUILD, "web")
    assert (build.info.version, build.info.not_pushed) == ("0.0.1", (OWN,))
    await two.update(BUILD, "web", config={"push_to": [{"image": OWN, "account": "own"}, {"image": HUB}]})
    done = await two.do(PushVersion(target="web"))
    assert (done.state, done.summary) == (State.SUCCEEDED, f"pushed web:0.0.1 to {OWN}")
    [job] = jobs(two, PushImage)
    assert [to.image for to in job.to] == [OWN]  # the other has it
    assert (await two.app.get(BUILD, "web")).info.not_pushed == ()
    assert (await two.do(PushVersion(target="web"))).summary == "web:0.0.1 is in all registries already"
    await two.do(RunBuild(target="web"))
    assert (await two.app.get(BUILD, "web")).info.version == "0.0.2"  # what was pushed once is never made anew


async def test_a_run_cancelled_while_it_pushes_has_made_its_version(two: World) -> None:
    two.host.machine.durations["push"] = 60
    await two.build("web", push_to=(PushTo(image=HUB),))
    run = await two.app.run(RunBuild(target="web"))
    await two.clock.advance(2)
    await two.app.run(CancelActivity(target=run.id))
    ended = await two.ended(run)
    assert (ended.state, ended.steps[-1].outcome) == (State.CANCELLED, "cancelled")
    assert "Version 0.0.1 is made" in ended.error
    [made] = await versions(two)
    assert [(p.image, p.digest) for p in made.pushes] == [(HUB, "")]


async def test_an_agent_killed_while_it_pushes_loses_no_version(two: World) -> None:
    two.host.machine.durations["push"] = 60
    await two.build("web", push_to=(PushTo(image=HUB), PushTo(image=OWN, account="own")))
    run = await two.app.run(RunBuild(target="web"))
    await two.clock.advance(150)  # both tags are at the first, and the second has none
    two.host.crash()
    ended = await two.ended(run)
    assert (ended.state, ended.steps[-1].outcome) == (State.FAILED, "interrupted")
    assert f"Version 0.0.1 is made, and on its builder and in {HUB}" in ended.error
    [made] = await versions(two)
    assert [(p.image, p.tags) for p in made.pushes] == [(HUB, ("0.0.1", "latest")), (OWN, ())]
    two.host.machine.durations["push"] = 0
    assert (await two.do(PushVersion(target="web"))).state is State.SUCCEEDED
    assert (await two.do(RunBuild(target="web"))).summary.startswith("built web:0.0.2")


async def test_a_number_a_registry_has_is_given_to_no_second_image(two: World) -> None:
    shelf = two.host.machine.deliveries.shelf
    shelf[f"{HUB}:0.0.1"] = shelf[f"{HUB}:latest"] = "sha256:another"
    await two.build("web", push_to=(PushTo(image=HUB),))
    run = await two.do(RunBuild(target="web"))
    assert (run.state, run.error[:60]) == (
        State.FAILED,
        f"the registry has another image as {HUB}:0.0.1 already, and"[:60],
    )
    assert shelf[f"{HUB}:0.0.1"] == "sha256:another"
    assert await versions(two) == ()
    assert (await two.do(RunBuild(target="web", version="0.1.0"))).state is State.SUCCEEDED
    shelf[f"{HUB}:0.1.0"] = "sha256:another"
    again = await two.do(PushVersion(target="web", again=True))
    assert (again.state, shelf[f"{HUB}:0.1.0"]) == (State.FAILED, "sha256:another")


async def test_a_copy_takes_no_name_from_what_it_was_copied_from(world: World) -> None:
    await world.build("web", image="team/web")
    await world.do(RunBuild(target="web"))
    await world.app.run(world.app.core.handlers["build.copy"].operation(target="web", name="shop"))
    failure = await refused(world, RunBuild(target="shop"))
    assert failure.message == "web makes images called team/web on this builder already"
    await world.update(BUILD, "shop", config={"image": ""})
    assert (await world.do(RunBuild(target="shop"))).summary.startswith("built shop:0.0.1")


async def test_elsewhere_it_is_pulled_by_its_digest_with_the_account(two: World) -> None:
    await two.build("web", push_to=(PushTo(image=HUB), PushTo(image=OWN, account="own")))
    await two.do(RunBuild(target="web"))
    await two.deployment("far", server="other", image=BuiltImage(build="web"), account="own")
    end = await two.do(Deploy(target="far"))
    assert (end.state, end.error, end.summary) == (State.SUCCEEDED, "", "deployed web:0.0.1")
    [job] = jobs(two, ReplaceContainer, "other")
    assert job.origin is not None
    assert job.origin.reference.startswith(f"{OWN}@sha256:")
    assert job.auth is not None
    assert job.auth.token == TOKEN
    [made] = await versions(two)
    assert made.deployments == ("far",)
    far: Any = await two.app.get(DEPLOYMENT, "far")
    assert (far.info.version, far.info.image, far.info.digest) == ("0.0.1", "web:0.0.1", job.origin.reference)


async def test_elsewhere_unchanged_newer_and_back_again(two: World) -> None:
    await two.build("web", push_to=(PushTo(image=HUB),))
    await two.do(RunBuild(target="web"))
    await two.deployment("far", server="other", image=BuiltImage(build="web"))
    await two.do(Deploy(target="far"))
    again = await two.do(Deploy(target="far", if_changed=True))
    assert again.summary == "nothing changed: web:0.0.1 runs as configured"
    await two.do(RunBuild(target="web"))
    await two.clock.advance(60)
    assert (await two.app.get(DEPLOYMENT, "far")).status.update.newest == "0.0.2"
    assert (await two.do(Deploy(target="far", if_changed=True))).summary.startswith("deployed web:0.0.2")
    back = await two.do(RollBack(target="far", release=1))
    assert (back.state, back.error) == (State.SUCCEEDED, "")
    assert [(v.version, v.deployments) for v in await versions(two)] == [("0.0.2", ()), ("0.0.1", ("far",))]
    pulled = await two.do(Pull(target="far"))
    assert pulled.summary == "pulled web:0.0.2: another image than runs now; deploy to use it"


async def test_elsewhere_without_a_registry_it_is_said_why_not(two: World) -> None:
    await two.build("web")
    await two.do(RunBuild(target="web"))
    await two.deployment("far", server="other", image=BuiltImage(build="web"))
    failure = await refused(two, Deploy(target="far"))
    assert failure.message == "version 0.0.1 of build web is on the server that made it and in no registry"
    assert "monitor build push web" in failure.hint
    await two.deployment("later", server="other", image=BuiltImage(build="web", version="9.0.0"))
    assert (await refused(two, Deploy(target="later"))).message == "build web has made no version 9.0.0"


async def test_an_account_of_another_registry_is_not_told_to_the_builds(two: World) -> None:
    await two.account("hub")
    await two.build("web", push_to=(PushTo(image=OWN, account="own"),))
    await two.do(RunBuild(target="web"))
    await two.deployment("far", server="other", image=BuiltImage(build="web"), account="hub")
    assert "is for another registry" in (await refused(two, Deploy(target="far"))).message
    await two.build("wrong", push_to=(PushTo(image=OWN, account="hub"),))
    assert "is not for registry.example:5000" in (await refused(two, RunBuild(target="wrong"))).message
    await two.account("hub-2")
    accounts = (BaseAccount(account="hub"), BaseAccount(account="hub-2"))
    await two.build("twice", base_accounts=accounts)
    assert "fetched by both hub and hub-2" in (await refused(two, RunBuild(target="twice"))).message


async def test_on_its_builder_it_needs_no_registry(two: World) -> None:
    await two.build("web")
    await two.do(RunBuild(target="web"))
    await two.account("hub")
    await two.deployment("near", image=BuiltImage(build="web"), account="hub", pull=True)
    assert (await two.do(Deploy(target="near"))).state is State.SUCCEEDED


async def test_of_an_older_version_latest_does_not_move_back(two: World) -> None:
    await two.build("web")
    for _ in range(2):
        await two.do(RunBuild(target="web"))
    assert "names no registry" in (await refused(two, PushVersion(target="web"))).message
    await two.update(BUILD, "web", config={"push_to": [{"image": HUB}]})
    assert (await two.do(PushVersion(target="web", version="0.0.1"))).state is State.SUCCEEDED
    assert [p.tags for p in (await versions(two))[1].pushes] == [("0.0.1",)]
    assert isinstance(await refused(two, PushVersion(target="web", version="5.0.0")), NotFound)


async def test_forgetting_leaves_what_is_needed(two: World) -> None:
    await two.build("web")
    for _ in range(3):
        await two.do(RunBuild(target="web"))
    await two.deployment("kept", image=BuiltImage(build="web", version="0.0.2"))
    assert "is needed by kept" in (await refused(two, ForgetVersion(target="web", version="0.0.2"))).message
    assert "newest" in (await refused(two, ForgetVersion(target="web", version="0.0.3"))).message
    await two.app.run(ForgetVersion(target="web", version="0.0.1"))
    assert [v.version for v in await versions(two)] == ["0.0.3", "0.0.2"]


async def test_a_reader_learns_no_names_he_may_not_read(two: World) -> None:
    build = await two.build("web")
    await two.do(RunBuild(target="web"))
    await two.deployment("secret", image=BuiltImage(build="web"))
    await two.do(Deploy(target="secret"))
    ben = await two.app.user("ben")
    await two.grant(ben, "build", build.id, Level.READ)
    [seen] = await two.app.run(ListVersions(target="web"), ben)
    assert (seen.deployments, seen.others, seen.server) == ((), 1, "")


async def test_where_the_image_is_is_asked_and_not_guessed(two: World) -> None:
    await two.build("web", builder=ServerBuilder(server="other"))
    await two.do(RunBuild(target="web"))
    other = two.app.simulated("other")
    other.machine.images.discard("web:0.0.1")
    other.machine.images.discard("web:latest")
    assert (await versions(two))[0].there is There.REMOVED
    other.down = "cut"
    await two.clock.advance(10)
    assert (await versions(two))[0].there is There.UNKNOWN


async def test_records_go_with_their_build_and_survive_a_restart(two: World) -> None:
    build = await two.build("web")
    await two.do(RunBuild(target="web"))
    await two.app.crash()
    assert [v.version for v in await versions(two)] == ["0.0.1"]
    delete = two.app.core.handlers["build.delete"].operation
    await two.app.run(delete(target="web"))
    assert two.app.core.parts.collections.of(VERSIONS, build.id) == []
    assert await two.app.store.all(VERSIONS.name) == []


def _listen(host: SimulatedHost) -> None:
    """Keep what it is handed."""
    start = host.start_job

    async def note(id: str, work: Any, **rest: Any) -> None:
        JOBS.setdefault(host, []).append(work)
        await start(id, work, **rest)

    host.start_job = note


def jobs(world: World, kind: type[Any], host: str = "host") -> list[Any]:
    """Of one kind, as that host was handed them."""
    return [job for job in JOBS.get(world.app.simulated(host), []) if isinstance(job, kind)]
