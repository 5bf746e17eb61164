"""From a host that goes silent to a message that arrived: the engine and the sender together."""

from monitor.kernel.permission import Level, Right
from monitor.resources.alert_target.operations import TestTarget
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.server.spec import SERVER
from tests.core.tab import Tab
from tests.core.world import World
from tests.notifying.events import Sender, a_target, happens


async def test_a_server_that_goes_silent_is_told_and_so_is_its_return(world: World, sender: Sender) -> None:
    await a_target(world)
    await world.clock.advance(5)
    world.host.down = "cut"
    await world.clock.advance(60)
    [opened] = sender.tasks
    assert opened.subject.startswith("[critical] host: ")
    world.host.down = ""
    await world.clock.advance(120)
    assert sender.tasks[-1].subject.startswith("[resolved] host: ")
    assert len(sender.tasks) == 2


async def test_a_browser_is_told_what_its_person_may_know(world: World) -> None:
    await a_target(world, service=ServiceName.BROWSER, url=None, log_lines=True)
    host = await world.app.get(SERVER, "host")
    ann, bob = await world.app.user("ann"), await world.app.user("bob")
    await world.grant(ann, "server", "host", Level.READ)
    await world.grant(bob, "server", "host", Level.READ, (Right.UNMANAGED, Right.PROCESSES, Right.LOGS))
    about = {"id": host.id, "name": "host", "server": host.id}
    tabs = [Tab(world, caller) for caller in (ann, bob)]
    for tab in tabs:
        await tab.subscribe(1, "alert_target.notices")
    await happens(world, subject=about, culprit="container db", culprit_process="process mysqld")
    await world.clock.advance(5)
    anns, bobs = (tab.last(1)["data"]["text"] for tab in tabs)
    assert all(word not in anns for word in ("container db", "mysqld", "last words"))
    assert all(word in bobs for word in ("container db; process mysqld", "last words"))


async def test_a_test_of_browsers_says_whether_one_was_open(world: World) -> None:
    target = await a_target(world, service=ServiceName.BROWSER, url=None)
    tested = await world.app.run(TestTarget(target=target.id))
    assert (tested.delivered, tested.error) == (False, "no browser was open")
    tab = Tab(world, await world.app.user("ann", admin=True))
    await tab.subscribe(1, "alert_target.notices")
    tested = await world.app.run(TestTarget(target=target.id))
    assert (tested.delivered, tested.error) == (True, "")
    assert tab.last(1)["data"]["title"] == "Monitor: test"
