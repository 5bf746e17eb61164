"""Looking into containers: without secrets, with a right each, and figures that go on through whatever happens."""

import asyncio
from typing import Any

import msgspec
import pytest

from monitor.core.caller import SYSTEM
from monitor.kernel.errors import Conflict, Forbidden, NotFound
from monitor.kernel.insides import FileChange
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations import inside as of_deployment
from monitor.resources.deployment.operations.acts import Start, Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import SecretVariable
from monitor.resources.server.operations import inside as of_server
from monitor.resources.server.operations import log as of_server_log
from tests.core.tab import Tab
from tests.core.test_unmanaged import operator, stray
from tests.core.world import IMAGE, World, refused

SECRET = "canary/5e1 &x"


async def deployed(world: World) -> Any:
    """The deployment `web`, whose secret stands in its command and in a label, too; its container."""
    await world.deployment(
        "web",
        secret_environment=(SecretVariable(name="TOKEN", value=SECRET),),
        command=("serve", f"--token={SECRET}"),
    )
    await world.do(Deploy(target="web"))
    container = world.host.machine.find("web")
    labels = (*container.view.labels, ("note", f"it is {SECRET}"))
    world.host.machine.change(container, labels=labels)
    container.changes.append(FileChange(path=f"/tmp/{SECRET}", kind="added"))
    await world.clock.advance(1)
    return container


@pytest.mark.parametrize("look", [of_deployment.Inspect, of_deployment.Processes, of_deployment.Changes])
async def test_no_secret_is_in_what_is_seen_inside(world: World, look: Any) -> None:
    """komodo.md 9.4: what the daemon says of argv, labels and environment goes out without the values core keeps."""
    await deployed(world)
    text = msgspec.json.encode(await world.app.run(look(target="web"))).decode()
    assert "canary" not in text
    assert "********" in text


async def test_what_inspect_says(world: World) -> None:
    container = await deployed(world)
    told = await world.app.run(of_deployment.Inspect(target="web"))
    assert told["Id"] == container.view.id
    assert "TOKEN=***" in told["Config"]["Env"]
    assert told["Config"]["Cmd"] == ["serve", "--token=********"]


async def test_each_needs_its_right(world: World) -> None:
    await deployed(world)
    looks = {
        of_deployment.Inspect(target="web"): Right.INSPECT,
        of_deployment.Changes(target="web"): Right.INSPECT,
        of_deployment.Processes(target="web"): Right.PROCESSES,
    }
    for number, (look, right) in enumerate(looks.items()):
        user = await world.app.user(f"user-{number}")
        others = tuple(r for r in Right if r not in (right, Right.CREATE))
        await world.grant(user, "deployment", "web", Level.WRITE, others)
        assert isinstance(await refused(world, look, user), Forbidden)
        await world.grant(user, "deployment", "web", Level.READ, (right,))
        await world.app.run(look, user)


@pytest.mark.parametrize("look", [of_server.InspectContainer, of_server.ContainerProcesses, of_server.ContainerChanges])
async def test_the_servers_way_leads_to_nobodys_containers_only(world: World, look: Any) -> None:
    """peers.md, class 9: no second path to a deployment's container."""
    container = await deployed(world)
    stray(world)
    await world.clock.advance(1)
    user = await operator(world, Level.WRITE, *Right)
    await world.app.run(look(target="host", container="stray"), user)
    for ref in ("web", container.view.id, container.view.id[:12]):
        assert isinstance(await refused(world, look(target="host", container=ref), user), NotFound)
        assert isinstance(await refused(world, look(target="host", container=ref)), Conflict)


async def test_a_name_that_looks_like_an_id_shows_no_other_container(world: World) -> None:
    """The host is asked by the whole id alone, so that what takes a removed one's id for a name is not shown."""
    gone = stray(world)
    await world.clock.advance(1)
    machine = world.host.machine
    del machine.containers[gone.view.id]  # core does not know yet
    machine.create(gone.view.id, {"Image": IMAGE})
    failure = await refused(world, of_server.InspectContainer(target="host", container="stray"))
    assert isinstance(failure, NotFound)


