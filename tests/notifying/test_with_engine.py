"""From a host that goes silent to a message that arrived: the engine and the sender together."""

from tests.core.world import World
from tests.notifying.events import Sender, a_target


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
