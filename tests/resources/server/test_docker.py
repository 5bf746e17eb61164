"""A server's images, volumes and networks: what each caller sees and may do, what nobody takes from a deployment."""

from typing import Any

import pytest

from monitor.abilities.container.calls import Label
from monitor.core.caller import SYSTEM, Caller
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.fields.network import Attachment
from monitor.resources.deployment.operations.acts import Remove, Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import Volume
from monitor.resources.server.operations.images import (
    ImageHistory,
    InspectImage,
    ListImages,
    PreviewImagePrune,
    PruneImages,
    RemoveImage,
)
from monitor.resources.server.operations.networks import (
    CreateNetwork,
    InspectNetwork,
    ListNetworks,
    PreviewNetworkPrune,
    PruneNetworks,
    RemoveNetwork,
)
from monitor.resources.server.operations.things import Pair
from monitor.resources.server.operations.volumes import (
    CreateVolume,
    InspectVolume,
    ListVolumes,
    PreviewVolumePrune,
    PruneVolumes,
    RemoveVolume,
    VolumeSizes,
)
from monitor.testing.things import SimulatedVolume, made_up
from tests.core.tab import Tab
from tests.core.world import World, refused

ANONYMOUS = "5e" * 32
DANGLING = "sha256:" + "0d" * 32


async def furnish(world: World) -> Any:
    """The deployment `web` with a volume and a network of its own, and things nobody uses beside it."""
    machine = world.host.machine
    web = await world.deployment(
        "web", volumes=(Volume(source="web-data", target="/data"),), networks=(Attachment(name="web-net"),)
    )
    await world.do(Deploy(target="web"))
    machine.images |= {"old:1", "tool:1"}
    machine.untagged.add(DANGLING)
    machine.volumes |= {"spare": SimulatedVolume(size=7), ANONYMOUS: SimulatedVolume(size=9)}
    machine.start(machine.create("stray", {"Image": "tool:1", "HostConfig": {"Binds": ["stray-data:/x"]}}))
    await world.do(CreateNetwork(target="host", network="spare-net"))
    await world.clock.advance(1)
    return web


async def person(world: World, *rights: Right, powers: tuple[HostPower, ...] = ()) -> Caller:
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.READ, rights, powers)
    return ann


async def seen(world: World, caller: Caller = SYSTEM) -> set[str]:
    """Names of everything the lists show."""
    images = await world.app.run(ListImages(target="host"), caller)
    volumes = await world.app.run(ListVolumes(target="host"), caller)
    networks = await world.app.run(ListNetworks(target="host"), caller)
    named = {tag for image in images for tag in image.tags or ("dangling",)}
    return named | {v.name for v in volumes} | {n.name for n in networks if not n.builtin}


WEB = {"web:1", "web-data", "web-net"}
STRAY = {"tool:1", "stray-data"}
SPARE = {"old:1", "dangling", "spare", ANONYMOUS, "spare-net"}


async def test_one_rule_for_all_lists(world: World) -> None:
    """What a deployment uses is for who may read it; the rest is for who holds `unmanaged`."""
    web = await furnish(world)
    ann = await person(world)
    assert await seen(world) == WEB | STRAY | SPARE
    assert await seen(world, ann) == set()
    await world.grant(ann, "deployment", web.id, Level.READ)
    assert await seen(world, ann) == WEB
    await world.grant(ann, "deployment", web.id, Level.NONE)
    await world.grant(ann, "server", "host", Level.READ, (Right.UNMANAGED,))
    assert await seen(world, ann) == STRAY | SPARE
    nobody = await world.app.user("bob")
    assert isinstance(await refused(world, ListVolumes(target="host"), nobody), NotFound)


