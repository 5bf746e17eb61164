"""Newer images: found through the host, shown with the reason where they are not, and taken by a deploy that pulls."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.core.journal import INDEXES
from monitor.core.settings import CoreSettings
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden
from monitor.kernel.permission import HostPower, Level
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.newer import UpdateState
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.updates import CheckUpdate, CheckUpdates, ListUpdates, UpdateImage
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage
from monitor.store.memory import MemoryStore
from tests.core.world import IMAGE, World, new_world, refused

OLD, NEW, NEWER = (f"sha256:{letter * 64}" for letter in "abc")
HOURS = 3600.0


async def running(world: World, name: str = "web", image: str = IMAGE, **config: Any) -> Any:
    """A deployment whose image was pulled as OLD."""
    machine = world.host.machine
    machine.registry.add(image)
    machine.tags.setdefault(image, OLD)
    made = await world.deployment(name, image=LiteralImage(image=image), pull=True, **config)
    ended = await world.do(Deploy(target=name))
    assert ended.state is State.SUCCEEDED, ended.error
    return made


async def later(world: World, hours: float) -> None:
    """So many hours on, the last minutes of them lived through."""
    world.clock.put_forward(hours * HOURS - 320)
    await world.clock.advance(320)


async def shown(world: World, name: str = "web") -> Any:
    return (await world.app.get(DEPLOYMENT, name)).status.update


async def look(world: World, name: str = "web") -> Any:
    return await world.app.run(CheckUpdate(target=name))


async def test_nothing_newer(world: World) -> None:
    await running(world)
    assert await shown(world) is None
    found = await look(world)
    assert (found.state, found.running, found.newest) == (UpdateState.NONE, OLD, OLD)
    assert await shown(world) == found


async def test_a_tag_that_was_pushed_again_is_found_shown_listed_and_taken(world: World) -> None:
    """Komodo #921 and #1638: a re-pushed tag is never seen."""
    await running(world)
    world.host.machine.tags[IMAGE] = NEW
    found = await look(world)
    assert (found.state, found.running, found.newest) == (UpdateState.AVAILABLE, OLD, NEW)
    listed = await world.app.run(ListUpdates())
    assert [(i.name, i.server, i.image, i.state, i.newest) for i in listed] == [
        ("web", "host", IMAGE, "available", NEW)
    ]
    ended = await world.do(UpdateImage(target="web"))
    assert ended.steps[0].name == "pull"
    now = await shown(world)
    assert (now.state, now.running, now.newest) == (UpdateState.NONE, NEW, NEW)
    assert await world.app.run(ListUpdates()) == ()
    assert [item.name for item in await world.app.run(ListUpdates(every=True))] == ["web"]


async def test_an_image_pulled_by_others_is_still_an_update(world: World) -> None:
    """Komodo #1299: what is on the host already is not what runs."""
    await running(world)
    world.host.machine.tags[IMAGE] = NEW
    world.host.machine.pull(IMAGE)
    assert (await look(world)).state is UpdateState.AVAILABLE


async def test_a_tag_that_was_moved_back_is_another_image(world: World) -> None:
    await running(world)
    machine = world.host.machine
    machine.tags[IMAGE] = NEW
    await world.do(UpdateImage(target="web"))
    machine.tags[IMAGE] = OLD
    found = await look(world)
    assert (found.state, found.running, found.newest) == (UpdateState.AVAILABLE, NEW, OLD)


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        ("unauthorized: auth required", "choose a registry account"),
        ("toomanyrequests: slow down", "limits how often"),
        ("received unexpected HTTP status: 503 Service Unavailable", "fails by itself"),
        ('Get "https://x/v2/": x509: certificate signed by unknown authority', "certificate"),
        ("something nobody has ever seen", "does not say why"),
    ],
)
async def test_unknown_says_why_and_nothing_of_what_the_registry_wrote(world: World, refusal: str, reason: str) -> None:
    await running(world)
    world.host.machine.refusals[IMAGE] = refusal
    found = await look(world)
    assert found.state is UpdateState.UNKNOWN
    assert reason in found.reason
    assert refusal not in found.reason


