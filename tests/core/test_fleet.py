"""The containers of all servers at once: what each caller sees of them, live through everything that changes it."""

from typing import Any

from monitor.core.caller import SYSTEM, Caller
from monitor.features.permissions.spec import DeleteGrant
from monitor.kernel.permission import Level, Right
from monitor.kernel.standard import standard_operations
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.operations.containers import ListAllContainers, ListContainers
from monitor.resources.server.spec import SERVER
from tests.core.tab import Tab
from tests.core.world import World


async def two_servers(world: World) -> tuple[Any, Any, Any]:
    """(host, other, the deployment `web` on `other`), with a stray container on each."""
    other = await world.app.server("other")
    world.app.simulated("other").images.add("web:1")
    await world.clock.advance(1)
    web = await world.deployment("web", server="other")
    await world.do(Deploy(target="web"))
    for name in ("host", "other"):
        machine = world.app.simulated(name).machine
        machine.images.add("stray:1")
        machine.start(machine.create(f"stray-{name}", {"Image": "stray:1"}))
    await world.clock.advance(1)
    return await world.app.get(SERVER, "host"), other, web


async def tab_of(world: World, caller: Caller) -> Tab:
    tab = Tab(world, caller)
    await tab.subscribe(1, "server.all_containers")
    return tab


def names(tab: Tab) -> set[str]:
    return {placed["container"]["name"] for placed in tab.held(1).values()}


async def test_every_container_says_where_it_is_and_whose(world: World) -> None:
    host, other, web = await two_servers(world)
    tab = await tab_of(world, SYSTEM)
    held = tab.held(1)
    assert {key.partition("/")[0] for key in held} == {host.id, other.id}
    assert all(key == f"{p['server']}/{p['container']['id']}" for key, p in held.items())
    assert {p["container"]["name"]: p["deployment"] for p in held.values()} == {
        "stray-host": "",
        "stray-other": "",
        "web": web.id,
    }
    listed = await world.app.run(ListAllContainers())
    assert [p.container.name for p in listed] == ["stray-host", "stray-other", "web"]


async def test_what_happens_on_any_host_is_told(world: World) -> None:
    await two_servers(world)
    tab = await tab_of(world, SYSTEM)
    machine = world.app.simulated("other").machine
    machine.exit(machine.find("web"), 137)
    machine.remove(machine.find("stray-other"))
    await world.clock.advance(1)
    assert {p["container"]["name"]: p["container"]["state"] for p in tab.held(1).values()} == {
        "stray-host": "running",
        "web": "exited",
    }


async def test_each_sees_what_he_would_see_on_each_server(world: World) -> None:
    _, _, web = await two_servers(world)
    ann = await world.app.user("ann")
    tab = await tab_of(world, ann)
    assert names(tab) == set()
    await world.grant(ann, "deployment", web.id, Level.READ)
    await world.clock.advance(1)
    assert names(tab) == {"web"}, "of a server he may not read"
    await world.grant(ann, "server", "host", Level.READ, (Right.UNMANAGED,))
    other = await world.grant(ann, "server", "other", Level.READ)
    await world.clock.advance(1)
    assert names(tab) == {"stray-host", "web"}
    seen = {name: await world.app.run(ListContainers(target=name), ann) for name in ("host", "other")}
    assert names(tab) == {c.name for containers in seen.values() for c in containers}
    machine = world.app.simulated("other").machine
    machine.exit(machine.find("stray-other"))
    machine.exit(machine.find("web"))
    await world.clock.advance(1)
    assert "stray-other" not in str(tab.frames)
    assert len(await world.app.run(ListAllContainers(), ann)) == 2
    await world.app.run(DeleteGrant(target=other.id))
    await world.clock.advance(1)
    assert names(tab) == {"stray-host", "web"}


async def test_who_reads_a_deployment_alone_sees_its_container_and_nothing_of_the_server(world: World) -> None:
    host, other, web = await two_servers(world)
    machine = world.app.simulated("other").machine
    machine.change(machine.find("web"), labels=(*machine.find("web").view.labels, ("note", "rack 7")), project="shop")
    await world.clock.advance(1)
    ann = await world.app.user("ann")
    grant = await world.grant(ann, "deployment", web.id, Level.READ)
    tab = await tab_of(world, ann)
    [listed] = await world.app.run(ListAllContainers(), ann)
    assert (listed.server, listed.deployment, listed.container.state) == (other.id, web.id, "running")
    assert names(tab) == {"web"}
    machine.exit(machine.find("web"), 3)
    await world.clock.advance(1)
    assert [p["container"]["state"] for p in tab.held(1).values()] == ["exited"]
    shown = listed.container
    assert (shown.labels, shown.networks, shown.volumes, shown.project) == ((), (), (), "")
    for hidden in ("rack 7", "shop", "stray", '"other"', host.id):
        assert hidden not in str(tab.frames).replace("'", '"')
    await world.update(DEPLOYMENT, "web", config={"server": "host"})
    await world.clock.advance(1)
    assert names(tab) == set(), "what it left behind says where it was"
    await world.update(DEPLOYMENT, "web", config={"server": "other"})
    await world.clock.advance(1)
    assert names(tab) == {"web"}
    await world.app.run(DeleteGrant(target=grant.id))
    await world.clock.advance(1)
    assert names(tab) == set()


async def test_servers_that_come_and_go(world: World) -> None:
    await two_servers(world)
    tab = await tab_of(world, SYSTEM)
    on_other = Tab(world, SYSTEM)
    await on_other.subscribe(1, "server.watch_containers", target="other")
    await world.update(SERVER, "other", config={"enabled": False})
    await world.clock.advance(1)
    assert names(tab) == {"stray-host"}
    assert on_other.held(1) == {}
    await world.update(SERVER, "other", config={"enabled": True})
    await world.clock.advance(2)
    assert names(tab) == {"stray-host", "stray-other", "web"}
    assert len(on_other.held(1)) == 2
    await world.app.run(standard_operations(SERVER)["delete"](target="host"))
    assert names(tab) == {"stray-other", "web"}
    await world.app.server("third")
    machine = world.app.simulated("third").machine
    machine.images.add("stray:1")
    machine.create("stray-third", {"Image": "stray:1"})
    await world.clock.advance(2)
    assert names(tab) == {"stray-other", "stray-third", "web"}


async def test_a_silent_servers_containers_stay_known(world: World) -> None:
    await two_servers(world)
    tab = await tab_of(world, SYSTEM)
    world.app.simulated("other").down = "cut"
    await world.clock.advance(5)
    assert names(tab) == {"stray-host", "stray-other", "web"}


async def test_a_container_that_is_kept_is_nobodys_once_its_deployment_is_gone(world: World) -> None:
    _, _, web = await two_servers(world)
    tab = await tab_of(world, SYSTEM)
    assert web.id in {p["deployment"] for p in tab.held(1).values()}
    await world.do(Delete(target="web", container=Keep.KEEP))
    assert {p["deployment"] for p in tab.held(1).values()} == {""}
    assert names(tab) == {"stray-host", "stray-other", "web"}
