"""Behaviour: what happens over the container's life, where its log goes, and what is written on it."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import host_power, shown, text_form
from monitor.kernel.permission import HostPower
from monitor.resources.deployment import text
from monitor.resources.deployment.fields.links import DOCS, LOGGING, RUN
from monitor.resources.deployment.values import RestartPolicy, Value
from monitor.resources.deployment.values import UpdateOrder as Order

_LOGGING, _GROUP = "Logging", "Behaviour"
_Key = Annotated[str, Meta(max_length=512, pattern=r"^[^\x00=\s][^\x00=]*$")]


class ContainerLabel(Struct, frozen=True, kw_only=True):
    """A label of the container."""

    name: Annotated[_Key, shown("Name", "Not `monitor.…`: those are Monitor's own.")]
    value: Annotated[Value, shown("Value", "What other programs read; may be empty.")] = ""


class LogOption(Struct, frozen=True, kw_only=True):
    """An option of the log driver."""

    name: Annotated[_Key, shown("Name", "`max-size`, `max-file`, …")]
    value: Annotated[Value, shown("Value", "As the driver takes it.")] = ""


LogDriver = Annotated[
    str,
    Meta(max_length=256, pattern=r"^([a-zA-Z0-9][a-zA-Z0-9_./:-]*)?$"),
    host_power(HostPower.RAW),
    shown(
        "Log driver",
        "Empty: the host's. `json-file`, `local`, `journald` and `none`; all others are a host power.",
        group=_LOGGING,
        docs=f"{LOGGING}#supported-logging-drivers",
    ),
]
LogOptions = Annotated[
    tuple[LogOption, ...],
    Meta(max_length=50),
    host_power(HostPower.RAW),
    text_form(text.variable, "max-size=10m"),
    shown("Log options", "`max-size=10m` keeps the log small.", group=_LOGGING, docs=f"{LOGGING}#configure"),
]
Restart = Annotated[
    RestartPolicy,
    shown(
        "Restart policy",
        "When Docker starts it again by itself.",
        group=_GROUP,
        docs=f"{DOCS}/engine/containers/start-containers-automatically/",
    ),
]
RestartMaxRetries = Annotated[
    int,
    Meta(ge=0, le=10_000),
    shown("Restarts at most", "Only with `on-failure`; 0: without end.", group=_GROUP, docs=f"{RUN}#restart"),
]
StableFor = Annotated[
    float,
    Meta(ge=0, le=600),
    shown(
        "Stable for",
        "Seconds a new container must stay up to count as running.",
        group=_GROUP,
        docs=f"{DOCS}/engine/containers/start-containers-automatically/#restart-policy-details",
    ),
]
UpdateOrder = Annotated[
    Order,
    shown(
        "Update order",
        "start-first: the new container starts beside the old one where nothing exclusive is held; "
        "stop-first: never two at once.",
        group=_GROUP,
        docs=f"{DOCS}/reference/cli/docker/service/update/#update-order",
    ),
]
Labels = Annotated[
    tuple[ContainerLabel, ...],
    Meta(max_length=500),
    text_form(text.variable, "traefik.enable=true"),
    shown("Labels", "What other programs read on the container.", group="Advanced", docs=f"{RUN}#label"),
]
HostConfig = Annotated[
    str,
    Meta(max_length=65_536, pattern=r"^[^\x00]*$"),
    host_power(HostPower.RAW),
    shown(
        "HostConfig",
        "A JSON object laid over the Engine's HostConfig, for what has no field here; the unknown is a host power.",
        group="Advanced",
        lines=True,
        docs=f"{DOCS}/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerCreate",
    ),
]
