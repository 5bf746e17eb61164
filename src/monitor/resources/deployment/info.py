"""Info: what deploys left, and how its container stands now."""

from datetime import datetime

from msgspec import Struct

from monitor.kernel.hostview import Port
from monitor.resources.deployment.newer import ImageUpdate


class DeploymentInfo(Struct, frozen=True, kw_only=True):
    """What the last successful deploy left."""

    container: str = ""
    image: str = ""
    image_id: str = ""
    digest: str = ""
    version: str = ""
    build: str = ""
    """Id of the build that made that version."""
    deployed: datetime | None = None
    revision: int = 0
    """Config revision that runs."""
    activity: str = ""
    release: int = 0
    """Number of the release that runs; 0: it was deployed before releases were kept."""
    server: str = ""
    """Id of the server it was deployed on."""
    update: ImageUpdate | None = None
    """What was found out about newer images, when it was last looked for."""
    adopted: bool = False
    """The container was not made by a deploy: it was there before, and is known by its id alone."""


class DeploymentStatus(Struct, frozen=True, kw_only=True):
    """The live state of a deployment's container."""

    state: str
    """not_deployed, created, running, restarting, paused, exited, dead, removing or unknown."""
    health: str = ""
    reason: str = ""
    """Why; for unknown, which side is silent."""
    image: str = ""
    since: datetime | None = None
    restarts: int = 0
    ports: tuple[Port, ...] = ()
    outdated: bool = False
    """The config was changed after the last deploy."""
    drift: str = ""
    """What shows of the container having been changed outside Monitor; the query `drift` looks at all of it."""
    update: ImageUpdate | None = None
    """Whether there is a newer image; nothing of what was never looked for, or has no container."""
    updates_as: str = ""
    """Who switched automatic updates on, and is asked for the right to each of them."""
    redeploys_as: str = ""
    """The same of redeploys on a build."""
