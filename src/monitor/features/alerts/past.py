"""Past: rows of figures a rule would have seen, from what history has. Pure."""

from monitor.features.alerts.growth import Growth
from monitor.kernel.measures import plain
from monitor.kernel.past import Past, PastSeries
from monitor.resources.alert_rule.conditions import Condition, ContainerFigure, DiskFull, ServerFigure
from monitor.resources.alert_rule.figures import PAST_OF

Row = list[tuple[float, float | None]]
"""Moments, each at the end of its point, with the figure; None where nothing was measured."""


def wanted_of(what: Condition) -> tuple[str, ...]:
    """Names under which history has what a condition looks at."""
    match what:
        case DiskFull():
            return PAST_OF["disk"]
        case ServerFigure() if what.measure == "load_per_core":
            return ("load5",)
        case ServerFigure():
            return PAST_OF.get(what.measure, (what.measure,))
        case ContainerFigure():
            return (what.measure,)
        case _:
            return ()


def rows_of(what: Condition, past: Past, cores: int) -> dict[str, Row]:
    """By thing; `cores` is how many the server has now."""
    of = getattr(what, "of", "")
    series = {one.key: one for one in past.series}
    rows: dict[str, Row] = {}
    for key, one in series.items():
        name, _, thing = key.partition(":")
        if of and thing != of:
            continue
        total = series.get(f"disk_total:{thing}")
        if isinstance(what, DiskFull):
            if name == "disk_used" and total is not None:
                rows[thing] = _hours(past, one, total)
        elif isinstance(what, ServerFigure) and what.measure == "disk":
            if name == "disk_used" and total is not None:
                rows[thing] = _row(past, _shares(one, total))
        elif isinstance(what, ServerFigure) and what.measure == "load_per_core":
            rows[thing] = _row(past, [v / cores if v is not None else None for v in one.mean]) if cores else []
        elif plain(key) in wanted_of(what):
            rows[thing] = _row(past, list(one.mean))
    return rows


def _row(past: Past, values: list[float | None]) -> Row:
    begin = past.since.timestamp() + past.step
    return [(begin + number * past.step, value) for number, value in enumerate(values)]


def _shares(used: PastSeries, total: PastSeries) -> list[float | None]:
    return [100 * u / t if u is not None and t else None for u, t in zip(used.mean, total.mean, strict=False)]


def _hours(past: Past, used: PastSeries, total: PastSeries) -> Row:
    growth, row = Growth(), list[tuple[float, float | None]]()
    begin = past.since.timestamp() + past.step
    for number, (u, t) in enumerate(zip(used.mean, total.mean, strict=False)):
        at = begin + number * past.step
        row.append((at, growth.put(at, u, t) if u is not None and t else None))
    return row
