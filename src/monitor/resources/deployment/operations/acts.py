"""Verbs on the container as it is."""

from typing import Annotated, ClassVar

from msgspec import Meta

from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, StepInfo
from monitor.resources.deployment.fields.command import SIGNAL
from monitor.resources.deployment.fields.links import DOCS

VOLUMES_STAY = "Every volume stays"

Timeout = Annotated[
    int,
    Meta(ge=0, le=3600),
    shown(
        "Timeout",
        "Seconds between the stop signal and KILL; empty: the deployment's own.",
        docs=f"{DOCS}/reference/cli/docker/container/stop/",
    ),
]


class Start(Action, frozen=True, kw_only=True, tag="deployment.start"):
    """Start the container as it is."""

    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("start", "Start the container"),)


class Stop(Action, frozen=True, kw_only=True, tag="deployment.stop"):
    """Stop the container: its stop signal, and KILL after its stop timeout."""

    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("stop", "Stop the container"),)
    meanwhile: ClassVar[str] = VOLUMES_STAY

    signal: Annotated[
        str,
        Meta(max_length=32, pattern=SIGNAL),
        shown(
            "Signal",
            "What ends it this once: `SIGQUIT`, or a number; empty: its own stop signal.",
            docs=f"{DOCS}/reference/cli/docker/container/stop/",
        ),
    ] = ""
    timeout: Timeout | None = None


class Restart(Action, frozen=True, kw_only=True, tag="deployment.restart"):
    """Stop and start the container as it is."""

    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("restart", "Restart the container"),)
    meanwhile: ClassVar[str] = "The container is back in a moment"

    timeout: Timeout | None = None


class Pause(Action, frozen=True, kw_only=True, tag="deployment.pause"):
    """Freeze every process of the container where it stands."""

    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("pause", "Pause the container"),)


class Unpause(Action, frozen=True, kw_only=True, tag="deployment.unpause"):
    """Let the processes of a paused container go on."""

    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("unpause", "Unpause the container"),)


class Kill(Action, frozen=True, kw_only=True, tag="deployment.kill"):
    """Send the container a signal: KILL, which gives it no time to save anything, or another."""

    danger: ClassVar[bool] = True
    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("kill", "Signal the container"),)

    signal: Annotated[
        str,
        Meta(max_length=32, pattern=SIGNAL, min_length=1),
        shown("Signal", "`SIGHUP`, or a number.", docs=f"{DOCS}/reference/cli/docker/container/kill/"),
    ] = "SIGKILL"


class Remove(Action, frozen=True, kw_only=True, tag="deployment.remove"):
    """Remove the container; the deployment and every volume stay."""

    danger: ClassVar[bool] = True
    steps: ClassVar[tuple[StepInfo, ...]] = (StepInfo("remove", "Remove the container"),)
    meanwhile: ClassVar[str] = VOLUMES_STAY


ACTS = (Start, Stop, Restart, Pause, Unpause, Kill)
REMOVING = (Remove,)
