"""A simulated registry: it gives the images it has, private ones to whom they are for."""

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import auth_header, hint_of
from monitor.kernel.errors import HostError
from monitor.testing.machine import Machine


def pull(machine: Machine, image: str, auth: RegistryAuth | None) -> None:
    """Put it on the machine. HostError as a real one says it."""
    machine.need_docker()
    auth_header(auth, image)
    if machine.private.get(image, given := (auth.username, auth.token) if auth else None) != given:
        message = f"cannot pull {image}: unauthorized"
        raise HostError(message, hint=hint_of(message, auth))
    if image not in machine.registry:
        raise HostError(f"the image {image} cannot be pulled: not found", hint="check the name and the registry")
    machine.pull(image)
