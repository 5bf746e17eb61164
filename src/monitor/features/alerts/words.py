"""Words: what an alert says: what, where, since when and how much, in one sentence. Pure."""

import re
from datetime import datetime
from typing import NamedTuple

from monitor.features.alerts.rulebook import Watch
from monitor.kernel.alerts import Subject
from monitor.resources.alert_rule.conditions import ContainerFigure, DiskFull, ServerFigure
from monitor.resources.alert_rule.phrases import figure_in_words, level_in_words, measured, span_in_words

_CONDITIONS = {
    "unreachable": "does not answer",
    "docker_silent": "Docker does not answer",
    "agent_old": "has an older periphery than core",
    "exited": "has ended",
    "unhealthy": "is unhealthy",
    "restart_loop": "restarts again and again",
    "oom_killed": "ran out of memory",
    "missing": "has no container any more",
    "drifted": "was changed outside Monitor",
    "image_update": "has a newer image",
}
_FAILED = {"build": "the last build failed", "deployment": "the last deploy failed"}
_SEVERAL = (
    *("read", "written", "device_read", "device_written", "inodes", "disk_inodes", "failed_units", "pids"),
    *("docker_images", "docker_containers", "docker_volumes"),
)
"""Figures whose titles are in the plural."""


_SO_LONG = re.compile(r"(, since [^,]* UTC), for [^,;]*$")


class Told(NamedTuple):
    """What is known of it."""

    value: float | None
    limit: float | None
    text: str
    since: datetime
    at: float


def sentence(watch: Watch, subject: Subject, told: Told) -> str:
    """`server web-1: CPU is 97% (level 90%), since 2026-05-01 08:12 UTC, for 15 min`."""
    said = _figure(watch, subject, told.value, told.limit) or _condition(watch, subject, told.text)
    lasted = told.at - told.since.timestamp()
    span = f", for {span_in_words(lasted)}" if lasted >= 1 else ""
    return f"{_who(watch, subject)}: {said}, since {told.since:%Y-%m-%d %H:%M} UTC{span}"


def ended(message: str, at: datetime, why: str) -> str:
    """The same once it is over: how long that was is said by both ends, not by when it was looked at last."""
    message = _SO_LONG.sub(r"\1", message)
    reason = f" ({why})" if why else ""
    return f"{message}; over at {at:%Y-%m-%d %H:%M} UTC{reason}"


def _who(watch: Watch, subject: Subject) -> str:
    if subject.what and subject.type == "server" and not isinstance(watch.what, ServerFigure | DiskFull):
        return f"container {subject.what} on {subject.name}"
    return f"{subject.type} {subject.name}"


def _figure(watch: Watch, subject: Subject, value: float | None, limit: float | None) -> str:
    match watch.what:
        case ServerFigure():
            title = f"{measured(watch.what)} {subject.what}" if subject.what else measured(watch.what)
        case ContainerFigure():
            title = measured(watch.what)
        case DiskFull():
            if value is None:
                return f"file system {subject.what} fills up"
            return f"file system {subject.what} is full in {figure_in_words(value, watch.unit)} if it goes on like this"
        case _:
            return ""
    if value is None:
        return f"{title} is not known now"
    level = f" (level {level_in_words(limit, watch.unit)})" if limit is not None else ""
    verb = "are" if watch.what.measure in _SEVERAL else "is"
    return f"{title} {verb} {figure_in_words(value, watch.unit)}{level}"


def _condition(watch: Watch, subject: Subject, text: str) -> str:
    said = _CONDITIONS.get(watch.kind) or _FAILED.get(subject.type, "failed")
    text = text.rstrip(". ")
    if text.startswith("exit code ") and watch.kind == "exited":
        return f"ended with {text}"
    if text.startswith(said) or "outside Monitor" in text:
        return text
    return f"{said}: {text}" if text else said
