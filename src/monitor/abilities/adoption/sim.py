"""A simulated host's way of reading a container that is to be adopted: the body it was made from."""

from typing import Any

from monitor.abilities.adoption.calls import Readable, ReadContainer
from monitor.abilities.agent.contract import CallHandler
from monitor.abilities.container.calls import Label
from monitor.kernel.errors import Conflict, NotFound
from monitor.testing.machine import Machine


async def read(machine: Machine, call: ReadContainer) -> Readable:
    """As the daemon would say it."""
    machine.need_docker()
    found = machine.containers.get(call.id)
    if found is None:
        raise NotFound(f"there is no container with the id {call.id} on this host")
    view, body = found.view, found.body
    if {Label.DEPLOYMENT, Label.CORE} & set(dict(view.labels)):
        raise Conflict(f"the container {view.name} belongs to a deployment: its labels say so")
    host: dict[str, Any] = body.get("HostConfig") or {}
    config = {**body, "Labels": dict(view.labels)}
    config.pop("HostConfig", None)
    return Readable(
        container={
            "Id": view.id,
            "Name": f"/{view.name}",
            "Image": view.image_id,
            "Config": config,
            "HostConfig": {**host, "RestartPolicy": {"Name": found.policy, "MaximumRetryCount": 0}},
        }
    )


CALLS = (CallHandler(ReadContainer, read),)
