"""Topics shown live: a state as a table that is redrawn, a log as its lines, either as JSON lines for programs."""

import sys
from collections.abc import Iterable
from typing import Any

from msgspec import json

from monitor.cli.lines import Lines
from monitor.cli.show import cells_of, rich_table, show_text, table
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


def watch_state(items: Iterable[Item[Any]], columns: tuple[Column, ...]) -> None:
    """A table redrawn at each change; on a pipe, the row that changed, under headings that are said once."""
    if sys.stdout.isatty():
        _redraw(items, columns)
        return
    said: list[str] = []
    for item in items:
        if item.data is None:
            sys.stdout.write(f"{item.key} is gone\n")
        else:
            headings, rows = cells_of(_rows([item.data]), columns)
            table(headings, rows, headed=headings != said)
            said = headings
        sys.stdout.flush()


def _redraw(items: Iterable[Item[Any]], columns: tuple[Column, ...]) -> None:
    from rich.live import Live  # noqa: PLC0415 - only for terminals

    rows: dict[str, Any] = {}
    with Live(refresh_per_second=8) as live:
        for item in items:
            rows[item.key] = item.data
            if item.data is None:
                del rows[item.key]
            shown = _rows(sorted(rows.values(), key=lambda row: str(getattr(row, "name", ""))))
            live.update(rich_table(*cells_of(shown, columns)) if shown else "")


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
