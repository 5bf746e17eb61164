"""Messages about adopting containers."""

from typing import Any

from msgspec import Struct

from monitor.abilities.container.calls import ContainerName
from monitor.kernel.call import Call


class Readable(Struct, frozen=True, kw_only=True):
    """What the daemon says of a container and of its image, values of the environment in clear."""

    container: dict[str, Any]
    image: dict[str, Any] = {}
    """Empty when it is gone."""


class ReadContainer(Call[Readable], frozen=True, kw_only=True, tag="adoption.read"):
    """All of a container no deployment of any core was made for. NotFound; Conflict for any other."""

    id: ContainerName
    """Its whole id."""
