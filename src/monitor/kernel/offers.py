"""Offers: what containers can ask for by name of one host's Docker."""

from typing import Annotated

from msgspec import Meta, Struct

_Name = Annotated[str, Meta(max_length=300)]
_Names = Annotated[tuple[_Name, ...], Meta(max_length=10_000)]


class DockerOffers(Struct, frozen=True, kw_only=True):
    """By Docker's own names; what a daemon does not tell is empty, and says nothing."""

    networks: _Names = ()
    network_ids: _Names = ()
    log_drivers: _Names = ()
    volume_drivers: _Names = ()
    runtimes: _Names = ()

    def has_network(self, name: str) -> bool:
        """By its name, or by its id or the beginning of that."""
        return name in self.networks or any(id.startswith(name) for id in self.network_ids)
