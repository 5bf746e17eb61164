"""Phrases: figures, durations and rules as people read them. Pure."""

from typing import Any

from monitor.kernel.measures import OF_CONTAINERS
from monitor.resources.alert_rule.conditions import (
    ContainerFigure,
    DiskFull,
    Failed,
    RestartLoop,
    ServerFigure,
    kind_of,
)
from monitor.resources.alert_rule.figures import OF_SERVERS

_BYTES = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
_SAID = {
    "unreachable": "server does not answer",
    "docker_silent": "Docker does not answer",
    "agent_old": "periphery is older than core",
    "exited": "container has ended",
    "unhealthy": "container is unhealthy",
    "oom_killed": "container ran out of memory",
    "missing": "deployment's container is gone",
    "drifted": "deployment was changed outside Monitor",
    "image_update": "a newer image is there",
}


def figure_in_words(value: float, unit: str) -> str:
    """`93 %`, `1.5 GiB`, `4.2 h`."""
    if unit == "percent":
        return f"{value:.3g} %" if value < 1000 else f"{value:.0f} %"
    if unit in ("bytes", "space", "rate"):
        return _bytes(value) + ("/s" if unit == "rate" else "")
    if unit == "celsius":
        return f"{value:.0f} °C"
    if unit == "hours":
        return f"{value:.1f} h" if value < 10 else f"{value:.0f} h"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def span_in_words(seconds: float) -> str:
    """`40 s`, `5 min`, `1 h 30 min`, `3 d 4 h`."""
    whole = max(0, round(seconds))
    if whole < 120:
        return f"{whole} s"
    minutes = whole // 60
    if minutes < 120:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def title_of(what: Any) -> str:
    """Of a condition: `CPU`, `file system /srv`, `container has ended`."""
    match what:
        case ServerFigure():
            measure = OF_SERVERS.get(what.measure)
            title = measure.title if measure else what.measure
            return f"{title} {what.of}" if what.of else title
        case ContainerFigure():
            measure = OF_CONTAINERS.get(what.measure)
            return f"container's {measure.title if measure else what.measure}"
        case DiskFull():
            return f"file system {what.of} is full".replace("  ", " ")
        case RestartLoop():
            return f"container restarted {what.times} times in {what.minutes} min"
        case Failed():
            return f"{what.doing.value} failed"
        case _:
            return _SAID[kind_of(what)]


def rule_in_words(config: Any, unit: str) -> str:
    """`CPU from 90 %, critical from 98 %, for 15 min`."""
    title = title_of(config.what)
    under = isinstance(config.what, DiskFull) or getattr(config.what, "under", False)
    word = "within" if unit == "hours" else "below" if under else "from"
    levels: list[str] = []
    if config.warning is not None:
        levels.append(f"{word} {figure_in_words(config.warning, unit)}")
    if config.critical is not None:
        levels.append(f"critical {word} {figure_in_words(config.critical, unit)}")
    text = f"{title} {', '.join(levels)}".strip()
    text += f", for {span_in_words(config.lasts)}" if config.lasts else ""
    return text[:1].upper() + text[1:]


def _bytes(value: float) -> str:
    for unit in _BYTES[:-1]:
        if abs(value) < 1024:
            return f"{value:.3g} {unit}"
        value /= 1024
    return f"{value:.3g} {_BYTES[-1]}"