async def test_no_processes_without_a_running_container(world: World) -> None:
    await deployed(world)
    await world.do(Stop(target="web"))
    failure = await refused(world, of_deployment.Processes(target="web"))
    assert "does not run: it is exited" in failure.message


async def test_one_feed_however_many_look_and_none_when_nobody_does(world: World) -> None:
    container = await deployed(world)
    tabs = [Tab(world, SYSTEM) for _ in range(3)]
    for tab in tabs:
        await tab.subscribe(1, "deployment.stats", target="web")
        await tab.subscribe(2, "deployment.stats", target="web")
    await world.clock.advance(3)
    assert world.host.machine.looked_at == [container.view.id]
    assert all(tab.held(1)["container"]["usage"]["cpu"] > 0 for tab in tabs)
    assert len([f for f in tabs[0].of(1) if f["kind"] == "change"]) in (3, 4), "one a second"
    tabs[0].session.close()
    await world.clock.advance(1)
    assert world.host.machine.looked_at == [container.view.id]
    for tab in tabs[1:]:
        tab.session.close()
    await world.clock.advance(1)
    assert world.host.machine.looked_at == []


async def test_figures_go_on_through_a_stop_a_start_and_a_deploy(world: World) -> None:
    container = await deployed(world)
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.stats", target="web")

    def now() -> tuple[str, bool]:
        held = tab.held(1)["container"]
        return held["state"], held["usage"] is not None

    await world.clock.advance(2)
    assert now() == ("running", True)
    await world.do(Stop(target="web"))
    await world.clock.advance(1)
    assert now() == ("exited", False)
    assert world.host.machine.looked_at == [], "nothing is measured of what does not run"
    await world.do(Start(target="web"))
    await world.clock.advance(2)
    assert now() == ("running", True)
    await world.do(Deploy(target="web"))
    await world.clock.advance(2)
    held = tab.held(1)["container"]
    assert (held["state"], held["container"] != container.view.id) == ("running", True)
    assert held["usage"] is not None
    machine = world.host.machine
    machine.remove(machine.find("web"))
    await world.clock.advance(2)
    assert now() == ("gone", False)


async def test_a_silent_host_is_said_and_waited_out(world: World) -> None:
    await deployed(world)
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.stats", target="web")
    await world.clock.advance(2)
    world.host.down = "cut"
    await world.clock.advance(2)
    held = tab.held(1)["container"]
    assert (held["state"], "cut" in held["reason"]) == ("unknown", True)
    world.host.down = ""
    await world.clock.advance(8)
    assert tab.held(1)["container"]["usage"] is not None


async def test_figures_of_what_nobody_owns_follow_its_name(world: World) -> None:
    first = stray(world)
    await world.clock.advance(1)
    user = await operator(world, Level.READ)
    tab = Tab(world, user)
    await tab.subscribe(1, "server.container_stats", target="host", container="stray")
    await world.clock.advance(2)
    assert tab.held(1)["container"]["container"] == first.view.id
    world.host.machine.remove(first)
    second = stray(world)
    await world.clock.advance(2)
    held = tab.held(1)["container"]
    assert (held["container"], held["usage"] is not None) == (second.view.id, True)
    other = Tab(world, await world.app.user("nobody-else"))
    await other.subscribe(1, "server.container_stats", target="host", container="stray")
    assert other.last(1)["kind"] == "error"
    await world.grant(user, "server", "host", Level.READ)
    await world.clock.advance(1)
    assert tab.last(1)["kind"] == "error", "the right is gone"
    assert world.host.machine.looked_at == []


async def listed(world: World, tab: Tab, seconds: float = 2.0) -> Any:
    """What it holds of the processes once the next list has come: a thread looks for secrets in it."""
    count = len(tab.of(1))
    for _ in range(400):
        await world.clock.advance(seconds / 4)
        await asyncio.sleep(0.005)
        if len(tab.of(1)) > count:
            break
    return tab.held(1)["container"]


