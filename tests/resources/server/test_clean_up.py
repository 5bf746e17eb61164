"""Cleaning up a server: what goes is shown first; nothing a deployment, a build or a job under way needs does."""

from datetime import timedelta
from typing import Any

import pytest

from monitor.abilities.cleaning.calls import CacheRecord, DockerDisk, ListBuildCache, Mirror
from monitor.abilities.container.calls import Label
from monitor.abilities.git.address import Address
from monitor.core.caller import SYSTEM, Caller
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden, Invalid, Unavailable
from monitor.kernel.permission import Level, Right
from monitor.kernel.standard import standard_operations
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Remove, Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.history import RollBack
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage
from monitor.resources.server.operations.clean_up import CleanUpNow, CleanUpPreview, PreviewCleanUp
from monitor.resources.server.operations.networks import CreateNetwork
from monitor.resources.server.spec import SERVER
from monitor.testing.container import SimulatedContainer
from monitor.testing.things import SimulatedImage, SimulatedVolume
from tests.core.world import World, refused

GB = 1_000_000_000
_AGES = ("unused_images", "build_cache", "containers", "networks", "git_mirrors")
EVERYTHING = {"dangling_images": 1, **dict.fromkeys(_AGES, 7)}


async def rules(world: World, **set: int) -> None:
    await world.update(SERVER, "host", config={"clean_up": set or None})


async def preview(world: World, caller: Caller = SYSTEM) -> CleanUpPreview:
    return await world.app.run(PreviewCleanUp(target="host"), caller)


async def going(world: World, caller: Caller = SYSTEM) -> set[str]:
    return {item.name for item in (await preview(world, caller)).goes}


async def why(world: World, caller: Caller = SYSTEM) -> dict[str, str]:
    """Why what stays stays, by name."""
    return {item.name: item.why for item in (await preview(world, caller)).stays}


async def clean(world: World, caller: Caller = SYSTEM) -> Any:
    done = await world.do(CleanUpNow(target="host"), caller)
    assert done.state is State.SUCCEEDED, done.error
    return done


def add(world: World, name: str, days: float, size: int = GB, **labels: str) -> str:
    """An image that came so long ago; its id."""
    machine = world.host.machine
    machine.described[name] = SimulatedImage(size, world.clock.now() - timedelta(days=days), labels=labels)
    if name.startswith("sha256:"):
        machine.untagged.add(name)
        return name
    machine.images.add(name)
    return machine.image_id(name)


def end(world: World, container: SimulatedContainer, days: float) -> None:
    """It ended so long ago."""
    machine = world.host.machine
    machine.exit(container)
    machine.change(container, finished=world.clock.now() - timedelta(days=days))


async def litter(world: World) -> None:
    """A deployment, and beside it something of each kind that nobody uses any more."""
    machine = world.host.machine
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.do(CreateNetwork(target="host", network="spare-net"))
    add(world, "stray:1", 0)
    machine.volumes["spare"] = SimulatedVolume(size=7)
    stray = machine.create("stray", {"Image": "stray:1", "HostConfig": {"Binds": ["stray-data:/x"]}})
    machine.start(stray)
    end(world, stray, 8)
    machine.networks["spare-net"].created = world.clock.now() - timedelta(days=8)
    add(world, "old:1", 30)
    add(world, "fresh:1", 2)
    add(world, "sha256:" + "0d" * 32, 3)
    long_ago = world.clock.now() - timedelta(days=20)
    machine.leftovers.cache = [
        CacheRecord(id="a", bytes=GB, used=long_ago, held=False),
        CacheRecord(id="b", bytes=GB, used=world.clock.now(), held=False),
    ]
    await world.clock.advance(1)
    mirror = Mirror(
        key="ab" * 20, url="https://git.test/gone.git", root="https://git.test/gone.git", bytes=5, used=long_ago
    )
    machine.leftovers.mirrors = {mirror.key: mirror}


async def test_nothing_is_cleaned_unless_somebody_says_so(world: World) -> None:
    """Komodo prunes each night by default; Arcane's prune switched itself on."""
    await litter(world)
    assert (await preview(world)).notes == ("clean-up is switched off for this server.",)
    assert await going(world) == set()
    failure = await refused(world, CleanUpNow(target="host"))
    assert isinstance(failure, Conflict)
    assert "--clean-up" in failure.hint
    assert isinstance(await refused_update(world, unused_images=0), Invalid)


