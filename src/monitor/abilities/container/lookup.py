"""Lookup: finding the container that is meant, never one whose id happens to begin like the name."""

from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.errors import NotFound
from monitor.kernel.ownership import is_of

_SHORT_ID = 12


async def find(docker: Engine, name: str) -> Described:
    """The container of this name, or of this id (at least the 12 characters Docker shows). NotFound."""
    seen = await find_or_none(docker, name)
    if seen is None:
        raise NotFound(f"there is no container {name} on this host")
    return seen


async def find_own(docker: Engine, name: str, deployment: str) -> Described:
    """The same, and only if it is this deployment's: see `is_of`; an empty one means anybody's. NotFound."""
    seen = await find(docker, name)
    if deployment and not is_of(deployment, seen.id, seen.labels):
        raise NotFound(
            f"the container {name} on this host is not this deployment's",
            hint="somebody else made it: give the deployment another container name",
        )
    return seen


async def find_or_none(docker: Engine, name: str) -> Described | None:
    """The same; None if there is none."""
    try:
        seen = described(await docker.inspect(name))
    except NotFound:
        return None
    is_id = len(name) >= _SHORT_ID and seen.id.startswith(name)
    return seen if seen.called == name or is_id else None
