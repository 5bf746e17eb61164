"""Registries: what they have under the images of the fleet's deployments, and what was found out about it."""

import hashlib

from monitor.resources.deployment.operations.updates import CheckUpdates
from tests.browser.world import World

_NEWER = ("redis:7.4-alpine", "nginx:1.27-alpine")
_SAME = (
    "postgres:16.4",
    "memcached:1.6",
    "registry.example.com/acme/platform/observability/otel-collector-contrib:0.112.0-hardened.3",
)
_REFUSED = {"rabbitmq:4.0-management": "unauthorized: authentication required"}
_LABELS = {
    "org.opencontainers.image.source": "https://git.acme.example/platform/images",
    "org.opencontainers.image.version": "7.4.1",
}


def stock(world: World) -> None:
    """Before anything is deployed: the hosts have what the registries had then."""
    for name in world.app.hosts:
        machine = world.app.simulated(name).machine
        for image in (*_NEWER, *_SAME, *_REFUSED):
            machine.tags[image] = _digest(f"{image} old")
            machine.image_labels[image] = _LABELS
            if image in machine.images:
                machine.pull(image)


async def move_on(world: World) -> None:
    """Some tags are pushed again, one registry wants to know who asks; then somebody looks."""
    for name in world.app.hosts:
        machine = world.app.simulated(name).machine
        machine.tags |= {image: _digest(f"{image} new") for image in _NEWER}
        machine.refusals |= _REFUSED
    await world.app.run(CheckUpdates())


def _digest(words: str) -> str:
    return f"sha256:{hashlib.sha256(words.encode()).hexdigest()}"
