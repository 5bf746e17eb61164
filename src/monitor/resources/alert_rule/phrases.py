"""Phrases: figures, durations and rules as people read them. Pure."""

from typing import Any

from monitor.kernel.amounts import bytes_in_words, digits, percent_in_words
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
    """`93%`, `1.50 GiB`, `4.2 h`."""
    if unit == "percent":
        return percent_in_words(value)
    if unit in ("bytes", "space", "rate"):
        return bytes_in_words(value) + ("/s" if unit == "rate" else "")
    if unit == "celsius":
        return f"{value:.0f} °C"
    if unit == "hours":
        return f"{value:.1f}".removesuffix(".0") + " h" if value < 10 else f"{value:.0f} h"
    return f"{value:.0f}" if unit == "count" else digits(value)


def level_in_words(value: float, unit: str) -> str:
    """The same of a level, to the digit somebody gave it: `97.5%`."""
    return f"{value:.10g}%" if unit == "percent" else figure_in_words(value, unit)


def span_in_words(seconds: float) -> str:
    """`40 s`, `5 min`, `1 h`, `1 h 30 min`, `3 d 4 h`."""
    whole = max(0, round(seconds))
    if whole < 60 or (whole < 120 and whole % 60):
        return f"{whole} s"
    minutes = whole // 60
    if minutes < 60:
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
    """`CPU from 90%, critical from 98%, for 15 min`."""
    title = title_of(config.what)
    word = "within" if unit == "hours" else "below" if is_under(config.what) else "from"
    levels: list[str] = []
    if config.warning is not None:
        levels.append(f"{word} {level_in_words(config.warning, unit)}")
    if config.critical is not None:
        levels.append(f"critical {word} {level_in_words(config.critical, unit)}")
    text = f"{title} {', '.join(levels)}".strip()
    text += f", for {span_in_words(config.lasts)}" if config.lasts else ""
    return text[:1].upper() + text[1:]