async def test_what_was_made_on_the_host_has_nothing_to_compare(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.machine.tags[IMAGE] = NEW
    assert "made or loaded on the host" in (await look(world)).reason


async def test_a_pinned_digest_is_never_newer_and_no_registry_is_asked(world: World) -> None:
    pinned = f"web@{OLD}"
    world.host.images.add(pinned)
    await world.deployment("web", image=LiteralImage(image=pinned))
    await world.do(Deploy(target="web"))
    found = await look(world)
    assert (found.state, found.running) == (UpdateState.NONE, OLD)
    assert world.host.machine.asked == []
    assert isinstance(await refused(world, UpdateImage(target="web")), Conflict)


async def test_a_builds_newer_version(world: World) -> None:
    await world.build("app")
    await world.do(RunBuild(target="app"))
    await world.deployment("web", image=BuiltImage(build="app"))
    await world.deployment("kept", image=BuiltImage(build="app", version="0.0.1"))
    for name in ("web", "kept"):
        await world.do(Deploy(target=name))
        assert (await look(world, name)).state is UpdateState.NONE
    await world.do(RunBuild(target="app"))
    await world.clock.advance(2)
    found = await shown(world)
    assert (found.state, found.running, found.newest) == (UpdateState.AVAILABLE, "0.0.1", "0.0.2")
    kept = await shown(world, "kept")
    assert (kept.state, kept.reason) == (UpdateState.NONE, "the deployment is kept at one version")
    await world.do(UpdateImage(target="web"))
    assert (await shown(world)).running == "0.0.2"
    assert world.host.machine.asked == []


async def test_a_changed_config_is_not_compared_with_what_runs(world: World) -> None:
    await running(world)
    await look(world)
    world.host.machine.tags["web:2"] = NEW
    await world.update(DEPLOYMENT, "web", config={"image": {"kind": "image", "image": "web:2"}})
    assert "not looked for since" in (await shown(world)).reason
    assert "deploy it first" in (await look(world)).reason


async def test_a_registry_account_is_told_to_its_own_registry_only(world: World) -> None:
    image = "reg.example:5000/team/web:1"
    await world.account("theirs", domain="reg.example:5000")
    world.host.machine.private[image] = ("ann", "t0ken-4-the-hub/+x")
    await running(world, image=image, account="theirs")
    assert (await look(world)).state is UpdateState.NONE
    await world.update(DEPLOYMENT, "web", config={"account": None})
    await world.clock.advance(60)
    assert "choose a registry account" in (await look(world)).reason
    await world.account("other", domain="docker.io")
    await world.update(DEPLOYMENT, "web", config={"account": "other"})
    before = len(world.host.machine.asked)
    assert (await look(world)).reason == "its registry account is not for reg.example:5000"
    assert len(world.host.machine.asked) == before


async def test_one_answer_counts_for_all_deployments_of_an_image_on_a_host(world: World) -> None:
    for name in ("one", "two", "three"):
        await running(world, name)
    await world.app.run(CheckUpdates())
    assert world.host.machine.asked == [IMAGE]


async def test_a_limited_registry_is_left_alone(world: World) -> None:
    await running(world)
    await running(world, "other", image="web:other")
    world.host.machine.refusals[IMAGE] = "toomanyrequests: You have reached your pull rate limit"
    await look(world)
    assert "left alone" in (await look(world, "other")).reason
    assert world.host.machine.asked == [IMAGE]
    await later(world, 0.6)
    assert (await look(world, "other")).state is UpdateState.NONE


async def test_a_slow_registry_holds_up_nothing_else(world: World) -> None:
    await running(world)
    world.host.machine.durations["registry"] = 20
    task = asyncio.create_task(look(world))
    await world.clock.advance(1)
    ended = await world.do(Deploy(target="web"))
    assert ended.state is State.SUCCEEDED
    assert not task.done()
    await world.clock.advance(30)
    assert (await task).state is UpdateState.NONE


async def test_a_silent_host_is_no_answer(world: World) -> None:
    await running(world)
    world.host.down = "unplugged"
    await world.clock.advance(5)
    found = await look(world)
    assert (found.state, "does not answer" in found.reason) == (UpdateState.UNKNOWN, True)


async def test_what_has_no_container_has_nothing_to_compare(world: World) -> None:
    await world.deployment("web")
    assert isinstance(await refused(world, CheckUpdate(target="web")), Conflict)
    assert await world.app.run(CheckUpdates()) != ()
    assert await shown(world) is None


async def test_expecting_another_digest_is_refused(world: World) -> None:
    await running(world)
    world.host.machine.tags[IMAGE] = NEW
    await look(world)
    assert NEW[:19] in (await refused(world, UpdateImage(target="web", expects=NEWER))).message
    assert (await world.do(UpdateImage(target="web", expects=NEW))).state is State.SUCCEEDED


async def test_a_newer_image_under_host_powers_needs_them(world: World) -> None:
    await running(world, privileged=True)
    bea = await world.app.user("bea")
    await world.grant(bea, "deployment", level=Level.EXECUTE)
    assert isinstance(await refused(world, UpdateImage(target="web"), bea), Forbidden)
    await world.grant(bea, "server", powers=(HostPower.PRIVILEGED,))
    assert (await world.do(UpdateImage(target="web"), bea)).state is State.SUCCEEDED


async def test_everybody_is_shown_and_checks_his_own_only(world: World) -> None:
    await running(world)
    secret = await running(world, "secret")
    world.host.machine.tags[IMAGE] = NEW
    bea = await world.app.user("bea")
    web = await world.app.get(DEPLOYMENT, "web")
    await world.grant(bea, "deployment", web.id, Level.EXECUTE)
    assert [item.name for item in await world.app.run(CheckUpdates(), bea)] == ["web"]
    assert (await world.app.get(DEPLOYMENT, secret.id)).status.update is None
    await look(world, "secret")
    listed = await world.app.run(ListUpdates(), bea)
    assert [(item.name, item.server) for item in listed] == [("web", "")]  # he may not read the server


async def test_the_timer_looks_by_itself_and_goes_on_after_a_restart(tmp_path: Path) -> None:
    store = MemoryStore(INDEXES)
    async with new_world(tmp_path, store, settings=CoreSettings(check_updates_every=8)) as world:
        await running(world)
        await world.clock.advance(360)
        first = await shown(world)
        assert first.state is UpdateState.NONE
        world.host.machine.tags[IMAGE] = NEW
        await world.app.crash()
        await world.clock.advance(60)
        assert world.host.machine.asked == [IMAGE]
        assert (await shown(world)) == first
        await later(world, 9)
        assert world.host.machine.asked == [IMAGE, IMAGE]
        assert (await shown(world)).state is UpdateState.AVAILABLE


async def test_looks_are_spread_in_time(tmp_path: Path) -> None:
    async with new_world(tmp_path, settings=CoreSettings(check_updates_every=8)) as world:
        for number in range(8):
            await running(world, f"web-{number}", image=f"web-{number}:1")
        await world.clock.advance(330)
        at = [(await shown(world, f"web-{n}")).checked for n in range(8)]
        assert max(at) - min(at) > timedelta(seconds=60)


async def test_never_means_never(world: World) -> None:
    await running(world)
    await later(world, 100)
    assert world.host.machine.asked == []
    assert await shown(world) is None


async def test_a_registry_that_fails_is_asked_again_later_and_later(tmp_path: Path) -> None:
    async with new_world(tmp_path, settings=CoreSettings(check_updates_every=8)) as world:
        await running(world)
        world.host.machine.refusals[IMAGE] = "connection refused"
        for _ in range(16):
            await later(world, 0.25)
        assert 3 <= len(world.host.machine.asked) <= 6
        world.host.machine.refusals.clear()
        await later(world, 9)
        found = await shown(world)
        assert (found.state, found.failures) == (UpdateState.NONE, 0)