async def refused_update(world: World, **set: int) -> Exception:
    try:
        await world.update(SERVER, "host", config={"clean_up": set})
    except Invalid as wrong:
        return wrong
    raise AssertionError("it was taken")


@pytest.mark.parametrize("set", [{"unused_images": -1}, {"disk_percent": 100}, {"keep_versions": 5000}, {"what": 1}])
async def test_rules_that_cannot_be_meant_are_refused(world: World, set: dict[str, int]) -> None:
    wrong = await refused_update(world, **set)
    assert isinstance(wrong, Invalid)
    assert "clean_up" in str(wrong.fields)


async def test_it_takes_exactly_what_its_preview_showed_and_says_how_much_that_freed(world: World) -> None:
    await litter(world)
    await rules(world, **EVERYTHING)
    shown = await preview(world)
    assert {item.name for item in shown.goes} == {
        *("stray", "old:1", "spare-net", "https://git.test/gone.git", "1 of 2 records", "0d" * 6)
    }
    assert {total.kind: total.bytes for total in shown.totals} == {
        "git_mirrors": 5,
        "containers": 1_000_000,
        "build_cache": GB,
        "images": 2 * GB,
        "networks": 0,
    }
    done = await clean(world)
    assert done.summary == (
        "freed 3 GB: removed 1 mirror (5 B), 1 container (1 MB), 1 record of the build cache (1 GB), "
        "2 images (2 GB), 1 network"
    )
    assert [step.name for step in done.steps] == ["git_mirrors", "containers", "build_cache", "images", "networks"]
    machine = world.host.machine
    assert machine.images == {"web:1", "stray:1", "fresh:1"}
    assert [record.id for record in machine.leftovers.cache] == ["b"]
    assert not machine.leftovers.mirrors
    assert "spare-net" not in machine.networks
    assert (await world.app.get(SERVER, "host")).info.cleaned.freed == 3 * GB + 1_000_005


async def test_what_stays_says_why(world: World) -> None:
    await litter(world)
    await rules(world, **EVERYTHING)
    told = await why(world)
    assert told["web:1"] == "needed by deployment web"
    assert told["stray:1"] == "needed by container stray"
    assert told["fresh:1"] == "unused for 2 days, less than 7 days"


async def test_volumes_are_never_cleaned(world: World) -> None:
    await litter(world)
    await rules(world, **EVERYTHING)
    await clean(world)
    assert set(world.host.machine.volumes) == {"spare", "stray-data"}


async def test_images_of_releases_that_are_kept_stay(world: World) -> None:
    """Komodo's nightly prune removes images one would roll back to."""
    add(world, "web:2", 90)
    await world.deployment("web")
    world.host.machine.described["web:1"] = SimulatedImage(GB, world.clock.now() - timedelta(days=90))
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config={"image": {"kind": "image", "image": "web:2"}})
    await world.do(Deploy(target="web"))
    await rules(world, unused_images=1, images_gb=1, disk_percent=1)
    assert (await why(world))["web:1"] == "needed by deployment web (release 1)"
    await clean(world)
    assert {"web:1", "web:2"} <= world.host.images
    assert (await world.do(RollBack(target="web", release=1))).state is State.SUCCEEDED


@pytest.mark.parametrize("gone", [Stop, Remove])
async def test_what_a_deployment_needs_stays_while_it_does_not_run(world: World, gone: Any) -> None:
    """`docker image prune -a` takes what has no container at that moment."""
    await litter(world)
    await world.do(gone(target="web"))
    add(world, "web:1", 60)
    await rules(world, **EVERYTHING, images_gb=1, disk_percent=1)
    await clean(world)
    assert "web:1" in world.host.images
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED


async def versions(world: World, count: int) -> str:
    build = await world.build("app")
    machine = world.host.machine
    for made in range(count):
        await world.do(RunBuild(target="app"))
        machine.described[f"app:0.0.{made + 1}"].created -= timedelta(days=2 * (count - made))
    machine.images.discard("app:latest")
    machine.untagged.clear()
    return build.id


