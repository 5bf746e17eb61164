"""What a deployment is: one container kept on one server, from an image or a build."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.hostview import Port
from monitor.kernel.marks import SECRET, host_power, refers_to, shown, text_form
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.resource import Column, ResourceType
from monitor.kernel.stream import Stream, StreamKind
from monitor.resources.deployment import text

PortNumber = Annotated[int, Meta(ge=1, le=65535)]
VariableName = Annotated[str, Meta(pattern=r"^[^\x00=\s][^\x00=]*$", max_length=256)]
Value = Annotated[str, Meta(max_length=131_072, pattern=r"^[^\x00]*$")]
Argument = Annotated[str, Meta(max_length=131_072, pattern=r"^[^\x00]*$")]


class LiteralImage(Struct, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """An image by its reference."""

    image: Annotated[str, Meta(min_length=1, max_length=512, pattern=r"^[^\s\x00]+$"), shown("Image")]


class BuiltImage(Struct, frozen=True, kw_only=True, tag_field="kind", tag="build"):
    """What a build makes: one version of it, or its latest."""

    build: Annotated[str, refers_to("build", Level.READ), shown("Build")]
    version: Annotated[str, Meta(pattern=r"^(\d+\.\d+\.\d+)?$"), shown("Version", "Empty: the latest.")] = ""


class Protocol(StrEnum):
    """What a port speaks."""

    TCP = "tcp"
    UDP = "udp"
    SCTP = "sctp"


class PublishedPort(Struct, frozen=True, kw_only=True):
    """A port of the container published on the host."""

    container: PortNumber
    host: Annotated[int, Meta(ge=0, le=65535)] = 0
    """0: Docker chooses a free one."""
    protocol: Protocol = Protocol.TCP
    address: Annotated[str, Meta(max_length=45, pattern=r"^[0-9A-Fa-f.:]*$")] = ""
    """Address of the host to bind; empty: all."""


class Volume(Struct, frozen=True, kw_only=True):
    """A named volume, or (a host power) a folder of the host, inside the container."""

    source: Annotated[str, Meta(min_length=1, max_length=4096, pattern=r"^[^\x00]+$")]
    """A volume's name, or an absolute path of the host."""
    target: Annotated[str, Meta(pattern=r"^/[^\x00]*$", max_length=4096)]
    read_only: bool = False


class Variable(Struct, frozen=True, kw_only=True):
    """An environment variable."""

    name: VariableName
    value: Value = ""


class SecretVariable(Struct, frozen=True, kw_only=True):
    """An environment variable whose value is stored encrypted and never shown."""

    name: VariableName
    value: Annotated[Value | None, SECRET] = None


class RestartPolicy(StrEnum):
    """When Docker starts the container again by itself."""

    NO = "no"
    ALWAYS = "always"
    UNLESS_STOPPED = "unless-stopped"
    ON_FAILURE = "on-failure"


class DeploymentConfig(Struct, frozen=True, kw_only=True):
    """What people set on a deployment."""

    server: Annotated[str, refers_to("server", Level.EXECUTE), shown("Server")]
    image: Annotated[
        LiteralImage | BuiltImage, text_form(text.image, "nginx:1.27 or build:NAME[:VERSION]"), shown("Image")
    ]
    pull: Annotated[bool, shown("Pull", "Ask the registry for the image at each deploy.")] = False
    container_name: Annotated[
        str,
        Meta(pattern=r"^([a-zA-Z0-9][a-zA-Z0-9_.-]{1,62})?$"),
        shown("Container name", "Empty: the deployment's name."),
    ] = ""
    command: Annotated[
        tuple[Argument, ...], Meta(max_length=1000), shown("Command", "Replaces the image's; a list, no shell.")
    ] = ()
    environment: Annotated[
        tuple[Variable, ...], Meta(max_length=1000), text_form(text.variable, "NAME=value"), shown("Environment")
    ] = ()
    secret_environment: Annotated[
        tuple[SecretVariable, ...],
        Meta(max_length=1000),
        text_form(text.secret_variable, "NAME=value"),
        shown("Secret environment", "Stored encrypted, never shown again; leave a value out to keep it."),
    ] = ()
    ports: Annotated[
        tuple[PublishedPort, ...], Meta(max_length=500), text_form(text.port, "8080:80/tcp"), shown("Ports")
    ] = ()
    volumes: Annotated[
        tuple[Volume, ...],
        Meta(max_length=500),
        host_power(HostPower.BIND),
        text_form(text.volume, "data:/var/lib/data:ro"),
        shown("Volumes"),
    ] = ()
    network: Annotated[
        str,
        Meta(max_length=128, pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_.:-]*$"),
        host_power(HostPower.NAMESPACES),
        shown("Network", "`host` and `container:NAME` are host powers."),
    ] = "bridge"
    restart: Annotated[RestartPolicy, shown("Restart policy")] = RestartPolicy.UNLESS_STOPPED
    stop_timeout: Annotated[int, Meta(ge=0, le=3600), shown("Stop timeout", "Seconds between TERM and KILL.")] = 10
    stable_for: Annotated[
        float, Meta(ge=0, le=600), shown("Stable for", "Seconds a new container must stay up to count as running.")
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


class Delete(Action, frozen=True, kw_only=True, tag="deployment.delete"):
    """Delete the deployment; while it has a container, say whether to keep or remove that."""

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
    config=DeploymentConfig,
    info=DeploymentInfo,
    status=DeploymentStatus,
    operations=(Deploy, Start, Stop, Restart, Remove, Delete, ReadLog),
    streams=(FollowLog,),
    replaces=("delete",),
    columns=(
        Column("status.state", "State"),
        Column("config.server", "Server"),
        Column("info.image", "Image"),
        Column("status.since", "Since"),
    ),
)
