"""Claims: what the resources on a server need of its Docker, as one caller may know it."""

from monitor.core.caller import Caller
from monitor.core.ownership import owner_of
from monitor.core.parts import Parts
from monitor.core.releases import info_of
from monitor.kernel.claims import Claimed, Claims


def claimed(parts: Parts, caller: Caller, server: str) -> tuple[Claimed, ...]:
    """Of every resource on the server, in the order of the names; who may not read one learns no name."""
    found: list[Claimed] = []
    own = _owned(parts, server)
    for type, behaviour in parts.catalog.behaviours.items():
        claims = behaviour.hooks.claims
        if claims is None:
            continue
        for record in parts.catalog.by_name(type):
            if record.server == server:
                name = record.stored.name if parts.permit.readable(caller, type, record.id) else ""
                needed = claims(record.stored.config, record.info)
                containers = tuple(own.get(record.id, ()))
                found.append(Claimed(type=type, id=record.id, name=name, claims=needed, containers=containers))
    return tuple(found)


async def claimed_by_releases(parts: Parts, caller: Caller, server: str) -> tuple[Claimed, ...]:
    """Images of each release one can go back to, of every resource on the server; from the store."""
    found: list[Claimed] = []
    for one in claimed(parts, caller, server):
        behaviour = parts.catalog.behaviours[one.type]
        record, claims = parts.catalog.get(one.type, one.id), behaviour.hooks.claims
        if record is None or claims is None:
            continue
        for kept in await parts.releases.of(one.id):
            info = info_of(kept, behaviour.type.info) if kept.number else None
            if info:
                images = Claims(images=claims(record.stored.config, info).images)
                found.append(Claimed(type=one.type, id=one.id, name=one.name, claims=images, release=kept.number))
    return tuple(found)


def _owned(parts: Parts, server: str) -> dict[str, list[str]]:
    """Ids of the server's containers by whose they are; also of those that were adopted and carry no labels."""
    found: dict[str, list[str]] = {}
    view = parts.hosts.view(server)
    for container in view.containers.values() if view else ():
        owner = owner_of(parts, server, container)
        if owner.keeps and owner.deployment:
            found.setdefault(owner.deployment, []).append(container.id)
    return found
