"""Causes: which alert explains which. Pure.

A server that does not answer explains all that is on it. Of one thing that goes wrong in several ways at once the
alert that says more explains the others: out of memory why a container has ended or restarts, a busy cpu why the load
is high.
"""

from enum import StrEnum

import msgspec

from monitor.resources.alert_rule.conditions import Condition, OomKilled, ServerFigure, Unreachable

_LOADS = ("load", "load5", "load15", "load_per_core")


class Cause(StrEnum):
    """What an alert may be explained by."""

    SILENCE = "silence"
    """Its server does not answer."""
    MEMORY = "memory"
    CPU = "cpu"


def explains(what: Condition) -> Cause | None:
    """As what an alert of it explains others."""
    match what:
        case Unreachable():
            return Cause.SILENCE
        case OomKilled():
            return Cause.MEMORY
        case ServerFigure(measure="cpu", under=False):
            return Cause.CPU
        case _:
            return None


def explained_by(watched: str) -> Cause | None:
    """The same, of a condition as it is stored; what is no condition any more explains nothing."""
    try:
        return explains(msgspec.json.decode(watched, type=Condition))
    except msgspec.MsgspecError:
        return None


def cause_of(what: Condition) -> Cause | None:
    """What explains a figure wherever it is bad; of other conditions the facts say so."""
    if isinstance(what, ServerFigure) and what.measure in _LOADS and not what.under:
        return Cause.CPU
    return None
