"""Ownership: whose a container is. The only place that says so: what shows containers and what touches them ask it."""

from msgspec import Struct

from monitor.abilities.container.calls import Label
from monitor.core.parts import Parts
from monitor.kernel.hostview import Container


class Owner(Struct, frozen=True):
    """Nobody, by default."""

    deployment: str = ""
    """Id of the deployment of this core it is."""
    here: bool = True
    """False: that deployment has moved to another server and left this one behind; no operation of it comes here."""
    elsewhere: bool = False
    """It carries the labels of another Monitor core."""

    @property
    def keeps(self) -> bool:
        """Whether what is done to it is asked of the owner, never of the server."""
        return self.elsewhere or (bool(self.deployment) and self.here)


NOBODY = Owner()


def owner_of(parts: Parts, server: str, container: Container) -> Owner:
    """By its labels, which nobody can change while it exists; one that was adopted has none, and is known by its id.
    One whose deployment was deleted is nobody's.
    """
    return owner_by(parts, server, container.id, *carried(container))


def owner_by(parts: Parts, server: str, id: str, core: str, deployment: str) -> Owner:
    """The same by what matters of a container: its id, and the core and deployment its labels name."""
    if adopted := parts.adoptions.deployment(id):
        return _of(parts, server, adopted)
    if not core and not deployment:
        return NOBODY
    if core != parts.id:
        return Owner(elsewhere=True)
    return _of(parts, server, deployment)


def _of(parts: Parts, server: str, deployment: str) -> Owner:
    record = parts.catalog.get("deployment", deployment)
    return Owner(deployment=deployment, here=record.server == server) if record is not None else NOBODY


def carried(container: Container) -> tuple[str, str]:
    """The core and the deployment its labels name."""
    labels = dict(container.labels)
    return labels.get(Label.CORE, ""), labels.get(Label.DEPLOYMENT, "")
