"""Answers shown: tables and lists for people, JSON for programs."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from monitor.cli.columns import COLUMNS
from monitor.cli.tables import fitted
from monitor.cli.words import defaults, figure, length, one_line, plain, value
from monitor.kernel.amounts import bytes_in_words
from monitor.kernel.clock import SystemClock
from monitor.kernel.insides import FileChanges
from monitor.kernel.measures import Unit
from monitor.kernel.resource import Column, ColumnKind, Page, Resource
from monitor.kernel.sentence import short_ids

HIDDEN = {
    "request",
    "can",
    "not_now",
    "notes",
    "names",
    "secrets",
    "changes",
    "steps",
    "cancel_requested",
    "parent",
    "labels",
    "pin",
}
"""Fields that would drown the rest; `--json` has them all."""
_NOTHING = (False, 0, 0.0)
"""Of what is off or has no limit unless somebody says so, nothing is said where nobody did."""
_KINDS: dict[str, ColumnKind] = {
    Unit.PERCENT: ColumnKind.PERCENT,
    **dict.fromkeys((Unit.BYTES, Unit.SPACE), ColumnKind.BYTES),
    Unit.RATE: ColumnKind.RATE,
}
"""Of rows that say themselves what they count."""
_LENGTHS = {"seconds", "uptime"}
"""Columns that say how long."""


_FIGURES: dict[str, dict[str, ColumnKind]] = {
    "status": {
        **dict.fromkeys(("cpu", "memory", "disk"), ColumnKind.PERCENT),
        **dict.fromkeys(("received", "sent"), ColumnKind.RATE),
        "memory_total": ColumnKind.BYTES,
    },
    "config": {**dict.fromkeys(("memory", "memory_swap", "memory_reservation", "shm_size"), ColumnKind.BYTES)},
}


def show_json(answer: Any) -> None:
    """The answer as core gave it, indented."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(answer), indent=2).decode() + "\n")


def show_tree(answer: Any) -> None:
    """What another program described, as JSON; harmless for a terminal."""
    text = msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
    sys.stdout.write((plain(text) if sys.stdout.isatty() else text) + "\n")


def show(answer: Any, columns: Sequence[Column] = (), alerts: Sequence[str] = ()) -> None:
    """The answer for people. `alerts`: a word for each row of a list."""
    match answer:
        case None:
            pass
        case Page():
            page: Page[Any] = answer  # pyright: ignore[reportUnknownVariableType] - of whatever was asked for
            show_rows(page.items, columns, alerts=alerts)
            if page.next:
                sys.stderr.write(f"{len(page.items)} of {page.total} shown; --all for the rest\n")
        case tuple():
            show_rows(answer, columns)  # pyright: ignore[reportUnknownArgumentType] - of structs
        case FileChanges():
            show_rows(answer.items)
            if answer.total > len(answer.items):
                sys.stderr.write(f"{len(answer.items)} of {answer.total} shown\n")
        case Struct():
            show_one(answer)
        case dict():
            show_tree(answer)  # pyright: ignore[reportUnknownArgumentType] - of JSON
        case _:
            sys.stdout.write(f"{answer}\n")


def show_rows(
    rows: Sequence[Any],
    columns: Sequence[Column] = (),
    names: Mapping[str, str] | None = None,
    alerts: Sequence[str] = (),
) -> None:
    """A table with a row each, lines of a log as they are."""
    if rows and _is_text(rows[0]):
        for row in rows:
            show_text(row)
        return
    if not rows:
        sys.stderr.write("nothing to show\n")
        return
    table(*with_alerts(*cells_of(rows, columns, names), alerts))


def with_alerts(
    headings: list[str], lines: list[list[str]], alerts: Sequence[str], *, always: bool = False
) -> tuple[list[str], list[list[str]]]:
    """Beside how each stands; no column where there is none, unless `always`."""
    if not any(alerts) and not always:
        return headings, lines
    at = headings.index("State") + 1 if "State" in headings else 1
    beside = [[*line[:at], alert, *line[at:]] for line, alert in zip(lines, alerts, strict=True)]
    return [*headings[:at], "Alert", *headings[at:]], beside


def cells_of(
    rows: Sequence[Any], columns: Sequence[Column], names: Mapping[str, str] | None = None
) -> tuple[list[str], list[list[str]]]:
    """Headings and texts of a table; columns that are empty throughout are left out when derived."""
    now = SystemClock().now()
    wanted = _columns(rows[0], columns) if rows else []
    texts = [[_cell(row, column, now, names) for column in wanted] for row in rows]
    kept = [i for i, column in enumerate(wanted) if column.path != "tags" or any(line[i] for line in texts)]
    return [wanted[i].label for i in kept], [[line[i] for i in kept] for line in texts]


