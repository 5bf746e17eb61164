"""What is said at once of a deployment that cannot work as its server stands: it is stored all the same."""

from msgspec.structs import replace

from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.build.config import ServerBuilder
from monitor.resources.deployment.fields.network import Attachment
from monitor.resources.deployment.fields.security import Device
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage, PublishedPort
from monitor.testing.things import SimulatedNetwork
from tests.core.world import World

PORT = PublishedPort(container=80, host=8080)


async def test_one_that_can_be_deployed_has_no_note(world: World) -> None:
    assert (await world.deployment("web", ports=(PORT,))).notes == ()
    assert (await world.update(DEPLOYMENT, "web", config={"ports": ()})).notes == ()


async def test_what_its_docker_has_not(world: World) -> None:
    made = await world.deployment(
        "web", network="shop", log_driver="loki", host_config='{"Runtime": "nvidia", "VolumeDriver": "nfs"}'
    )
    assert made.notes == (
        "Its server has no network shop now, and a deploy fails without: make the network first, or check its name.",
        "Its server has no log driver loki now, and a deploy fails without: set the log driver up there, or choose "
        "another.",
        "Its server has no volume driver nfs now, and a deploy fails without: set the volume driver up there, or "
        "choose another.",
        "Its server has no runtime nvidia now, and a deploy fails without: set the runtime up there, or leave it out.",
    )
    assert (await world.app.get(DEPLOYMENT, "web")).config.network == "shop", "stored all the same"
    assert (await world.app.get(DEPLOYMENT, "web")).notes == (), "said of a change only"


async def test_a_network_that_was_made_meanwhile_is_known(world: World) -> None:
    networks = (Attachment(name="shop"), Attachment(name="ledger"))
    made = await world.deployment("web", networks=networks)
    assert [note.partition(" now")[0] for note in made.notes] == [
        "Its server has no network shop",
        "Its server has no network ledger",
    ]
    world.host.machine.networks |= {one.name: SimulatedNetwork(f"{one.name} id") for one in networks}
    world.host.machine.tell("network")
    await world.clock.advance(1)
    assert (await world.update(DEPLOYMENT, "web", config={"hostname": "web"})).notes == ()


async def test_a_container_it_shares_with(world: World) -> None:
    (note,) = (await world.deployment("web", network="container:db")).notes
    assert note == "Its server has no container db now, of which it shares something: start that one first."
    world.host.machine.create("db", {"Image": "web:1"})
    await world.clock.advance(1)
    assert (await world.update(DEPLOYMENT, "web", config={"init": True})).notes == ()


async def test_what_the_host_does_not_allow_or_have(world: World) -> None:
    world.host.machine.info = replace(world.host.machine.info, powers=(HostPower.BIND.value,), cores=4)
    world.host.down = "gone"
    await world.clock.advance(5)
    world.host.down = ""
    await world.clock.advance(10)
    devices = (Device(path_on_host="/dev/kvm"),)
    made = await world.deployment("web", privileged=True, devices=devices, cpus=8.0)
    assert made.notes == (
        "Its server does not allow the host powers devices and privileged: a deploy is refused until its owner does, "
        "under [policy] there.",
        "Its server has 4 processors, and Docker takes no higher number of cpus than that.",
    )


async def test_of_a_server_that_is_silent_nothing_is_said(world: World) -> None:
    world.host.docker_down = "stopped"
    await world.clock.advance(1)
    assert (await world.deployment("web", network="shop")).notes == ()


async def test_what_two_deployments_cannot_both_have(world: World) -> None:
    await world.app.server("other")
    await world.deployment(
        "one", ports=(PORT,), container_name="shop", networks=(Attachment(name="n", ipv4_address="10.0.0.5"),)
    )
    elsewhere = await world.deployment("two", server="other", ports=(PORT,))
    assert elsewhere.notes == ()
    udp = PublishedPort(container=80, host=8080, protocol="udp")  # type: ignore[arg-type]
    assert (await world.deployment("three", ports=(udp,))).notes == ()
    made = await world.deployment(
        "shop",
        ports=(PublishedPort(container=1, host=8080, address="127.0.0.1"),),
        networks=(Attachment(name="n", ipv4_address="10.0.0.5"),),
    )
    assert made.notes[-1] == (
        "The deployment one has the container name shop, host port 127.0.0.1:8080 and the address 10.0.0.5 on n on its "
        "server, too: only one of the two can run."
    )


async def test_another_deployment_is_named_to_who_may_read_it_alone(world: World) -> None:
    await world.deployment("hidden", ports=(PORT,))
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.EXECUTE)
    await world.grant(ann, "deployment", "", rights=(Right.CREATE,))
    assert said(await world.deployment("mine", ann, ports=(PORT,))) == ["Another deployment has host port 8080"]
    assert said(await world.deployment("more", ann, container_name="hidden")) == [
        "Another deployment has the container name hidden"
    ]
    await world.grant(ann, "deployment", "hidden", Level.READ)
    found = await world.update(DEPLOYMENT, "mine", ann, config={"init": True})
    assert said(found) == ["The deployment hidden has host port 8080"]


async def test_many_others_are_counted(world: World) -> None:
    for number in range(8):
        await world.deployment(f"web-{number}", ports=(PORT,))
    notes = (await world.deployment("web", ports=(PORT,))).notes
    assert (len(notes), notes[-1]) == (6, "3 more deployments on its server have one of these, too.")


async def test_where_its_image_comes_from(world: World) -> None:
    await world.account("hub")
    await world.account("bare", domain="ghcr.io", token=None)
    made = await world.deployment("one", account="hub", image=LiteralImage(image="ghcr.io/team/web:1"))
    assert said(made) == [
        "The registry account hub is not for ghcr.io, where the image comes from, and a deploy is refused"
    ]
    made = await world.deployment("two", account="bare", image=LiteralImage(image="ghcr.io/team/web:1"))
    assert said(made) == ["The registry account bare has no token yet, and a deploy is refused"]


async def test_what_its_build_has_made(world: World) -> None:
    await world.app.server("other")
    await world.build("app", builder=ServerBuilder(server="other"))
    made = await world.deployment("one", image=BuiltImage(build="app"))
    assert said(made) == [
        "Whoever can write the build app (nobody) decides what code runs in each deployment of it, with that "
        "deployment's secrets and volumes; so does whoever can push to what it builds.",
        "The build app has built nothing yet",
        "The build app runs on another server and pushes to no registry, so a deploy finds no image",
    ]


def said(made: object) -> list[str]:
    """The notes without the ways out."""
    notes: tuple[str, ...] = getattr(made, "notes", ())
    return [note.partition(" on its server, too")[0].partition(": ")[0] for note in notes]
