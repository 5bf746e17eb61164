"""Facts: whether a condition holds of a resource, from what core knows of it now. Pure.

None is: not known. What cannot be seen, since its server or Docker does not answer or it is being worked on, neither
opens nor ends an alert.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from monitor.features.activity.spec import Run
from monitor.features.alerts.causes import Cause
from monitor.kernel.activity import State
from monitor.kernel.hostview import Container, HostView, Link
from monitor.resources.alert_rule.conditions import (
    AgentOld,
    Condition,
    DockerSilent,
    Doing,
    Drifted,
    Exited,
    Failed,
    Missing,
    NewerImage,
    OomKilled,
    RestartLoop,
    Unhealthy,
    Unreachable,
)
from monitor.resources.deployment.newer import UpdateState

_RESTARTED = re.compile(r",? ?restarted (once|\d+ times)")
"""What is said already: how often within the time its rule counts."""
_STARVED = "out of memory"
_NOT_TRIED = "connecting"
_NOT_SEEN = "it has not answered since the link is back"
_ENDED = ("exited", "dead")
_ASKED_TO_END = ("deployment.stop", "deployment.kill")
_WRONG_CLOCKS = timedelta(minutes=15)
"""An end that much later than it was asked for was not: a signal need not end anything, and somebody else may have
started it again. When it ended is by the host's clock.
"""
_ASKED_TO_GO = ("deployment.remove", "deployment.delete")
_DOING = {
    Doing.BUILD: ("build.run", "build.run_branch"),
    Doing.DEPLOY: ("deployment.deploy", "deployment.roll_back", "deployment.update_image"),
}
_BAD_ENDS = (State.FAILED, State.INTERRUPTED)


class Fact(Struct, frozen=True):
    """Whether it holds, and what there is to say."""

    holds: bool | None
    text: str = ""
    at: datetime | None = None
    """When that began, where somebody knows."""
    activity: str = ""
    cause: Cause | None = None
    """What explains it, where that is an alert too."""
    worse: bool = False
    """It is as bad as what it explains, which is critical."""


UNKNOWN, NO = Fact(None), Fact(False)


class Lately(Struct, frozen=True):
    """What a container's present state does not show."""

    restarts: int = 0
    """In the time its rule counts."""
    of_memory: int = 0
    """So many of these because it had run out of memory."""
    starved: bool = False
    """The kernel killed it, or a process in it, for want of memory just now."""


def of_server(what: Condition, view: HostView | None, version: str) -> Fact:
    """Of a server that has joined and is enabled."""
    if view is None or view.link is Link.NEVER or view.reason == _NOT_TRIED:
        return UNKNOWN
    up = view.link is Link.UP
    match what:
        case Unreachable():
            return NO if up else Fact(True, view.reason, view.since)
        case DockerSilent() if up and view.reason != _NOT_SEEN:
            return NO if view.docker else Fact(True, view.reason, view.since)
        case AgentOld() if up and view.agent is not None:
            old = is_older(view.agent.version, version)
            return Fact(True, f"{view.agent.version} instead of {version}") if old else NO
        case _:
            return UNKNOWN


def of_container(what: Condition, container: Container, lately: Lately, runs: Iterable[Run] = ()) -> Fact:
    """Of a container as it was seen last. One that Monitor was asked to stop troubles nobody any more."""
    stopped = container.state in _ENDED and _was_asked_for(container, runs)
    return NO if stopped else _of_container(what, container, lately)


def _of_container(what: Condition, container: Container, lately: Lately) -> Fact:
    match what:
        case Exited():
            bad = container.state in _ENDED and (what.any_code or container.exit_code not in (0, None))
            cause = Cause.MEMORY if _STARVED in container.reason else None
            return Fact(True, container.reason, container.finished, cause=cause) if bad else NO
        case Unhealthy() if container.health == "starting":
            return UNKNOWN
        case Unhealthy():
            bad = container.health == "unhealthy" and container.state == "running"
            return Fact(True, container.reason) if bad else NO
        case RestartLoop():
            return _of_restarts(what, container, lately)
        case OomKilled():
            return _of_memory(container, lately)
        case _:
            return UNKNOWN


def _of_restarts(what: RestartLoop, container: Container, lately: Lately) -> Fact:
    """Explained by want of memory where there would be no loop without it."""
    if lately.restarts < what.times:
        return NO
    counted = f"{lately.restarts} restarts in {what.minutes} min"
    if lately.restarts - lately.of_memory < what.times:
        return Fact(True, counted, cause=Cause.MEMORY)
    return Fact(True, ", ".join(filter(None, (counted, _RESTARTED.sub("", container.reason)))))


def _of_memory(container: Container, lately: Lately) -> Fact:
    """As long as Docker says so; and for a while of one that runs again, or in which only a process was killed."""
    if _STARVED in container.reason:
        return Fact(True, container.reason.replace(f", {_STARVED}", ""), container.finished)
    return Fact(True, _of_kill(container), container.out_of_memory) if lately.starved else NO


def _of_kill(container: Container) -> str:
    """Docker tells of a kill before the end it leads to, if it does."""
    if container.state != "running":
        return container.reason
    killed, started = container.out_of_memory, container.started
    again = killed is not None and started is not None and started >= killed
    return "it was killed, and runs again" if again else "the kernel killed a process in it"


def of_deployment(what: Condition, config: Any, info: Any, status: Any, runs: Iterable[Run]) -> Fact:
    """Of a deployment as a whole, whose server and Docker answer."""
    match what:
        case Missing():
            here = info.deployed is not None and info.server in ("", config.server)
            last = _newest(runs)
            asked = last is not None and last.operation in _ASKED_TO_GO
            gone = here and status.state == "not_deployed" and not asked
            return Fact(True, status.reason) if gone else NO
        case Drifted():
            return Fact(True, status.drift) if status.drift else NO
        case NewerImage():
            return _of_update(config, status)
        case _:
            return UNKNOWN


def of_runs(what: Failed, runs: Iterable[Run], since: float) -> Fact:
    """Of the last build or deploy that came to an end; what ended before the rule was made counts for nothing."""
    names = _DOING[what.doing]
    told = [run for run in runs if run.operation in names and run.state is not State.CANCELLED]
    if not told or told[-1].ended.timestamp() < since:
        return NO
    last = told[-1]
    text = last.error.partition("\n")[0][:300]
    return Fact(True, text, last.ended, last.activity) if last.state in _BAD_ENDS else NO


def is_older(version: str, than: str) -> bool:
    """Whether one version comes before another; what is no version is not older."""
    try:
        mine, other = ([int(part) for part in text.split("+")[0].split(".")[:3]] for text in (version, than))
    except ValueError:
        return False
    return mine < other


def _of_update(config: Any, status: Any) -> Fact:
    update = status.update
    if update is None or config.auto_update.__struct_config__.tag != "off":
        return NO
    if update.state is UpdateState.UNKNOWN:
        return UNKNOWN
    return Fact(True, update.version or update.newest[:19]) if update.state is UpdateState.AVAILABLE else NO


def _was_asked_for(container: Container, runs: Iterable[Run]) -> bool:
    last = _newest(runs)
    if last is None or last.operation not in _ASKED_TO_END:
        return False
    return container.finished is None or container.finished <= last.ended + _WRONG_CLOCKS


def _newest(runs: Iterable[Run]) -> Run | None:
    """What succeeded last."""
    return next((run for run in reversed(tuple(runs)) if run.state is State.SUCCEEDED), None)