async def test_the_newest_versions_of_a_build_stay_and_older_ones_go(world: World) -> None:
    await versions(world, 4)
    await rules(world, keep_versions=2)
    assert await going(world) == {"app:0.0.1", "app:0.0.2"}
    told = await why(world)
    assert told["app:0.0.3"] == "one of the newest 2 versions of build app"
    assert told["app:0.0.4"] == "needed by build app"
    await rules(world, keep_versions=3, unused_images=1)
    assert "app:0.0.2" not in await going(world), "what is kept by its version is kept from the other rules"


async def test_the_version_a_deployment_names_stays_before_it_is_deployed(world: World) -> None:
    id = await versions(world, 3)
    await world.deployment("web", image=BuiltImage(build=id, version="0.0.1"))
    await rules(world, keep_versions=1)
    assert await going(world) == {"app:0.0.2"}
    assert (await why(world))["app:0.0.1"] == "needed by deployment web"
    await clean(world)
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED


async def test_images_of_a_deleted_build_are_like_any_other(world: World) -> None:
    await versions(world, 2)
    await world.app.run(standard_operations(BUILD)["delete"](target="app"))
    await rules(world, keep_versions=5)
    assert await going(world) == set()
    await rules(world, unused_images=1)
    assert await going(world) == {"app:0.0.1", "app:0.0.2"}


async def test_a_full_disk_takes_the_oldest_unused_first_and_no_more_than_it_must(world: World) -> None:
    for name, days in (("a:1", 9), ("b:1", 40), ("c:1", 20), ("new:1", 0.5)):
        add(world, name, days, size=10 * GB)
    world.host.machine.leftovers.disk = DockerDisk(used=95 * GB, total=100 * GB)
    await rules(world, disk_percent=80)
    shown = await preview(world)
    assert [item.name for item in shown.goes] == ["b:1", "c:1"]
    assert shown.goes[0].why == "to get Docker's disk below 80%"
    assert shown.notes == ("Docker's disk is 95% full.",)
    await rules(world, disk_percent=60)
    shown = await preview(world)
    assert {item.name for item in shown.goes} == {"a:1", "b:1", "c:1"}
    assert "it stays above 60%" in shown.notes[0]
    world.host.machine.leftovers.disk = DockerDisk(used=0, total=0)
    shown = await preview(world)
    assert not shown.goes
    assert "cannot be seen" in shown.notes[0]


async def test_all_images_together_are_kept_below_a_size(world: World) -> None:
    for name, days in (("a:1", 9), ("b:1", 40), ("c:1", 20)):
        add(world, name, days, size=10 * GB)
    await rules(world, images_gb=25)
    assert await going(world) == {"b:1"}


async def test_what_just_came_stays_whatever_the_rules_say(world: World) -> None:
    """Somebody pulled it who is about to use it."""
    add(world, "pulled:1", 0.1)
    add(world, "sha256:" + "0e" * 32, 0.9)
    world.host.machine.leftovers.disk = DockerDisk(used=99 * GB, total=100 * GB)
    await rules(world, unused_images=1, dangling_images=1, images_gb=1, disk_percent=1)
    assert await going(world) == set()
    assert "at least a day is left" in (await why(world))["pulled:1"]


async def test_an_image_of_a_deploy_in_flight_stays(world: World) -> None:
    """It is old, nothing uses it when the clean-up looks, and the deploy has begun by the time it removes."""
    add(world, "web:1", 90)
    add(world, "old:1", 90)
    machine = world.host.machine
    await rules(world, unused_images=1)
    machine.durations |= {"remove": 5, "create": 20}
    cleaning = await world.app.run(CleanUpNow(target="host"))
    await world.clock.advance(1)
    await world.deployment("web")
    deploying = await world.app.run(Deploy(target="web"))
    await world.clock.advance(1)
    done = await world.ended(cleaning)
    assert "web:1" in machine.images
    assert "a deploy or pull of web:1 is under way" in done.summary
    assert (await world.ended(deploying)).state is State.SUCCEEDED
    assert machine.images == {"web:1"}


