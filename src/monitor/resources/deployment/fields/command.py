"""Command: what runs in the container, as whom, and how it is ended."""

from typing import Annotated

from msgspec import Meta

from monitor.kernel.marks import shown
from monitor.resources.deployment.fields.links import DOCKERFILE, RUN
from monitor.resources.deployment.values import Argument

_GROUP = "Command"

Entrypoint = Annotated[
    tuple[Argument, ...],
    Meta(max_length=1000),
    shown(
        "Entrypoint",
        "Replaces the image's; a list, no shell. One empty item: none at all.",
        group=_GROUP,
        docs=f"{DOCKERFILE}#entrypoint",
    ),
]
Command = Annotated[
    tuple[Argument, ...],
    Meta(max_length=1000),
    shown("Command", "Replaces the image's; a list, no shell.", group=_GROUP, docs=f"{DOCKERFILE}#cmd"),
]
WorkingDir = Annotated[
    str,
    Meta(max_length=4096, pattern=r"^(/[^\x00]*)?$"),
    shown("Working directory", "Absolute path inside; empty: the image's.", group=_GROUP, docs=f"{RUN}#workdir"),
]
User = Annotated[
    str,
    Meta(max_length=256, pattern=r"^([a-zA-Z0-9_][a-zA-Z0-9_.-]*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]*)?)?$"),
    shown("User", "`USER` or `USER:GROUP`, names or numbers; empty: the image's.", group=_GROUP, docs=RUN),
]
Init = Annotated[
    bool,
    shown("Init", "Docker's own init ends zombies and passes signals on.", group=_GROUP, docs=f"{RUN}#init"),
]
Tty = Annotated[bool, shown("Terminal", "Give the program a terminal to write to.", group=_GROUP, docs=RUN)]
OpenStdin = Annotated[bool, shown("Keep input open", "Its standard input stays open.", group=_GROUP, docs=RUN)]
SIGNAL = r"^([A-Z][A-Z0-9]*([+-][0-9]{1,2})?|[0-9]{1,2})?$"
"""`SIGQUIT`, `QUIT`, `SIGRTMIN+3` or a number; or nothing."""
StopSignal = Annotated[
    str,
    Meta(max_length=32, pattern=SIGNAL),
    shown(
        "Stop signal",
        "What ends it: `SIGQUIT`, or a number; empty: the image's, else TERM.",
        group=_GROUP,
        docs=f"{RUN}#stop-signal",
    ),
]
StopTimeout = Annotated[
    int,
    Meta(ge=0, le=3600),
    shown("Stop timeout", "Seconds between the stop signal and KILL.", group=_GROUP, docs=f"{RUN}#stop-timeout"),
]
