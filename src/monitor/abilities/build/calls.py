"""Messages about builds."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.abilities.push.calls import Delivery, Destination
from monitor.kernel.job import HostJob
from monitor.kernel.marks import shown

_Argv = Annotated[
    tuple[Annotated[str, Meta(max_length=131_072, pattern=r"^[^\x00]*$")], ...], Meta(min_length=1, max_length=1000)
]
MOUNTED = r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$"
"""What a build's secret may be called: nothing that means something in `--secret id=…,env=…`."""


class Maker(StrEnum):
    """Who runs a Dockerfile's steps: BuildKit (through docker buildx), Docker's classic builder, or what is there."""

    AUTO = "auto"
    BUILDKIT = "buildkit"
    CLASSIC = "classic"


class BuildNetwork(StrEnum):
    """What a Dockerfile's RUN steps reach: as containers do, nothing, or all that the host itself does."""

    DEFAULT = "default"
    NONE = "none"
    HOST = "host"


class Entitlement(StrEnum):
    """What BuildKit lets single steps do only where it is allowed for the whole build."""

    NETWORK_HOST = "network.host"
    SECURITY_INSECURE = "security.insecure"


class NoCommand(Struct, frozen=True, kw_only=True, tag_field="kind", tag="none"):
    """The source is built as it is."""


class InContainer(Struct, frozen=True, kw_only=True, tag_field="kind", tag="container"):
    """Run in a container of its own that is thrown away afterwards, on a copy of the source."""

    image: Annotated[
        str,
        Meta(min_length=1, max_length=512, pattern=r"^[^\s\x00-][^\s\x00]*$"),
        shown("Image", "What it runs in: `node:24`. It is pulled if the builder has not got it."),
    ]
    command: Annotated[_Argv, shown("Command", "The program and its arguments; the source is the folder it runs in.")]


class OnHost(Struct, frozen=True, kw_only=True, tag_field="kind", tag="host"):
    """Run on the builder's host itself, as the periphery's user: a host power."""

    command: Annotated[_Argv, shown("Command", "The program and its arguments; the source is the folder it runs in.")]


class Limits(Struct, frozen=True, kw_only=True):
    """What a build may use at most; 0: the host's own default."""

    memory: int = 0
    """Bytes, swap included."""
    cpus: float = 0.0
    processes: int = 0
    """Processes and threads."""
    output: int = 0
    """Bytes."""


class Built(Struct, frozen=True, kw_only=True):
    """The outcome of a successful build."""

    image_id: str
    tags: tuple[str, ...]
    commit: str
    """Full hash of the commit that was built."""
    message: str = ""
    """First line of its commit message."""
    pushed: tuple[Delivery, ...] = ()
    """What became of `BuildImage.push`; the image is made all the same where one failed."""


class BuildImage(HostJob[Built], frozen=True, kw_only=True, tag="build.image"):
    """Fetch the source afresh and build it. Steps: clone (or write) → before, if anything is → build → inspect → push,
    where told.
    """

    time_limit: ClassVar[float] = 3600.0

    source: GitSource | None = None
    """None: the Dockerfile is `written`, and there is nothing beside it."""
    auth: GitAuth | None = None
    written: str = ""
    """The Dockerfile's text."""
    context: str = "."
    """Folder inside the source that is sent to Docker."""
    dockerfile: str = "Dockerfile"
    """Path inside the context folder."""
    before: NoCommand | InContainer | OnHost = NoCommand()
    """What is done to the source before it is built."""
    maker: Maker = Maker.AUTO
    target: str = ""
    """The Dockerfile's stage to build; empty: the last."""
    platform: str = ""
    network: BuildNetwork = BuildNetwork.DEFAULT
    entitlements: tuple[Entitlement, ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()
    """Build arguments; not for secrets, they stand in the image's history."""
    secrets: tuple[tuple[Annotated[str, Meta(pattern=MOUNTED)], str], ...] = ()
    """Id and value of what RUN steps may mount; only BuildKit can give them without leaving them in the image."""
    labels: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    """Full image references to give the result; `{commit}` and `{short_commit}` in them are filled in here."""
    accounts: tuple[RegistryAuth, ...] = ()
    """Who base images are asked for as, one for each registry."""
    push: tuple[Destination, ...] = ()
    """Where it goes once it is made; placeholders as in `tags`."""
    pull: bool = False
    """Ask the registry for a newer base image even if one is there."""
    no_cache: bool = False
    limits: Limits = Limits()