async def test_what_a_build_in_flight_may_go_on_from_stays(world: World) -> None:
    add(world, "sha256:" + "0d" * 32, 90)
    await world.build("app")
    await rules(world, dangling_images=1)
    machine = world.host.machine
    machine.durations["build"] = 60
    building = await world.app.run(RunBuild(target="app"))
    await world.clock.advance(1)
    assert "a build is under way" in (await clean(world)).summary
    assert machine.untagged
    await world.ended(building)
    await clean(world)
    assert not machine.untagged


async def test_what_comes_into_use_meanwhile_stays_and_the_rest_goes_on(world: World) -> None:
    await litter(world)
    await rules(world, **EVERYTHING)
    machine = world.host.machine
    machine.durations["remove"] = 5
    cleaning = await world.app.run(CleanUpNow(target="host"))
    await world.clock.advance(1)
    machine.start(machine.find("stray"))
    machine.create("late", {"Image": "old:1"})
    done = await world.ended(cleaning)
    assert done.state is State.SUCCEEDED
    assert machine.find("stray").view.state == "running"
    assert "old:1" in machine.images
    assert "2 could not be removed" in done.summary


async def test_containers_of_any_monitor_are_never_taken(world: World) -> None:
    """Arcane's prune removed stopped containers people wanted; here a deployment's are not even looked at."""
    await litter(world)
    machine = world.host.machine
    for name, labels in (
        ("theirs", {Label.CORE.value: "another", Label.DEPLOYMENT.value: "x"}),
        ("nobodys", {}),
    ):
        container = machine.create(name, {"Image": "stray:1", "Labels": labels})
        machine.start(container)
        end(world, container, 30)
    await world.do(Stop(target="web"))
    web = machine.named("web")
    assert web is not None
    end(world, web, 30)
    await world.clock.advance(1)
    await rules(world, containers=7)
    assert await going(world) == {"stray", "nobodys"}
    await clean(world)
    assert {c.view.name for c in machine.containers.values()} == {"web", "theirs"}


async def test_mirrors_of_builds_there_are_stay_while_they_are_used(world: World) -> None:
    await world.build("app")
    url = (await world.app.get(BUILD, "app")).config.source.url
    now = world.clock.now()
    of = {
        "app": (url, url, 3),
        "sub": ("https://git.test/sub.git", url, 3),
        "gone": ("https://x.test/y", "https://x.test/y", 3),
    }
    world.host.machine.leftovers.mirrors = {
        Address.of(one).key: Mirror(
            key=Address.of(one).key, url=one, root=root, bytes=1, used=now - timedelta(days=days)
        )
        for one, root, days in of.values()
    }
    await rules(world, git_mirrors=30)
    (gone,) = (await preview(world)).goes
    assert (gone.name, gone.why) == ("https://x.test/y", "no build uses it any more, unused for 3 days")
    assert (await why(world))["https://git.test/sub.git"] == "of build app, unused for 3 days"
    await rules(world, git_mirrors=2)
    assert len(await going(world)) == 3


async def test_it_takes_the_right_unmanaged_and_names_nothing_one_may_not_see(world: World) -> None:
    await litter(world)
    await rules(world, **EVERYTHING)
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.WRITE)
    for op in (PreviewCleanUp(target="host"), CleanUpNow(target="host")):
        assert isinstance(await refused(world, op, ann), Forbidden)
    await world.grant(ann, "server", "host", Level.READ, (Right.UNMANAGED,))
    shown = await preview(world, ann)
    assert "web" not in str(shown)
    assert shown.hidden == 1
    assert {item.name for item in shown.goes} == await going(world)
    await clean(world, ann)
    assert "web:1" in world.host.images


async def test_nothing_to_do_is_one_short_line(world: World) -> None:
    await rules(world, **EVERYTHING)
    await clean(world)
    done = await clean(world)
    assert (done.summary, done.steps) == ("there was nothing to clean up", ())


async def test_a_build_cache_that_cannot_be_measured_stays_and_is_said(world: World) -> None:
    await litter(world)
    await rules(world, build_cache=1, unused_images=1)
    world.host.fail_next(ListBuildCache, Unavailable("not within 45 s"))
    shown = await preview(world)
    assert ("build cache stays" in shown.notes[0], {item.kind for item in shown.goes}) == (True, {"images"})
