"""A simulated registry: it gives the images it has, private ones to whom they are for."""

from monitor.abilities.container.calls import Origin, RegistryAuth
from monitor.abilities.container.registry import auth_header, hint_of
from monitor.kernel.errors import HostError
from monitor.testing.machine import Machine


def pull(machine: Machine, image: str, auth: RegistryAuth | None) -> None:
    """Put it on the machine. HostError as a real one says it."""
    machine.need_docker()
    auth_header(auth, image)
    _check_account(machine, image, image, auth)
    if image not in machine.registry:
        raise HostError(f"the image {image} cannot be pulled: not found", hint="check the name and the registry")
    machine.pull(image)


def pull_from(machine: Machine, image: str, origin: Origin, auth: RegistryAuth | None) -> None:
    """The same from where it was pushed to, under a name of this machine's own."""
    machine.need_docker()
    auth_header(auth, origin.reference)
    repository, _, digest = origin.reference.partition("@")
    _check_account(machine, repository, origin.reference, auth)
    if origin.reference not in machine.deliveries.shelf:
        raise HostError(f"cannot pull {origin.reference}: not found", hint="check the name and the registry")
    id = machine.deliveries.had[image] = machine.deliveries.shelf[origin.reference]
    machine.images.add(image)
    machine.origins[id] = (f"{repository}@{digest}",)
    machine.tell("image")


def has(machine: Machine, image: str, origin: Origin) -> bool:
    """Whether the name means that image here."""
    return image in machine.images and machine.image_id(image) == origin.image_id


def _check_account(machine: Machine, kept: str, image: str, auth: RegistryAuth | None) -> None:
    given = (auth.username, auth.token) if auth else None
    if machine.private.get(kept, given) != given:
        message = f"cannot pull {image}: unauthorized"
        raise HostError(message, hint=hint_of(message, auth))