async def test_processes_are_live_without_secrets_and_one_feed_serves_all(world: World) -> None:
    container = await deployed(world)
    tabs = [Tab(world, SYSTEM) for _ in range(3)]
    for tab in tabs:
        await tab.subscribe(1, "deployment.top", target="web")
    told = await listed(world, tabs[0])
    assert [each["command"] for each in told["processes"]] == ["serve --token=********", "web: worker process"]
    assert world.host.machine.looked_at == [container.view.id]
    secret = SecretVariable(name="TOKEN", value="another one")
    await world.update(DEPLOYMENT, "web", config={"secret_environment": (secret,)})
    container.body["Cmd"] = ["serve", "another one", SECRET]
    for _ in range(20):
        if (await listed(world, tabs[0]))["processes"][0]["command"] == "serve ******** ********":
            break
    assert tabs[0].held(1)["container"]["processes"][0]["command"] == "serve ******** ********"
    assert "another one" not in str(tabs[0].frames)
    for tab in tabs:
        tab.session.close()
    await world.clock.advance(1)
    assert world.host.machine.looked_at == []


async def test_processes_say_why_there_are_none_and_come_back(world: World) -> None:
    await deployed(world)
    tab = Tab(world, SYSTEM)
    await world.do(Stop(target="web"))
    await tab.subscribe(1, "deployment.top", target="web")
    assert tab.held(1)["container"]["reason"] == "the container web does not run: it is exited"
    assert world.host.machine.looked_at == [], "what does not run is not asked for"
    await world.do(Start(target="web"))
    told = await listed(world, tab)
    assert (len(told["processes"]), told["reason"]) == (2, "")
    await world.do(Deploy(target="web"))
    new = world.host.machine.find("web").view.id
    for _ in range(400):  # a thread looks for secrets in what came before
        await world.clock.advance(0.5)
        await asyncio.sleep(0.005)
        if world.host.machine.looked_at == [new]:
            break
    assert world.host.machine.looked_at == [new], "of the new one"
    world.host.machine.remove(world.host.machine.find("web"))
    for _ in range(400):
        await world.clock.advance(0.5)
        await asyncio.sleep(0.005)
        if tab.held(1)["container"]["reason"]:
            break
    assert tab.held(1)["container"]["reason"] == "there is no container"


async def test_processes_of_what_nobody_owns_take_both_rights(world: World) -> None:
    stray(world)
    await deployed(world)
    user = await operator(world, Level.READ, Right.UNMANAGED, Right.PROCESSES)
    tab = Tab(world, user)
    await tab.subscribe(1, "server.container_top", target="host", container="stray")
    assert len((await listed(world, tab))["processes"]) == 2
    managed = Tab(world, user)
    await managed.subscribe(1, "server.container_top", target="host", container="web")
    assert managed.kinds(1) == ["error"]
    for kept in ((Right.UNMANAGED,), (Right.PROCESSES,)):
        await world.grant(user, "server", "host", Level.READ, (Right.UNMANAGED, Right.PROCESSES))
        await world.clock.advance(1)
        again = Tab(world, user)
        await again.subscribe(1, "server.container_top", target="host", container="stray")
        await listed(world, again)
        await world.grant(user, "server", "host", Level.READ, kept)
        await world.clock.advance(1)
        assert again.kinds(1)[-1] == "error"
        assert world.host.machine.looked_at == []


async def test_the_log_of_what_nobody_owns(world: World) -> None:
    container = stray(world)
    container.lines.append(b"hello\n")
    await deployed(world)
    user = await operator(world, Level.READ, Right.UNMANAGED, Right.LOGS)
    block = await world.app.run(of_server_log.ContainerLog(target="host", container="stray"), user)
    assert [line.text for line in block.lines] == ["hello"]
    tab = Tab(world, user)
    await tab.subscribe(1, "server.follow_container_log", target="host", container=container.view.id)
    for _ in range(100):  # secrets are prepared for in a thread, which no clock of ours turns
        await world.clock.advance(0.5)
        await asyncio.sleep(0.01)
        if tab.of(1):
            break
    assert "hello" in str(tab.of(1))
    for look in (of_server_log.ContainerLog, of_server_log.ContainerLogFile):
        assert isinstance(await refused(world, look(target="host", container="web"), user), NotFound)
        assert isinstance(await refused(world, look(target="host", container="web")), Conflict)
