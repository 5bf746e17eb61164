"""The agent's way of reading a container that is to be adopted."""

from monitor.abilities.adoption.calls import Readable, ReadContainer
from monitor.abilities.agent.contract import Agent, CallHandler
from monitor.abilities.container.calls import Label
from monitor.abilities.container.lookup import find
from monitor.kernel.errors import Conflict, NotFound


async def read(agent: Agent, call: ReadContainer) -> Readable:
    """Only what nobody made for a deployment: the environment of others is no business of who adopts."""
    seen = await find(agent.docker, call.id)
    if seen.id != call.id:
        raise NotFound(f"there is no container with the id {call.id} on this host")
    if seen.labels.get(Label.DEPLOYMENT) or seen.labels.get(Label.CORE):
        raise Conflict(f"the container {seen.called} belongs to a deployment: its labels say so")
    told = await agent.docker.inspect(seen.id)
    try:
        image = await agent.docker.image(seen.image)
    except NotFound:
        image = {}
    return Readable(container=told, image=image)


CALLS = (CallHandler(ReadContainer, read),)