async def test_used_by_names_only_what_the_reader_may_see(world: World) -> None:
    web = await furnish(world)
    machine = world.host.machine
    machine.start(machine.create("other", {"Image": "web:1", "HostConfig": {"Binds": ["web-data:/x"]}}))
    await world.clock.advance(1)
    ann = await person(world)
    await world.grant(ann, "deployment", web.id, Level.READ)
    (image,) = await world.app.run(ListImages(target="host"), ann)
    assert [(u.type, u.name) for u in image.used_by] == [("deployment", "web")]
    assert image.others == 1
    (volume,) = await world.app.run(ListVolumes(target="host"), ann)
    assert ([u.name for u in volume.used_by], volume.others) == (["web"], 1)
    everything = {v.name: v for v in await world.app.run(ListVolumes(target="host"))}
    assert [(u.type, u.name) for u in everything["web-data"].used_by] == [("deployment", "web"), ("container", "other")]


async def test_what_one_does_not_see_is_not_there_on_any_path(world: World) -> None:
    await furnish(world)
    ann = await person(world, Right.UNMANAGED, Right.INSPECT)
    for op in (
        InspectImage(target="host", image="web:1"),
        ImageHistory(target="host", image="web:1"),
        RemoveImage(target="host", image="web:1", force=True),
        PruneImages(target="host", images=("web:1",)),
        InspectVolume(target="host", volume="web-data"),
        RemoveVolume(target="host", volume="web-data"),
        PruneVolumes(target="host", volumes=("spare", "web-data")),
        InspectNetwork(target="host", network="web-net"),
        RemoveNetwork(target="host", network="web-net"),
        PruneNetworks(target="host", networks=("web-net",)),
    ):
        failure = await refused(world, op, ann)
        assert isinstance(failure, NotFound), op
        assert "that you may see" in failure.message
    previews = [
        await world.app.run(preview(target="host"), ann)
        for preview in (PreviewImagePrune, PreviewVolumePrune, PreviewNetworkPrune)
    ]
    assert "web" not in str(previews)


async def test_rights_are_needed_beside_reading(world: World) -> None:
    web = await furnish(world)
    ann = await person(world)
    await world.grant(ann, "deployment", web.id, Level.WRITE)
    for op in (
        InspectImage(target="host", image="web:1"),
        InspectVolume(target="host", volume="web-data"),
        InspectNetwork(target="host", network="web-net"),
        RemoveImage(target="host", image="web:1"),
        RemoveVolume(target="host", volume="web-data"),
        CreateVolume(target="host", volume="mine"),
        CreateNetwork(target="host", network="mine"),
        VolumeSizes(target="host"),
        PreviewVolumePrune(target="host"),
    ):
        assert isinstance(await refused(world, op, ann), Forbidden), op


async def test_inspecting_a_network_tells_of_no_unseen_container(world: World) -> None:
    web = await furnish(world)
    machine = world.host.machine
    machine.start(machine.create("secret-thing", {"Image": "tool:1", "HostConfig": {"NetworkMode": "web-net"}}))
    await world.clock.advance(1)
    ann = await person(world, Right.INSPECT)
    await world.grant(ann, "deployment", web.id, Level.READ)
    told = await world.app.run(InspectNetwork(target="host", network="web-net"), ann)
    assert [c["Name"] for c in told["Containers"].values()] == ["web"]
    assert told["Others"] == 1
    assert "secret-thing" not in str(told)


@pytest.mark.parametrize("deployed", [True, False])
async def test_what_a_deployment_needs_is_never_taken(world: World, deployed: bool) -> None:
    """Running, stopped, or with no container at all; not by force and not by a prune."""
    await furnish(world)
    await world.do(Stop(target="web") if deployed else Remove(target="web"))
    await world.clock.advance(1)
    for op in (
        RemoveImage(target="host", image="web:1"),
        RemoveImage(target="host", image="web:1", force=True),
        PruneImages(target="host", images=("web:1",)),
        RemoveVolume(target="host", volume="web-data"),
        PruneVolumes(target="host", volumes=("web-data",)),
        RemoveNetwork(target="host", network="web-net"),
        PruneNetworks(target="host", networks=("web-net",)),
    ):
        failure = await refused(world, op)
        assert isinstance(failure, Conflict), op
        assert "deployment web" in failure.message, op
    await world.do(PruneImages(target="host", unused=True))
    await world.do(PruneVolumes(target="host"))
    await world.do(PruneNetworks(target="host"))
    assert await seen(world) >= WEB
    assert (await world.do(Deploy(target="web"))).state is State.SUCCEEDED


