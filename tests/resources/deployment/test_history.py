"""History: what was deployed is kept and can be deployed again; through the dispatcher, with a simulated host."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec import structs

from monitor.core.settings import CoreSettings
from monitor.kernel.activity import State
from monitor.kernel.errors import Forbidden, NotFound
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.standard import standard_operations
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.history import kept_images
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.history import Deployed, Diff, History, RollBack
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage, SecretVariable, Variable, Volume
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT
from tests.core.world import World, new_world

SECRET = "s3cret-of-the-first-release"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        made.host.machine.images.add("web:2")
        yield made


async def history(world: World, name: str = "web") -> tuple[Deployed, ...]:
    return await world.app.run(History(target=name))


def variables(**given: str) -> dict[str, object]:
    return {"environment": [{"name": name, "value": value} for name, value in given.items()]}


async def test_each_deploy_is_kept_with_what_when_and_by_whom(world: World) -> None:
    ana = await world.app.user("ana", admin=True)
    await world.deployment("web", environment=(Variable(name="A", value="1"),))
    first = await world.do(Deploy(target="web"), ana)
    await world.update(DEPLOYMENT, "web", config={"image": {"kind": "image", "image": "web:2"}})
    second = await world.do(Deploy(target="web"))
    newest, oldest = await history(world)
    assert (newest.release, newest.activity, newest.image, newest.revision) == (2, second.id, "web:2", 2)
    assert (oldest.release, oldest.activity, oldest.image, oldest.revision) == (1, first.id, "web:1", 1)
    assert (newest.runs, oldest.runs) == (True, False)
    assert oldest.who.name == "ana"
    assert oldest.image_id == world.host.machine.image_id("web:1")
    assert (oldest.state, oldest.ended) == (State.SUCCEEDED, first.ended)
    assert (await world.app.get(DEPLOYMENT, "web")).info.release == 2


async def test_what_failed_is_told_but_no_way_back(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.machine.exits["web:2"] = 1
    await world.update(DEPLOYMENT, "web", config={"image": {"kind": "image", "image": "web:2"}})
    failed = await world.do(Deploy(target="web"))
    newest, oldest = await history(world)
    assert (newest.release, newest.state, newest.image, newest.ended) == (0, State.FAILED, "web:2", failed.ended)
    assert newest.error == failed.error != ""
    assert (oldest.release, oldest.runs) == (1, True)


async def test_roll_back_deploys_that_config_and_makes_it_the_config(world: World) -> None:
    await world.deployment("web", secret_environment=(SecretVariable(name="TOKEN", value=SECRET),))
    await world.do(Deploy(target="web"))
    config = {
        "image": {"kind": "image", "image": "web:2"},
        "secret_environment": [{"name": "TOKEN", "value": "another-one"}],
    }
    await world.update(DEPLOYMENT, "web", config=config)
    await world.do(Deploy(target="web"))
    done = await world.do(RollBack(target="web", release=1))
    assert (done.state, done.summary) == (State.SUCCEEDED, "rolled back from 2 to release 1: web:1, never away")
    now = await world.app.get(DEPLOYMENT, "web")
    assert now.config.image == LiteralImage(image="web:1")
    assert (now.revision, now.info.revision, now.info.release, now.status.outdated) == (3, 3, 3, False)
    container = world.host.machine.named("web")
    assert container is not None
    assert f"TOKEN={SECRET}" in container.body["Env"]
    assert [c.field for c in done.changes] == ["config.image", "config.secret_environment"]
    assert SECRET not in str(done)
    again = await world.do(Deploy(target="web"))
    assert again.state is State.SUCCEEDED
    container = world.host.machine.named("web")
    assert container is not None
    assert f"TOKEN={SECRET}" in container.body["Env"]


async def test_roll_back_runs_the_very_image_though_its_tag_means_another(world: World) -> None:
    await world.deployment("web")
    before = world.host.machine.image_id("web:1")
    await world.do(Deploy(target="web"))
    world.host.machine.add_build(("web:1",))
    await world.do(Deploy(target="web"))
    assert [d.image_id == before for d in await history(world)] == [False, True]
    done = await world.do(RollBack(target="web", release=1))
    assert done.state is State.SUCCEEDED, done.error
    container = world.host.machine.named("web")
    assert container is not None
    assert container.view.image_id == before
    info = (await world.app.get(DEPLOYMENT, "web")).info
    assert (info.image, info.image_id) == ("web:1", before)
    assert not done.changes, "the config is the same"
    world.host.machine.change(container, image=before)  # as Docker tells it of one whose tag is another's by now
    await world.clock.advance(1)
    assert (await world.app.get(DEPLOYMENT, "web")).status.image == "web:1"


async def test_an_image_that_is_gone_is_a_clear_error_and_nothing_changes(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.machine.add_build(("web:1",))
    await world.update(DEPLOYMENT, "web", config=variables(A="1"))
    await world.do(Deploy(target="web"))
    world.host.machine.untagged.clear()
    before = await world.app.get(DEPLOYMENT, "web")
    done = await world.do(RollBack(target="web", release=1))
    assert done.state is State.FAILED
    assert "is not on this host any more" in done.error
    after = await world.app.get(DEPLOYMENT, "web")
    assert (after.config, after.revision, after.info) == (before.config, before.revision, before.info)


async def test_a_builds_version_comes_back(world: World) -> None:
    await world.build("app")
    await world.do(RunBuild(target="app"))
    await world.deployment("web", image=BuiltImage(build="app"))
    await world.do(Deploy(target="web"))
    await world.do(RunBuild(target="app"))
    await world.do(Deploy(target="web"))
    assert [d.version for d in await history(world)] == ["0.0.2", "0.0.1"]
    assert (await world.do(RollBack(target="web", release=1))).state is State.SUCCEEDED
    assert (await world.app.get(DEPLOYMENT, "web")).info.version == "0.0.1"


async def test_a_change_made_meanwhile_stays_and_is_told_to_wait_for_a_deploy(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config=variables(A="1"))
    await world.do(Deploy(target="web"))
    world.host.machine.durations["create"] = 5
    rolling = await world.app.run(RollBack(target="web", release=1))
    await world.clock.advance(1)
    await world.update(DEPLOYMENT, "web", config=variables(A="2"))
    assert (await world.ended(rolling)).state is State.SUCCEEDED
    now = await world.app.get(DEPLOYMENT, "web")
    assert now.config.environment == (Variable(name="A", value="2"),)
    assert now.status.outdated
    assert now.info.release == 3


async def test_the_last_ten_are_kept_and_repeats_count_once(tmp_path: Path) -> None:
    async with new_world(tmp_path, settings=CoreSettings(keep_releases=3)) as world:
        await world.deployment("web")
        for turn in range(5):
            await world.update(DEPLOYMENT, "web", config=variables(TURN=str(turn)))
            await world.do(Deploy(target="web"))
        assert [d.release for d in await history(world)] == [5, 4, 3]
        for _ in range(5):
            await world.do(Deploy(target="web"))
        assert [d.release for d in await history(world)] == [5, 4, 3]
        gone = await world.do(RollBack(target="web", release=2))
        assert (gone.state, gone.error) == (State.FAILED, "there is no release 2 any more")
        assert "5, 4, 3" in gone.hint
        world.host.machine.exits["web:1"] = 1
        for _ in range(5):
            await world.do(Deploy(target="web"))
        assert [d.release for d in await history(world)] == [0, 0, 0, 5, 4, 3]


async def test_it_goes_with_the_deployment(world: World) -> None:
    made = await world.deployment("web")
    await world.do(Deploy(target="web"))
    assert len(await world.app.store.all("release")) == 1
    await world.do(Delete(target="web", container=Keep.REMOVE))
    assert await world.app.store.all("release") == []
    assert await world.app.core.parts.releases.of(made.id) == []


async def test_secrets_are_stored_sealed_and_told_to_nobody(world: World) -> None:
    await world.deployment("web", secret_environment=(SecretVariable(name="TOKEN", value=SECRET),))
    await world.do(Deploy(target="web"))
    given = {"secret_environment": [{"name": "TOKEN", "value": "another-secret-1"}]}
    await world.update(DEPLOYMENT, "web", config=given)
    changes = await world.app.run(Diff(target="web"))
    assert [c.field for c in changes] == ["config.secret_environment"]
    assert "a secret value changed" in changes[0].after
    assert SECRET not in str(changes)
    assert SECRET not in str(await history(world))
    assert SECRET not in str([doc.body for doc in await world.app.store.all("release")])
    same = {"secret_environment": [{"name": "TOKEN", "value": SECRET}]}
    await world.update(DEPLOYMENT, "web", config=same)
    assert await world.app.run(Diff(target="web")) == ()


async def test_any_two_and_the_config_are_compared(world: World) -> None:
    await world.deployment("web")
    for turn in ("1", "2"):
        await world.update(DEPLOYMENT, "web", config=variables(TURN=turn))
        await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config=variables(TURN="3"))
    between = await world.app.run(Diff(target="web", before=1, after=2))
    assert [(c.field, '"1"' in c.before, '"2"' in c.after) for c in between] == [("config.environment", True, True)]
    (pending,) = await world.app.run(Diff(target="web"))
    assert '"2"' in pending.before
    assert '"3"' in pending.after
    with pytest.raises(NotFound):
        await world.app.run(Diff(target="web", before=9))


async def test_what_a_release_names_and_is_gone_stops_it_with_a_clear_error(world: World) -> None:
    await world.account("hub")
    await world.deployment("web", image=LiteralImage(image="web:1"), account="hub")
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config={"account": None})
    await world.do(Deploy(target="web"))
    await world.app.run(standard_operations(REGISTRY_ACCOUNT)["delete"](target="hub"))
    done = await world.do(RollBack(target="web", release=1))
    assert done.state is State.FAILED
    assert "release 1 cannot come back: config.account: there is no registry_account" in done.error


async def test_rolling_back_takes_write_and_every_right_the_old_config_took(world: World) -> None:
    await world.account("hub")
    made = await world.deployment("web", account="hub", volumes=(Volume(source="/srv", target="/srv"),))
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config={"account": None, "volumes": []})
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config=variables(A="1"))
    await world.do(Deploy(target="web"))
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", made.id, Level.EXECUTE)
    with pytest.raises(Forbidden):
        await world.app.run(RollBack(target="web", release=2), ben)
    await world.grant(ben, "deployment", made.id, Level.WRITE)
    assert (await world.do(RollBack(target="web", release=2), ben)).state is State.SUCCEEDED
    refused = await world.do(RollBack(target="web", release=1), ben)
    assert "there is no registry_account" in refused.error, "what he may not read is not told from what is gone"
    account = (await world.app.get(REGISTRY_ACCOUNT, "hub")).id
    await world.grant(ben, "registry_account", account, Level.READ)
    refused = await world.do(RollBack(target="web", release=1), ben)
    assert "use on registry_account hub is needed" in refused.error
    await world.grant(ben, "registry_account", account, Level.READ, rights=(Right.USE,))
    refused = await world.do(RollBack(target="web", release=1), ben)
    assert "host powers you do not have" in refused.error
    server = made.config.server
    await world.grant(ben, "server", server, Level.EXECUTE, powers=(HostPower.BIND,))
    assert (await world.do(RollBack(target="web", release=1), ben)).state is State.SUCCEEDED


async def test_two_at_once_go_one_after_the_other(world: World) -> None:
    await world.deployment("web")
    for turn in ("1", "2"):
        await world.update(DEPLOYMENT, "web", config=variables(TURN=turn))
        await world.do(Deploy(target="web"))
    world.host.machine.durations["create"] = 3
    first = await world.app.run(RollBack(target="web", release=1))
    second = await world.app.run(RollBack(target="web", release=2))
    ends = [await world.ended(a) for a in (first, second)]
    assert [e.state for e in ends] == [State.SUCCEEDED] * 2
    assert [d.release for d in await history(world)] == [4, 3, 2, 1]
    assert (await world.app.get(DEPLOYMENT, "web")).config.environment == (Variable(name="TURN", value="2"),)


@pytest.mark.parametrize("moment", range(8))
async def test_core_killed_at_any_moment_keeps_one_entry_each(world: World, moment: int) -> None:
    """Komodo weak point 4: what ran when core was killed is lost to the record."""
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config=variables(A="1"))
    world.host.machine.durations |= {"create": 1, "start": 1}
    second = await world.app.run(Deploy(target="web"))
    await world.clock.advance(moment * 0.7)
    await world.app.crash()
    assert (await world.ended(second)).state is State.SUCCEEDED
    back = await world.app.run(RollBack(target="web", release=1))
    await world.clock.advance(moment * 0.7)
    await world.app.crash()
    assert (await world.ended(back)).state is State.SUCCEEDED
    entries = await history(world)
    assert [(d.release, d.activity) for d in entries[:2]] == [(3, back.id), (2, second.id)]
    assert len(entries) == 3
    now = await world.app.get(DEPLOYMENT, "web")
    assert (now.config.environment, now.revision, now.info.release) == ((), 3, 3)


async def test_renamed_during_a_deploy_it_is_kept_under_the_same_deployment(world: World) -> None:
    """Komodo weak point 8: results are written by name, so a rename loses them."""
    await world.deployment("web")
    world.host.machine.durations["create"] = 3
    deploying = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    await world.update(DEPLOYMENT, "web", name="site")
    assert (await world.ended(deploying)).state is State.SUCCEEDED
    assert [d.release for d in await history(world, "site")] == [1]


async def test_images_one_can_go_back_to_are_told_to_who_cleans_up(world: World) -> None:
    """Komodo weak point 27: the nightly prune takes the images of the way back."""
    made = await world.deployment("web")
    await world.do(Deploy(target="web"))
    first = world.host.machine.image_id("web:1")
    world.host.machine.add_build(("web:1",))
    await world.do(Deploy(target="web"))
    record = world.app.core.parts.catalog.get("deployment", made.id)
    assert record is not None
    from monitor.core.way_back import shown_release  # noqa: PLC0415 - what core shows handlers

    releases = [shown_release(record, kept) for kept in await world.app.core.parts.releases.of(made.id)]
    assert kept_images(releases) == {first, world.host.machine.image_id("web:1")}
    failed = structs.replace(releases[0], number=0)
    assert kept_images([failed]) == frozenset()