def show_one(answer: Struct) -> None:
    """One thing, a line a field; the parts of a resource under their own headings."""
    now, names = SystemClock().now(), getattr(answer, "names", {})
    for field in answer.__struct_fields__:
        held = getattr(answer, field)
        if field in HIDDEN:
            continue
        if isinstance(held, Struct) and field in ("config", "info", "status", "key", "user", "agent"):
            _section(field, held, now, names, getattr(answer, "secrets", ()) if field == "config" else ())
        elif isinstance(held, tuple) and held and type(held[0]) in COLUMNS:  # pyright: ignore[reportUnknownArgumentType] - any answer
            if len(answer.__struct_fields__) > 1:
                sys.stdout.write(f"{field.replace('_', ' ')}\n")
            show_rows(held)  # pyright: ignore[reportUnknownArgumentType] - of structs
        elif text := bytes_in_words(held) if field == "bytes" and isinstance(held, int) else value(held, now, names):
            _line(field, text)


def show_text(piece: Any) -> None:
    """One line of a container's log; raw for a pipe, harmless for a terminal."""
    text = plain(piece.text) if sys.stdout.isatty() else piece.text
    sys.stdout.write(text if text.endswith("\n") or hasattr(piece, "step") else text + "\n")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, headed: bool = True) -> None:
    """Columns in colour, fitted to a terminal; plain and uncut for a pipe, which may have its headings already."""
    if sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415 - only for terminals

        room = shutil.get_terminal_size().columns
        Console(width=room, highlight=False).print(*fitted(headings, rows, room), sep="\n")
        return
    lines = [[heading.upper() for heading in headings], *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    for line in lines if headed else lines[1:]:
        cells = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")


def _columns(row: Any, declared: Sequence[Column]) -> list[Column]:
    if isinstance(row, Resource):
        return [Column("name", "Name"), *declared, Column("tags", "Tags")]
    if chosen := declared or COLUMNS.get(type(row)):  # pyright: ignore[reportUnknownArgumentType] - any answer
        return list(chosen)
    fields = [field for field in row.__struct_fields__ if field not in HIDDEN]
    return [Column(field, field.replace("_", " ").capitalize()) for field in fields]


def _cell(row: Any, column: Column, now: Any, names: Mapping[str, str] | None) -> str:
    held = next((found for part in column.path.split("|") if (found := _at(row, part)) not in (None, "", ())), None)
    if isinstance(held, Struct) and "name" in held.__struct_fields__ and "id" in held.__struct_fields__:
        held = getattr(held, "name", None)
    if column.path in _LENGTHS and isinstance(held, int | float):
        return length(held)
    kind = _KINDS.get(getattr(row, "unit", ""), column.kind)
    return figure(held, kind) or value(held, now, names or getattr(row, "names", {}))


def _at(row: Any, path: str) -> Any:
    for part in path.split("."):
        row = getattr(row, part, None)
    return row


def _section(title: str, held: Struct, now: Any, names: dict[str, str], secrets: tuple[str, ...]) -> None:
    sys.stdout.write(f"{title}\n")
    for field, default in zip(held.__struct_fields__, defaults(held), strict=True):
        one = getattr(held, field)
        if title in ("config", "info") and one in _NOTHING and one == default:
            continue
        text = "(hidden)" if field in secrets else _figure(title, field, one) or value(one, now, names)
        text = short_ids(text) if title in ("info", "status") else text
        if isinstance(one, tuple) and one and type(one[0]) in COLUMNS:  # pyright: ignore[reportUnknownArgumentType] - any answer
            show_rows(one)  # pyright: ignore[reportUnknownArgumentType] - of structs
        elif isinstance(one, str) and field not in secrets and "\n" in one.strip():
            _block(field, one, indent="  ")
        elif (field not in HIDDEN or title == "config") and text:
            _line(field, text, indent="  ")


def _figure(title: str, field: str, held: Any) -> str:
    """A figure of a status, or a size in a config, in its unit."""
    if title == "status" and field in _LENGTHS and isinstance(held, int | float):
        return length(held)
    kind = _FIGURES.get(title, {}).get(field)
    return figure(held, kind) if kind else ""


def _block(field: str, text: str, indent: str) -> None:
    """A text of many lines, below its name."""
    sys.stdout.write(f"{indent}{field.replace('_', ' ')}:\n")
    for line in text.splitlines():
        sys.stdout.write(f"{indent}  {one_line(line)}".rstrip() + "\n")


def _line(field: str, text: str, indent: str = "") -> None:
    sys.stdout.write(f"{indent}{field.replace('_', ' ') + ':':<{20 - len(indent)}} {one_line(text)}\n")


def _is_text(row: Any) -> bool:
    return hasattr(row, "text") and hasattr(row, "stream")
