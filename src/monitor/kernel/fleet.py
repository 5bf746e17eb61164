"""Fleet: what core tells of all servers at once."""

from typing import Annotated

from msgspec import Struct

from monitor.kernel.hostview import Container
from monitor.kernel.marks import refers_to
from monitor.kernel.permission import Level


class PlacedContainer(Struct, frozen=True, kw_only=True):
    """One container with where it is and whose it is."""

    server: Annotated[str, refers_to("server", Level.READ)]
    deployment: Annotated[str, refers_to("deployment", Level.READ)] = ""
    """Id of the deployment it belongs to; empty if it is none's."""
    container: Container
