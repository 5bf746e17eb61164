"""What a deployment is: one container kept on one server, from an image or a build."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.hostview import Port
from monitor.kernel.marks import host_power, refers_to, shown, text_form
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.kernel.stream import Stream, StreamKind
from monitor.resources.deployment import text
from monitor.resources.deployment.values import (
    Argument,
    BuiltImage,
    LiteralImage,
    PublishedPort,
    RestartPolicy,
    SecretVariable,
    Variable,
    Volume,
)

_DOCS = "https://docs.docker.com"
_RUN = f"{_DOCS}/reference/cli/docker/container/run/"
_IMAGE = f"{_DOCS}/reference/cli/docker/image/pull/"
_COMMAND = f"{_DOCS}/reference/dockerfile/#cmd"
_NETWORK = f"{_DOCS}/engine/network/"
_VOLUMES = f"{_DOCS}/engine/storage/volumes/"
_RESTART = f"{_DOCS}/engine/containers/start-containers-automatically/"


class DeploymentConfig(Struct, frozen=True, kw_only=True):
    """What people set on a deployment."""

    server: Annotated[
        str, refers_to("server", Level.EXECUTE), shown("Server", "Where the container runs.", group="Server")
    ]
    image: Annotated[
        LiteralImage | BuiltImage,
        text_form(text.image, "nginx:1.27 or build:NAME[:VERSION]"),
        shown("Image", "What runs: an image by its reference, or a build's.", group="Image", docs=_IMAGE),
    ]
    pull: Annotated[
        bool, shown("Pull", "Ask the registry for the image at each deploy.", group="Image", docs=f"{_RUN}#pull")
    ] = False
    container_name: Annotated[
        str,
        Meta(pattern=r"^([a-zA-Z0-9][a-zA-Z0-9_.-]{1,62})?$"),
        shown("Container name", "Empty: the deployment's name.", group="Container", docs=f"{_RUN}#name"),
    ] = ""
    command: Annotated[
        tuple[Argument, ...],
        Meta(max_length=1000),
        shown("Command", "Replaces the image's; a list, no shell.", group="Container", docs=_COMMAND),
    ] = ()
    environment: Annotated[
        tuple[Variable, ...],
        Meta(max_length=1000),
        text_form(text.variable, "NAME=value"),
        shown("Environment", "Variables the program finds.", group="Environment", docs=f"{_RUN}#env"),
    ] = ()
    secret_environment: Annotated[
        tuple[SecretVariable, ...],
        Meta(max_length=1000),
        text_form(text.secret_variable, "NAME=value"),
        shown(
            "Secret environment",
            "Stored encrypted, never shown again; leave a value out to keep it.",
            group="Environment",
            docs=f"{_RUN}#env",
        ),
    ] = ()
    ports: Annotated[
        tuple[PublishedPort, ...],
        Meta(max_length=500),
        text_form(text.port, "8080:80/tcp"),
        shown("Ports", "Ports of the container published on the host.", group="Network", docs=f"{_RUN}#publish"),
    ] = ()
    network: Annotated[
        str,
        Meta(max_length=128, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:-]*$"),
        host_power(HostPower.NAMESPACES),
        shown("Network", "`host` and `container:NAME` are host powers.", group="Network", docs=_NETWORK),
    ] = "bridge"
    volumes: Annotated[
        tuple[Volume, ...],
        Meta(max_length=500),
        host_power(HostPower.BIND),
        text_form(text.volume, "data:/var/lib/data:ro"),
        shown(
            "Volumes",
            "What outlives the container; a folder of the host is a host power.",
            group="Storage",
            docs=_VOLUMES,
        ),
    ] = ()
    restart: Annotated[
        RestartPolicy,
        shown("Restart policy", "When Docker starts it again by itself.", group="Behaviour", docs=_RESTART),
    ] = RestartPolicy.UNLESS_STOPPED
    stop_timeout: Annotated[
        int,
        Meta(ge=0, le=3600),
        shown("Stop timeout", "Seconds between TERM and KILL.", group="Behaviour", docs=f"{_RUN}#stop-timeout"),
    ] = 10
    stable_for: Annotated[
        float,
        Meta(ge=0, le=600),
        shown("Stable for", "Seconds a new container must stay up to count as running.", group="Behaviour"),
    ] = 2.0


class DeploymentInfo(Struct, frozen=True, kw_only=True):
    """What the last successful deploy left."""

    container: str = ""
    image: str = ""
    image_id: str = ""
    digest: str = ""
    version: str = ""
    deployed: datetime | None = None
    revision: int = 0
    """Config revision that runs."""
    activity: str = ""
    server: str = ""
    """Id of the server it was deployed on."""


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


class Keep(StrEnum):
    """What happens to the container when its deployment is deleted."""

    KEEP = "keep"
    REMOVE = "remove"


class Deploy(Action, frozen=True, kw_only=True, tag="deployment.deploy"):
    """Bring the container to the configured state, keeping the old one until the new one is up."""


class Start(Action, frozen=True, kw_only=True, tag="deployment.start"):
    """Start the container as it is."""


class Stop(Action, frozen=True, kw_only=True, tag="deployment.stop"):
    """Stop the container: TERM, and KILL after its stop timeout."""


class Restart(Action, frozen=True, kw_only=True, tag="deployment.restart"):
    """Stop and start the container as it is."""


class Remove(Action, frozen=True, kw_only=True, tag="deployment.remove"):
    """Remove the container; the deployment and every volume stay."""

    danger: ClassVar[bool] = True


class Delete(Action, frozen=True, kw_only=True, tag="deployment.delete"):
    """Delete the deployment; while it has a container, say whether to keep or remove that."""

    danger: ClassVar[bool] = True
    needs: ClassVar[Needs] = Level.WRITE
    method: ClassVar[str] = "DELETE"

    container: Keep | None = None


class LogLine(Struct, frozen=True, kw_only=True):
    """One line the container wrote; invalid UTF-8 shown as U+FFFD."""

    at: datetime | None
    stream: str
    text: str


class ReadLog(Query[tuple[LogLine, ...]], frozen=True, kw_only=True, tag="deployment.log"):
    """The last lines the container wrote."""

    needs: ClassVar[Needs] = Right.LOGS

    tail: Annotated[int, Meta(ge=1, le=10_000)] = 100


class FollowLog(Stream[LogLine], frozen=True, kw_only=True, tag="deployment.follow_log"):
    """The last lines and every new one, live; a line's `seq` is its time in microseconds."""

    kind: ClassVar[StreamKind] = StreamKind.LOG
    needs: ClassVar[Needs] = Right.LOGS

    tail: Annotated[int, Meta(ge=0, le=10_000)] = 100


DEPLOYMENT: ResourceType[DeploymentConfig, DeploymentInfo, DeploymentStatus] = ResourceType(
    name="deployment",
    plural="deployments",
    title="Deployment",
    help="One container kept on one server.",
    config=DeploymentConfig,
    info=DeploymentInfo,
    status=DeploymentStatus,
    operations=(Deploy, Start, Stop, Restart, Remove, Delete, ReadLog),
    streams=(FollowLog,),
    replaces=("delete",),
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("config.server", "Server", ColumnKind.REFERENCE),
        Column("info.image", "Image", ColumnKind.IMAGE),
        Column("status.since", "Since", ColumnKind.TIME),
    ),
)
