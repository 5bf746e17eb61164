"""Fields: how a build's config says by whom, from what and within which limits its image is made."""

import shlex
from typing import Annotated, Any

from msgspec import Meta, Struct

from monitor.abilities.build.calls import MOUNTED, BuildNetwork, Entitlement, InContainer, Maker, NoCommand, OnHost
from monitor.kernel.marks import SECRET, host_power, shown, text_form
from monitor.kernel.permission import HostPower
from monitor.resources.deployment.text import size

_DOCS = "https://docs.docker.com"
_BUILD = f"{_DOCS}/build"
_CLI = f"{_DOCS}/reference/cli/docker/buildx/build"
_LIMITS = f"{_DOCS}/engine/containers/resource_constraints"
MOST_SECRETS = 20
LONGEST_SECRET = 65_536


class BuildSecret(Struct, frozen=True, kw_only=True):
    """A value that single steps may mount, and that is no part of the image."""

    name: Annotated[
        str,
        Meta(pattern=MOUNTED, max_length=128),
        shown("Name", "Its id in the Dockerfile: `RUN --mount=type=secret,id=NAME …` finds it in `/run/secrets/NAME`."),
    ]
    value: Annotated[
        Annotated[str, Meta(max_length=LONGEST_SECRET, pattern=r"^[^\x00]*$")] | None,
        SECRET,
        shown("Value", "Never shown again; leave it out to keep it.", lines=True),
    ] = None


def secret_of(text: str) -> dict[str, Any]:
    """`NAME=value`; ValueError without a `=`."""
    name, found, value = text.partition("=")
    if not found:
        raise ValueError("a secret is written NAME=value")
    return {"name": name, "value": value}


def before_of(text: str) -> dict[str, Any]:
    """`container IMAGE COMMAND …`, `host COMMAND …` or `none`, words quoted as a shell has them."""
    try:
        kind, *words = shlex.split(text)
    except ValueError:  # nothing, or a quote that does not end
        kind, words = "", []
    if kind == "container" and len(words) > 1:
        return {"kind": "container", "image": words[0], "command": words[1:]}
    if kind == "host" and words:
        return {"kind": "host", "command": words}
    if kind == "none" and not words:
        return {"kind": "none"}
    raise ValueError(f"{text!r} is no command; write container IMAGE COMMAND …, host COMMAND …, or none")


Before = Annotated[
    NoCommand | InContainer | OnHost,
    host_power(HostPower.COMMAND),
    text_form(before_of, "container node:24 npm ci"),
    shown(
        "Command before",
        "Prepares the source, in a container that is thrown away afterwards; on the host itself it is a host power.",
        group="Before the build",
        docs=f"{_DOCS}/reference/cli/docker/container/run/",
    ),
]
MadeBy = Annotated[
    Maker,
    shown(
        "Built by",
        "`auto`: BuildKit where the builder has docker buildx, else Docker's classic builder.",
        group="Build",
        docs=f"{_BUILD}/buildkit/",
    ),
]
Target = Annotated[
    str,
    Meta(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]*)?$", max_length=128),
    shown("Target", "Stage of the Dockerfile; empty: the last one.", group="Build", docs=f"{_CLI}/#target"),
]
Platform = Annotated[
    str,
    Meta(pattern=r"^([a-z0-9]+/[a-z0-9_]+(/[a-z0-9]+)?)?$", max_length=64),
    shown(
        "Platform",
        "`linux/arm64`; empty: the builder's own. Steps of another one need an emulator there.",
        group="Build",
        docs=f"{_BUILD}/building/multi-platform/",
    ),
]
Network = Annotated[
    BuildNetwork,
    host_power(HostPower.BUILD),
    shown(
        "Network",
        "What RUN steps reach: as containers do, nothing, or (a host power) all that the host does.",
        group="Build",
        docs=f"{_CLI}/#network",
    ),
]
Entitlements = Annotated[
    tuple[Entitlement, ...],
    Meta(max_length=2),
    host_power(HostPower.BUILD),
    shown(
        "Entitlements",
        "What single steps may do beyond a container's powers, by BuildKit only; each is a host power.",
        group="Build",
        docs=f"{_CLI}/#allow",
    ),
]
Secrets = Annotated[
    tuple[BuildSecret, ...],
    Meta(max_length=MOST_SECRETS),
    text_form(secret_of, "NAME=value"),
    shown(
        "Secrets",
        "For `RUN --mount=type=secret,id=NAME`: never in the image or its history. They need BuildKit on the builder.",
        group="Build",
        docs=f"{_BUILD}/building/secrets/",
    ),
]
Memory = Annotated[
    int,
    Meta(ge=0, le=2**50),
    text_form(size, "2g"),
    shown(
        "Memory",
        "Bytes the build's steps may use at most; 0: half of the builder's.",
        group="Limits",
        docs=f"{_LIMITS}/#memory",
    ),
]
Cpus = Annotated[
    float,
    Meta(ge=0, le=4096),
    shown(
        "CPUs",
        "Processors its steps may keep busy; 0: all of the builder's but one, three quarters of fewer than four.",
        group="Limits",
        docs=f"{_LIMITS}/#cpu",
    ),
]
Processes = Annotated[
    int,
    Meta(ge=0, le=4_194_304),
    shown("Process limit", "Processes and threads its steps may have; 0: 4096.", group="Limits", docs=_LIMITS),
]
OutputLimit = Annotated[
    int,
    Meta(ge=0, le=2**30),
    text_form(size, "64m"),
    shown("Output limit", "Bytes it may print; then it is ended. 0: 64 MiB.", group="Limits"),
]
TimeLimit = Annotated[int, Meta(ge=10, le=86_400), shown("Time limit", "Seconds; then it is ended.", group="Limits")]
