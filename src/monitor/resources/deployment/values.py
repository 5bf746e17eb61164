"""The values a deployment's config is made of: images, ports, volumes, variables."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import SECRET, refers_to, shown
from monitor.kernel.permission import Level

PortNumber = Annotated[int, Meta(ge=1, le=65535)]
VariableName = Annotated[str, Meta(pattern=r"^[^\x00=\s][^\x00=]*$", max_length=256)]
Value = Annotated[str, Meta(max_length=131_072, pattern=r"^[^\x00]*$")]
Argument = Annotated[str, Meta(max_length=131_072, pattern=r"^[^\x00]*$")]


class LiteralImage(Struct, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """An image by its reference."""

    image: Annotated[
        str,
        Meta(min_length=1, max_length=512, pattern=r"^[^\s\x00]+$"),
        shown("Image", "As Docker writes it: `nginx:1.27`."),
    ]


_HANDED_OVER = (
    "decides what code runs in each deployment of it, with that deployment's secrets and volumes; so does whoever can "
    "push to what it builds"
)


class BuiltImage(Struct, frozen=True, kw_only=True, tag_field="kind", tag="build"):
    """What a build makes: one version of it, or its latest."""

    build: Annotated[
        str, refers_to("build", Level.READ, hands_over=_HANDED_OVER), shown("Build", "The build that makes the image.")
    ]
    version: Annotated[str, Meta(pattern=r"^(\d+\.\d+\.\d+)?$"), shown("Version", "Empty: the latest.")] = ""


class Protocol(StrEnum):
    """What a port speaks."""

    TCP = "tcp"
    UDP = "udp"
    SCTP = "sctp"


class PublishedPort(Struct, frozen=True, kw_only=True):
    """A port of the container published on the host."""

    container: Annotated[PortNumber, shown("Container port", "Where the program listens inside the container.")]
    host: Annotated[
        int, Meta(ge=0, le=65535), shown("Host port", "Where the host listens; 0: Docker chooses a free one.")
    ] = 0
    protocol: Annotated[Protocol, shown("Protocol", "What the port speaks.")] = Protocol.TCP
    address: Annotated[
        str,
        Meta(max_length=45, pattern=r"^[0-9A-Fa-f.:]*$"),
        shown("Host address", "Address of the host to listen at; empty: all."),
    ] = ""

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        host = str(self.host) if self.host else ""
        before = f"{address}:{host}:" if address else f"{host}:" if host else ""
        return f"{before}{self.container}" + ("" if self.protocol is Protocol.TCP else f"/{self.protocol.value}")


class Volume(Struct, frozen=True, kw_only=True):
    """A named volume, or (a host power) a folder of the host, inside the container."""

    source: Annotated[
        str,
        Meta(min_length=1, max_length=4096, pattern=r"^[^\x00]+$"),
        shown("Source", "A volume's name, or an absolute path of the host."),
    ]
    target: Annotated[
        str, Meta(pattern=r"^/[^\x00]*$", max_length=4096), shown("Target", "Absolute path inside the container.")
    ]
    read_only: Annotated[bool, shown("Read only", "The container cannot write there.")] = False

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"{self.source}:{self.target}{':ro' if self.read_only else ''}"


class Variable(Struct, frozen=True, kw_only=True):
    """An environment variable."""

    name: Annotated[VariableName, shown("Name", "Without `=`; upper case by custom.")]
    value: Annotated[Value, shown("Value", "Everybody who may read the deployment sees it.")] = ""


class SecretVariable(Struct, frozen=True, kw_only=True):
    """An environment variable whose value is stored encrypted and never shown."""

    name: Annotated[VariableName, shown("Name", "Without `=`; upper case by custom.")]
    value: Annotated[Value | None, SECRET, shown("Value")] = None


class UpdateOrder(StrEnum):
    """Which of two containers gives way to the other at a deploy; the words are those of `docker service update`."""

    START_FIRST = "start-first"
    STOP_FIRST = "stop-first"


class RestartPolicy(StrEnum):
    """When Docker starts the container again by itself."""

    NO = "no"
    ALWAYS = "always"
    UNLESS_STOPPED = "unless-stopped"
    ON_FAILURE = "on-failure"