async def test_what_a_kept_release_was_made_of_stays(world: World) -> None:
    """Rolling back needs it, though nothing runs from it and no config names it."""
    await furnish(world)
    world.host.images.add("web:2")
    image = {"kind": "image", "image": "web:2"}
    await world.update(DEPLOYMENT, "web", config={"image": image})
    await world.do(Deploy(target="web"))
    await world.clock.advance(1)
    assert "deployment web" in (await refused(world, RemoveImage(target="host", image="web:1", force=True))).message
    await world.do(PruneImages(target="host", unused=True))
    assert world.host.images >= {"web:1", "web:2"}


async def test_the_newest_version_of_a_build_stays(world: World) -> None:
    await world.build("app")
    await world.do(RunBuild(target="app"))
    assert (await refused(world, RemoveImage(target="host", image="app:0.0.1"))).message.endswith("build app")


async def test_images_are_removed_by_name_or_id_and_by_force_from_stopped_containers(world: World) -> None:
    await furnish(world)
    failure = await refused(world, RemoveImage(target="host", image="tool:1"))
    assert failure.message == "the image tool:1 is used by container stray"
    assert "force" in failure.hint
    done = await world.do(RemoveImage(target="host", image="tool:1", force=True))
    assert done.state is State.SUCCEEDED
    assert done.summary == "removed tool:1"
    id = world.host.machine.image_id("old:1")
    assert (await world.do(RemoveImage(target="host", image=id[7:20]))).state is State.SUCCEEDED
    assert world.host.images == {"web:1"}


async def test_a_prune_takes_exactly_what_its_preview_showed(world: World) -> None:
    await furnish(world)
    preview = await world.app.run(PreviewImagePrune(target="host"))
    assert [image.tags for image in preview.images] == [()]
    assert preview.bytes == made_up(DANGLING).size
    everything = await world.app.run(PreviewImagePrune(target="host", unused=True))
    assert {tag for image in everything.images for tag in image.tags} == {"old:1"}
    one = await world.app.run(PreviewImagePrune(target="host", images=("old:1",)))
    assert [image.tags for image in one.images] == [("old:1",)]
    done = await world.do(PruneImages(target="host", images=tuple(image.id for image in everything.images)))
    assert done.summary.startswith("removed 2 images, ")
    assert not (await world.app.run(PreviewImagePrune(target="host", unused=True))).images
    assert (await world.do(PruneImages(target="host"))).summary == "removed no images"
    networks = await world.app.run(PreviewNetworkPrune(target="host"))
    assert [network.name for network in networks.networks] == ["spare-net"]
    await world.do(PruneNetworks(target="host"))
    assert not (await world.app.run(PreviewNetworkPrune(target="host"))).networks


async def test_a_prune_takes_no_volume_with_a_name_that_is_not_named(world: World) -> None:
    await furnish(world)
    preview = await world.app.run(PreviewVolumePrune(target="host"))
    assert ([volume.name for volume in preview.volumes], [volume.name for volume in preview.staying]) == (
        [ANONYMOUS],
        ["spare"],
    )
    await world.do(PruneVolumes(target="host"))
    assert ANONYMOUS not in world.host.machine.volumes
    assert "spare" in world.host.machine.volumes
    named = await world.app.run(PreviewVolumePrune(target="host", volumes=("spare",)))
    assert [volume.name for volume in named.volumes] == ["spare"]
    assert isinstance(await refused(world, PreviewVolumePrune(target="host", volumes=("web-data",)), SYSTEM), Conflict)
    done = await world.do(PruneVolumes(target="host", volumes=("spare",)))
    assert done.summary == "removed 1 volume"
    assert set(world.host.machine.volumes) == {"web-data", "stray-data"}


