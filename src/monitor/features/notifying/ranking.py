"""Ranking: which events of many are told, where only so many are. Pure."""

from collections.abc import Sequence

from monitor.kernel.alerts import AlertChange, AlertEvent, Severity


def rank(event: AlertEvent) -> int:
    """The worst has the lowest."""
    if event.change is AlertChange.RESOLVED:
        return 2
    return 0 if event.alert.severity is Severity.CRITICAL else 1


def worst(events: Sequence[AlertEvent], most: int) -> tuple[AlertEvent, ...]:
    """So many of them, of those alike the newest; in the order they had."""
    kept = sorted(range(len(events)), key=lambda place: (rank(events[place]), -place))[:most]
    return tuple(events[place] for place in sorted(kept))
