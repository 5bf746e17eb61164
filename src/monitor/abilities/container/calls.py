"""Messages about containers."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.probes import NoProbe, Probe
from monitor.kernel.job import HostJob
from monitor.kernel.permission import HostPower

ContainerName = Annotated[str, Meta(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,127}$")]
"""A container's name or id, as Docker allows them: nothing that could leave an Engine path."""


class Label(StrEnum):
    """Labels Monitor puts on containers it makes."""

    CORE = "monitor.core"
    DEPLOYMENT = "monitor.deployment"
    ACTIVITY = "monitor.activity"
    REVISION = "monitor.revision"
    """Config revision the container was made from."""
    POLICY = "monitor.policy"
    """Restart policy it gets once it is up, `name:maximum-retries`; until then it has none, so that the daemon never
    starts it beside the one it replaces."""
    REPLACES = "monitor.replaces"
    """Id of the container this one replaces."""
    REPLACES_NAME = "monitor.replaces.name"
    """That container's name, which an undo gives back to it."""
    REPLACES_POLICY = "monitor.replaces.policy"
    """That container's restart policy, `name:maximum-retries`."""
    REPLACES_RUNNING = "monitor.replaces.running"
    """`yes` if that container was running: an undo starts it again."""
    BESIDE = "monitor.replaces.beside"
    """`yes` if the two run side by side until the new one is up."""
    TERMS = "monitor.terms"
    """When it counts as up, as JSON: what a later agent needs to finish."""


class Terms(Struct, frozen=True, kw_only=True):
    """When a container that was started counts as up, and how one is stopped."""

    stable_for: float = 2.0
    """Seconds it must stay up, where it has neither health check nor probe."""
    healthy_within: float = 120.0
    """Seconds it has to become healthy and to answer its probe."""
    probe: Probe = NoProbe()
    stop_timeout: int = 10
    """Seconds between TERM and KILL."""


class Replaced(Struct, frozen=True, kw_only=True):
    """The outcome of a successful replace."""

    container: str
    """Id of the container that runs now."""
    image: str
    image_id: str
    image_digest: str = ""
    """Repository digest, when the image came from a registry."""
    started: datetime
    away: float = 0.0
    """Seconds in which neither the old nor the new container ran."""
    beside: bool = False
    """Both ran until the new one was up."""
    revision: int = 0
    """`ReplaceContainer.revision`, handed back."""


class HostedFile(Struct, frozen=True, kw_only=True):
    """A file in a container's own layer."""

    path: str
    """Absolute, inside the container."""
    content: str
    mode: int
    uid: int = 0
    gid: int = 0


class RegistryAuth(Struct, frozen=True, kw_only=True):
    """Who asks a registry for an image."""

    domain: str
    """The registry it is meant for, and no other."""
    username: str
    token: str


class Origin(Struct, frozen=True, kw_only=True):
    """Which image a name of Monitor's own means, and where to pull it from on a host that does not have it."""

    reference: Annotated[str, Meta(min_length=1, max_length=512)]
    """`registry/path/name@sha256:…`: what is there never changes."""
    image_id: Annotated[str, Meta(max_length=512)]
    """Its id on the host that made it."""


class ReplaceContainer(HostJob[Replaced], frozen=True, kw_only=True, tag="container.replace"):
    """Make `body` the container called `name`, keeping the one that has this name now until the new one is up.

    Steps: pull (if asked, or the image is not there) → create → park (the old one stops, and is put aside) → start →
    verify → remove (the old one). Where two of the body can run side by side: pull → create → start → verify → rename →
    remove. Where there is no old one: pull → create → start → verify. A failure puts the old one back.
    """

    time_limit: ClassVar[float] = 1800.0

    name: ContainerName
    body: dict[str, Any]
    """Engine API body of POST /containers/create, labels included."""
    pull: bool = False
    auth: RegistryAuth | None = None
    """For the image's registry, if it is pulled."""
    files: tuple[HostedFile, ...] = ()
    """Put into the new container before it starts."""
    image_id: str = ""
    """Exactly this image, whatever the body's reference means by now; empty: what it means."""
    image_digest: str = ""
    """Where to pull that one from, as `repository@sha256:…`, if it is not there."""
    origin: Origin | None = None
    """The image the body's reference is to mean: where it means another, or none, that one is pulled and so called."""
    image_labels: tuple[tuple[str, str], ...] = ()
    """Labels the image must carry; who made it, where its name alone does not prove that."""
    stable_for: float = 2.0
    """Seconds the new one must stay up to count as running, where it has neither health check nor probe."""
    healthy_within: float = 120.0
    """Seconds the new one has to become healthy and to answer its probe."""
    probe: Probe = NoProbe()
    beside: bool = True
    """Start the new one beside the old one where nothing exclusive is held."""
    stop_timeout: int = 10
    """Seconds between TERM and KILL for the old one."""
    revision: int = 0
    """The asker's own number of this body, kept in a label and handed back in the result."""
    replaces: str = ""
    """Id of the container it takes the place of when none has the name: the same deployment's under an older name."""
    adopted: str = ""
    """Id of the container it may replace though it carries no label of the deployment's."""
    powers: tuple[HostPower, ...] | None = None
    """Host powers of who asks for it, by which volumes that are there already are judged. None: an older core."""
    repeats: bool = False
    """It is what was made last: volumes of the container it takes the place of are judged by what the host allows."""

    @property
    def terms(self) -> Terms:
        """When the new one counts as up."""
        return Terms(
            stable_for=self.stable_for,
            healthy_within=self.healthy_within,
            probe=self.probe,
            stop_timeout=self.stop_timeout,
        )


class ContainerVerb(StrEnum):
    """What can be done to a container as it is."""

    START = "start"
    STOP = "stop"
    RESTART = "restart"
    PAUSE = "pause"
    UNPAUSE = "unpause"
    KILL = "kill"
    RENAME = "rename"
    REMOVE = "remove"


class Acted(Struct, frozen=True, kw_only=True):
    """State of the container afterwards, asked of the daemon; `removed` after a remove."""

    state: str


class ActOnContainer(HostJob[Acted], frozen=True, kw_only=True, tag="container.act"):
    """One verb; one step named like it. Removing stops it first and keeps volumes."""

    time_limit: ClassVar[float] = 300.0

    name: ContainerName
    verb: ContainerVerb
    deployment: str = ""
    """As if it were not there unless the container carries this deployment's label; empty: do not look."""
    timeout: int = 10
    """Seconds between the stop signal and KILL."""
    signal: str = ""
    """Of a stop: what ends it instead of its own stop signal. Of a kill: what is sent; empty: KILL."""
    new_name: str = ""
    """Of a rename: what it is called from then on."""
    missing_ok: bool = False
    """Removing or renaming what is not there succeeds."""
    stable_for: float = 0.5
    """After start and restart: it must still run this many seconds later."""