async def test_what_comes_into_use_while_it_waits_stays(world: World) -> None:
    await furnish(world)
    world.host.machine.durations["create"] = 5
    making = await world.app.run(CreateVolume(target="host", volume="slow"))
    waiting = await world.app.run(RemoveVolume(target="host", volume="spare"))
    await world.clock.advance(1)
    machine = world.host.machine
    machine.start(machine.create("late", {"Image": "tool:1", "HostConfig": {"Binds": ["spare:/x"]}}))
    assert (await world.ended(making)).state is State.SUCCEEDED
    ended = await world.ended(waiting)
    assert (ended.state, ended.error) == (State.FAILED, "something uses it by now")
    assert "spare" in machine.volumes


async def test_making_what_reaches_the_host_needs_the_power(world: World) -> None:
    await furnish(world)
    ann = await person(world, Right.UNMANAGED)
    bind = (Pair(name="type", value="none"), Pair(name="o", value="bind"), Pair(name="device", value="/etc"))
    volume = CreateVolume(target="host", volume="etc", options=bind)
    network = CreateNetwork(
        target="host", network="lan", driver="macvlan", options=(Pair(name="parent", value="eth0"),)
    )
    assert "bind" in (await refused(world, volume, ann)).message
    assert "namespaces" in (await refused(world, network, ann)).message
    powers = (HostPower.BIND, HostPower.NAMESPACES)
    await world.grant(ann, "server", "host", Level.READ, (Right.UNMANAGED,), powers)
    assert (await world.do(volume, ann)).summary == "made the volume etc"
    assert (await world.do(network, ann)).summary == "made the network lan"
    assert [v.bind for v in await world.app.run(ListVolumes(target="host"), ann) if v.name == "etc"] == [True]


async def test_making_the_same_twice_fails_with_the_reason(world: World) -> None:
    await furnish(world)
    again = await world.do(CreateVolume(target="host", volume="spare"))
    assert (again.state, again.error) == (State.FAILED, "there is a volume spare already.")
    assert isinstance(await refused(world, CreateNetwork(target="host", network="bridge")), Invalid)


async def test_a_silent_host_says_so(world: World) -> None:
    world.host.machine.docker_down = "it hangs"
    for op in (ListImages(target="host"), ListVolumes(target="host"), ListNetworks(target="host")):
        failure = await refused(world, op)
        assert isinstance(failure, Unavailable)
        assert "it hangs" in failure.message


async def test_changes_are_hinted_at_live(world: World) -> None:
    web = await furnish(world)
    ann = await person(world)
    tab, hers = Tab(world, SYSTEM), Tab(world, ann)
    await tab.subscribe(1, "server.watch_docker", target="host")
    await hers.subscribe(1, "server.watch_docker", target="host")
    before = tab.held(1)
    assert set(before) == {"image", "volume", "network"}
    await world.do(CreateVolume(target="host", volume="fresh"))
    await world.clock.advance(1)
    after = tab.held(1)
    assert after["volume"] != before["volume"]
    assert (after["image"], after["network"]) == (before["image"], before["network"])
    assert hers.held(1) == after
    await world.do(Remove(target=web.id))
    await world.clock.advance(1)
    assert all(tab.held(1)[kind] != after[kind] for kind in ("image", "volume", "network")), "what uses them changed"


async def test_a_label_that_claims_a_foreign_deployment_hides_nothing_and_opens_nothing(world: World) -> None:
    """Labels of a container made by hand are no proof that it is a deployment's of this core."""
    web = await furnish(world)
    machine = world.host.machine
    labels = {Label.DEPLOYMENT.value: web.id}
    machine.start(machine.create("liar", {"Image": "tool:1", "Labels": labels, "HostConfig": {"Binds": ["spare:/x"]}}))
    await world.clock.advance(1)
    ann = await person(world)
    await world.grant(ann, "deployment", web.id, Level.READ)
    assert await seen(world, ann) == WEB
    assert isinstance(await refused(world, RemoveVolume(target="host", volume="spare")), Conflict)


async def test_thousands_are_listed_at_once(world: World) -> None:
    machine = world.host.machine
    machine.images |= {f"many/image-{n}:1" for n in range(5000)}
    machine.volumes |= {f"volume-{n}": SimulatedVolume() for n in range(1000)}
    assert len(await world.app.run(ListImages(target="host"))) == 5001
    assert len(await world.app.run(ListVolumes(target="host"))) == 1000
