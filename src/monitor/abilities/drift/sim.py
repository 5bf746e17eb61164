"""A simulated host's way of comparing: by the real rules, on the body a container was made of as a test left it."""

from typing import Any

from monitor.abilities.agent.contract import CallHandler
from monitor.abilities.container.calls import Label
from monitor.abilities.drift.calls import CompareContainer, Compared
from monitor.abilities.drift.compare import differences
from monitor.abilities.drift.networks import asked_networks
from monitor.kernel.ownership import is_of
from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import Machine


async def compare(machine: Machine, call: CompareContainer) -> Compared:
    """As on a real host. Unless a test says otherwise the registry has what runs."""
    machine.need_docker()
    container = _own(machine, call)
    if container is None:
        return Compared(taken=machine.named(call.name) is not None)
    view = container.view
    reference = str(call.body.get("Image") or "")
    made = view.id != call.container
    return Compared(
        container=view.id,
        activity=dict(view.labels).get(Label.ACTIVITY, ""),
        state=view.state,
        health=view.health,
        image_id=view.image_id,
        means=machine.image_id(reference) if reference in machine.images else "",
        pushed=machine.tags.get(reference, view.image_id) if call.ask_registry else "",
        digests=(view.image_id, *(digest.rpartition("@")[2] for digest in machine.origins.get(view.image_id, ()))),
        differences=differences(call.name, call.body, {}, _described(container), made=made),
    )


def _own(machine: Machine, call: CompareContainer) -> SimulatedContainer | None:
    for name in (call.name, call.container):
        for container in machine.containers.values():
            labels = dict(container.view.labels)
            if name in (container.view.name, container.view.id) and is_of(call.deployment, container.view.id, labels):
                return container
    return None


def _described(container: SimulatedContainer) -> dict[str, Any]:
    body = container.body
    return {
        "Name": f"/{container.view.name}",
        "Config": {key: value for key, value in body.items() if key != "HostConfig"},
        "HostConfig": body.get("HostConfig") or {},
        "NetworkSettings": {"Networks": asked_networks(body)},
    }


CALLS = (CallHandler(CompareContainer, compare),)
