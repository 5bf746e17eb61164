"""Cleaning up a real Docker: looked into, removed piece by piece; what is needed by then stays, the rest goes on."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.abilities.cleaning.calls import (
    CleanUp,
    GoingCache,
    GoingImage,
    GoingMirror,
    KeptImage,
    ListBuildCache,
    ListMirrors,
    LookIntoImages,
    MeasureContainers,
    MeasureDisk,
)
from monitor.abilities.cleaning.look import (
    list_build_cache,
    list_mirrors,
    look_into_images,
    measure_containers,
    measure_disk,
)
from monitor.abilities.cleaning.run import clean_up
from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.git.address import Address
from monitor.abilities.git.mirrors import Mirrors
from monitor.abilities.network.calls import GoingNetwork
from monitor.abilities.unmanaged.calls import Unmanaged
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real
WRITE = ["busybox", "dd", "if=/dev/zero", "of=/big", "bs=1000", "count=3000"]


async def look(agent: MemoryAgent) -> dict[str, KeptImage]:
    return {kept.image.id: kept for kept in await look_into_images(agent, LookIntoImages())}


def id_of(reference: str) -> str:
    return docker("inspect", "-f", "{{.Id}}", reference)


async def found(agent: MemoryAgent, reference: str) -> KeptImage:
    return (await look(agent))[id_of(reference)]


def going(kept: KeptImage) -> GoingImage:
    return GoingImage(id=kept.image.id, tags=(*kept.image.tags, *kept.image.digests), layers=kept.layers[-1:])


async def test_images_are_told_with_their_layers_and_what_they_stand_on(world: World, agent: MemoryAgent) -> None:
    derived = world.derived('RUN ["/bin/busybox", "dd", "if=/dev/zero", "of=/one", "bs=1000", "count=70"]')
    seen = await look(agent)
    ground, above = seen[id_of(world.image)], seen[id_of(derived)]
    assert above.image.parent == ground.image.id
    assert above.layers[: len(ground.layers)] == ground.layers
    assert above.layers[-1][1] == 70_000
    assert above.exact
    assert agent.clock.now() - above.here < timedelta(minutes=5)


async def test_one_that_is_given_a_name_now_is_here_since_now(world: World, agent: MemoryAgent) -> None:
    """Somebody is about to use it, however old it is."""
    before = agent.clock.now() - timedelta(seconds=2)
    docker("tag", world.image, f"{world.mark}:again")
    world.images.append(f"{world.mark}:again")
    assert (await look(agent))[id_of(world.image)].here >= before


async def test_everything_goes_kind_by_kind_and_says_how_much_that_was(world: World, agent: MemoryAgent) -> None:
    image = await found(agent, world.derived('RUN ["/bin/busybox", "touch", "/x"]'))
    stray = world.run("stray", command=WRITE)
    docker("wait", stray)
    network = docker("network", "inspect", "-f", "{{.Id}}", world.network())
    sizes = await measure_containers(agent, MeasureContainers(containers=(stray,)))
    assert [(one.id, one.bytes) for one in sizes] == [(stray, 3_000_000)]
    run = MemoryRun(agent, world.job())
    done = await clean_up(
        run,
        CleanUp(
            containers=(Unmanaged(id=stray, name="stray"),),
            cache=GoingCache(unused_for=3650 * 86_400),
            images=(going(image),),
            networks=(GoingNetwork(id=network, name=world.name("net")),),
        ),
    )
    assert [(kind.kind, kind.removed, kind.left) for kind in done.kinds] == [
        ("containers", 1, ()),
        ("build_cache", 0, ()),
        ("images", 1, ()),
        ("networks", 1, ()),
    ]
    assert done.kinds[0].freed == 3_000_000
    kinds = [kind.kind for kind in done.kinds]
    assert run.steps == [(kind, "succeeded") for kind in (*kinds[:-1], "build_cache", kinds[-1])]
    assert image.image.id not in await look(agent)
    world.images.clear()


async def test_what_came_into_use_since_stays_and_the_rest_goes_on(world: World, agent: MemoryAgent) -> None:
    named = await found(agent, world.derived("ENV A=1"))
    used = await found(agent, world.derived("ENV AB=1"))
    gone = await found(agent, world.derived("ENV ABC=1"))
    docker("tag", named.image.id, f"{world.mark}:kept")
    docker("create", "--label", world.labels[0], "--name", world.name("late"), used.image.id, "x")
    running = world.run("running")
    ours = world.run("ours", "--label", "monitor.core=c", "--label", "monitor.deployment=d")
    docker("stop", "-t", "0", ours)
    network = world.network()
    docker("network", "connect", network, running)
    strays = tuple(Unmanaged(id=id, name=name) for id, name in ((running, "running"), (ours, "ours")))
    job = CleanUp(
        containers=strays,
        images=(going(named), going(used), going(gone), GoingImage(id="sha256:" + "0" * 64)),
        networks=(GoingNetwork(id=docker("network", "inspect", "-f", "{{.Id}}", network), name=network),),
    )
    done = await clean_up(MemoryRun(agent, world.job()), job)
    kinds = {kind.kind: kind for kind in done.kinds}
    assert [one.name for one in kinds["containers"].left] == ["running", "ours"]
    assert "belongs to a deployment" in kinds["containers"].left[1].reason
    assert kinds["images"].removed == 1
    assert kinds["images"].left[0].reason == "it has got another name since it was looked at"
    assert "using" in kinds["images"].left[1].reason
    assert kinds["networks"].left[0].reason == "a container is on it by now"
    assert set(world.containers()) == {world.name("late"), world.name("running"), world.name("ours")}
    world.images = [*(tag for tag in world.images if tag not in gone.image.tags), f"{world.mark}:kept"]


async def test_an_image_a_deploy_has_begun_with_is_not_taken_from_it(world: World, agent: MemoryAgent) -> None:
    """The clean-up comes between the moment the deploy found its image and the one it makes its container."""
    image = world.derived("ENV DEPLOYED=1")
    kept = await found(agent, image)
    body = {**world.body(), "Image": image}
    begun, goes_on = asyncio.Event(), asyncio.Event()
    asked = agent.docker.image

    async def image_of(reference: str) -> dict[str, object]:
        answer = await asked(reference)
        begun.set()
        await goes_on.wait()
        return answer

    agent.docker.image = image_of  # type: ignore[method-assign] # holds the deploy at that moment
    deploy = ReplaceContainer(name=world.name(), body=body, stable_for=0.2)
    deploying = asyncio.create_task(replace(MemoryRun(agent, world.job()), deploy))
    await begun.wait()
    done = await clean_up(MemoryRun(agent, world.job()), CleanUp(images=(going(kept),)))
    goes_on.set()
    assert done.kinds[0].left[0].reason == f"a deploy or pull of {image} is under way"
    assert (await deploying).image_id == kept.image.id


async def test_nameless_images_wait_for_builds(world: World, agent: MemoryAgent) -> None:
    nameless = await found(agent, world.derived("ENV NAMELESS=1"))
    docker("tag", world.image, world.images.pop())
    with agent.held.build():
        done = await clean_up(MemoryRun(agent, world.job()), CleanUp(images=(GoingImage(id=nameless.image.id),)))
    assert "a build is under way" in done.kinds[0].left[0].reason
    done = await clean_up(MemoryRun(agent, world.job()), CleanUp(images=(GoingImage(id=nameless.image.id),)))
    assert done.kinds[0].removed == 1
    docker("rmi", f"{world.mark}:14")


async def test_the_build_cache_and_the_disk_are_told(agent: MemoryAgent) -> None:
    assert all(record.bytes >= 0 for record in await list_build_cache(agent, ListBuildCache()))
    disk = await measure_disk(agent, MeasureDisk())
    assert 0 < disk.used < disk.total


async def test_mirrors_are_forgotten_unless_a_build_uses_them(world: World, agent: MemoryAgent, tmp_path: Path) -> None:
    agent.mirrors = Mirrors(tmp_path)
    address, other = Address.of("https://git.test/a.git"), Address.of("https://git.test/b.git")
    for one in (address, other):
        async with agent.mirrors.of(one) as mirror:
            mirror.mkdir()
            (mirror / "pack").write_bytes(b"x" * 100_000)
            agent.mirrors.describe(mirror, one, address)
    told = await list_mirrors(agent, ListMirrors())
    assert {(one.url, one.root) for one in told} == {(address.url, address.url), (other.url, address.url)}
    assert all(one.bytes >= 100_000 for one in told)
    run = MemoryRun(agent, world.job())
    async with agent.mirrors.of(other):
        gone = tuple(GoingMirror(key=one.key, used=one.used) for one in told)
        done = await clean_up(run, CleanUp(mirrors=gone))
    assert (done.kinds[0].removed, [one.reason for one in done.kinds[0].left]) == (1, ["a build uses it now"])
    assert {path.name for path in tmp_path.iterdir()} == {other.key}
    early = GoingMirror(key=other.key, used=told[0].used - timedelta(days=1))
    done = await clean_up(run, CleanUp(mirrors=(early, GoingMirror(key="0" * 40, used=told[0].used))))
    assert done.kinds[0].left[0].reason == "a build has used it since"
    assert done.kinds[0].removed == 0
