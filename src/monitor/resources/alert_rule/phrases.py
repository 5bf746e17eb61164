"""Phrases: figures, durations and rules as people read them. Pure."""

from typing import Any

from monitor.resources.alert_rule.conditions import (
    ContainerFigure,
    DiskFull,
    Failed,
    RestartLoop,
    ServerFigure,
    is_under,
    kind_of,
    measure_of,
)

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
        return f"{value:.1f}".removesuffix(".0") + " h" if value < 10 else f"{value:.0f} h"
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
            return f"{measured(what)} {what.of}" if what.of else measured(what)
        case ContainerFigure():
            return f"container's {measured(what)}"
        case DiskFull():
            return f"file system {what.of} is full".replace("  ", " ")
        case RestartLoop():
            return f"container restarted {what.times} times in {what.minutes} min"
        case Failed():
            return f"{what.doing.value} failed"
        case _:
            return _SAID[kind_of(what)]


def measured(what: ServerFigure | ContainerFigure) -> str:
    """The title of its figure."""
    measure = measure_of(what)
    return measure.title if measure else what.measure


def rule_in_words(config: Any, unit: str) -> str:
    """`CPU from 90 %, critical from 98 %, for 15 min`."""
    title = title_of(config.what)
    word = "within" if unit == "hours" else "below" if is_under(config.what) else "from"
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
