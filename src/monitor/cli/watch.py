"""Topics shown live: a state as a table that is redrawn, a log as its lines, either as JSON lines for programs."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import json

from monitor.cli.alerted import LiveAlerts
from monitor.cli.lines import Lines
from monitor.cli.show import cells_of, show_text, table, with_alerts
from monitor.cli.tables import fitted
from monitor.cli.words import plain
from monitor.features.activity.spec import OutputLine
from monitor.kernel.insides import BusyProcesses
from monitor.kernel.resource import Column
from monitor.kernel.stream import Item


def watch_json(items: Iterable[Item[Any]]) -> None:
    """Every event on a line: `{key, seq, data}`."""
    for item in items:
        sys.stdout.write(json.encode(item).decode() + "\n")
        sys.stdout.flush()


def watch_log(items: Iterable[Item[Any]]) -> None:
    """Each entry's text."""
    lines = Lines()
    for item in items:
        if isinstance(item.data, OutputLine):
            for step, text in lines.add(item.data):
                sys.stdout.write(f"{step} | {plain(text)}\n")
        elif item.data is not None:
            show_text(item.data)
        sys.stdout.flush()
    for step, text in lines.rest():
        sys.stdout.write(f"{step} | {plain(text)}\n")


def watch_state(items: Iterable[Item[Any]], columns: tuple[Column, ...], alerts: LiveAlerts | None = None) -> None:
    """A table redrawn at each change; on a pipe, the row that changed, under headings that are said once.

    `alerts`: of what can have some; news of them are among the items.
    """
    if sys.stdout.isatty():
        _redraw(items, columns, alerts)
    else:
        _say_rows(items, columns, alerts)


def redraw(tables: Iterable[tuple[Sequence[str], Sequence[Sequence[str]]]]) -> None:
    """A table that is drawn anew on a terminal; on a pipe, each below the one before it."""
    if not sys.stdout.isatty():
        said: list[list[str]] = []
        for headings, rows in tables:
            if rows and said != (said := [[*row] for row in rows]):
                table(headings, rows)
                sys.stdout.write("\n")
                sys.stdout.flush()
        return
    from rich.console import Group  # noqa: PLC0415 - only for terminals
    from rich.live import Live  # noqa: PLC0415 - the same

    with Live(refresh_per_second=8) as live:
        for headings, rows in tables:
            lines = fitted(headings, rows, shutil.get_terminal_size().columns) if rows else ["nothing waits or runs"]
            live.update(Group(*lines))


def _say_rows(items: Iterable[Item[Any]], columns: tuple[Column, ...], alerts: LiveAlerts | None) -> None:
    said: list[str] = []
    rows: dict[str, Any] = {}
    told: dict[str, str] = {}
    for item in items:
        changed = [item.key]
        if alerts is not None and alerts.take(item):
            changed = [key for key, row in rows.items() if alerts.beside([row])[0] != told[key]]
        elif item.data is None:
            rows.pop(item.key, None)
            changed = []
            sys.stdout.write(f"{item.key} is gone\n")
        else:
            rows[item.key] = item.data
        for key in changed:
            shown = _rows([rows[key]])
            words = alerts.beside(shown) if alerts is not None else []
            told[key] = words[0] if words else ""
            headings, lines = with_alerts(*cells_of(shown, columns), words, always=alerts is not None)
            table(headings, lines, headed=headings != said)
            said = headings
        sys.stdout.flush()


def _redraw(items: Iterable[Item[Any]], columns: tuple[Column, ...], alerts: LiveAlerts | None) -> None:
    from rich.console import Group  # noqa: PLC0415 - only for terminals
    from rich.live import Live  # noqa: PLC0415 - the same

    rows: dict[str, Any] = {}

    def draw() -> Group:
        shown = _rows(sorted(rows.values(), key=lambda row: str(getattr(row, "name", ""))))
        if not shown:
            return Group()
        words = alerts.beside(shown) if alerts is not None else []
        lines = fitted(*with_alerts(*cells_of(shown, columns), words), shutil.get_terminal_size().columns)
        return Group(*lines)

    with Live(get_renderable=draw, refresh_per_second=8):
        for item in items:
            if alerts is not None and alerts.take(item):
                continue
            if item.data is None:
                rows.pop(item.key, None)
            else:
                rows[item.key] = item.data


def _rows(values: Iterable[Any]) -> list[Any]:
    """Each value, or of one that is a list its rows; why there are none is said beside them."""
    rows: list[Any] = []
    for value in values:
        if not isinstance(value, BusyProcesses):
            rows.append(value)
            continue
        if value.reason:
            sys.stderr.write(f"{plain(value.reason)}; trying again\n")
        rows += value.processes
    return rows
