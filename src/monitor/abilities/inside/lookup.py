"""Lookup: the container that is meant, and no other."""

from monitor.abilities.container.lookup import find, find_own
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.abilities.inside.calls import Meant
from monitor.kernel.errors import NotFound


async def find_meant(docker: Engine, meant: Meant) -> Described:
    """The deployment's own by its name or id; anybody's by its whole id alone, which no name can imitate. NotFound."""
    if meant.deployment:
        return await find_own(docker, meant.name, meant.deployment)
    seen = await find(docker, meant.name)
    if seen.id != meant.name:
        raise NotFound(f"there is no container with the id {meant.name[:12]} on this host")
    return seen
