"""Asked: the past of what an operation is about."""

from typing import Any

from monitor.core.catalog import Record
from monitor.core.history.names import container_entity, deployment_entity, server_entity
from monitor.core.history.query import Query
from monitor.core.parts import Parts
from monitor.kernel.measures import OF_CONTAINERS, OF_SERVERS
from monitor.kernel.past import Past, PastQuery


async def past_of(parts: Parts, record: Record, asked: PastQuery[Any], container: str) -> Past:
    """Of a server, of a container on it that is nobody's, or of a deployment."""
    query = Query(parts.memory.store, parts.history, parts.clock)
    if record.type != "server":
        return await query.past(deployment_entity(record.id), OF_CONTAINERS, asked)
    if container:
        return await query.past(container_entity(record.id, container), OF_CONTAINERS, asked)
    return await query.past(server_entity(record.id), OF_SERVERS, asked)
