"""What can be asked of containers that belong to no deployment. They take *execute* on the server and `unmanaged`."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.abilities.unmanaged.calls import AT_ONCE
from monitor.kernel.marks import shown
from monitor.kernel.operation import Action

Containers = Annotated[
    tuple[Annotated[str, Meta(min_length=1, max_length=255)], ...],
    Meta(max_length=AT_ONCE),
    shown("Containers", "Names or ids of containers that belong to no deployment."),
]
Project = Annotated[
    str, Meta(max_length=255), shown("Compose project", "All of its containers, instead of naming them.")
]
Timeout = Annotated[
    int,
    Meta(ge=0, le=3600),
    shown("Timeout", "Seconds each is given to end by its stop signal, before it is killed."),
]


class OnContainers(Action, frozen=True, kw_only=True):
    """Base of what is done to several containers of one server at once."""

    part: ClassVar[str] = "containers"

    containers: Containers = ()
    project: Project = ""


class StartContainers(OnContainers, frozen=True, kw_only=True, tag="server.start_containers"):
    """Start containers that belong to no deployment."""


class StopContainers(OnContainers, frozen=True, kw_only=True, tag="server.stop_containers"):
    """Stop containers that belong to no deployment: their stop signal, and KILL after the timeout."""

    timeout: Timeout = 10


class RestartContainers(OnContainers, frozen=True, kw_only=True, tag="server.restart_containers"):
    """Stop and start containers that belong to no deployment."""

    timeout: Timeout = 10


class PauseContainers(OnContainers, frozen=True, kw_only=True, tag="server.pause_containers"):
    """Freeze all processes of containers that belong to no deployment."""


class UnpauseContainers(OnContainers, frozen=True, kw_only=True, tag="server.unpause_containers"):
    """Let frozen containers that belong to no deployment go on."""


class KillContainers(OnContainers, frozen=True, kw_only=True, tag="server.kill_containers"):
    """Send a signal to containers that belong to no deployment, KILL unless another is given."""

    signal: Annotated[
        str, Meta(pattern=r"^([A-Z][A-Z0-9+]{1,14}|[0-9]{1,2})?$"), shown("Signal", "`HUP`, `USR1`; empty: `KILL`.")
    ] = ""


class RemoveContainers(OnContainers, frozen=True, kw_only=True, tag="server.remove_containers"):
    """Stop and remove containers that belong to no deployment; every volume stays."""

    danger: ClassVar[bool] = True

    timeout: Timeout = 10


UNMANAGED = (
    StartContainers,
    StopContainers,
    RestartContainers,
    PauseContainers,
    UnpauseContainers,
    KillContainers,
    RemoveContainers,
)
