"""Values as people read them: times, lengths and text that cannot play tricks on a terminal."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import msgspec
from msgspec import UNSET, Struct

from monitor.kernel.activity import Activity, Step, Turn
from monitor.kernel.alerts import Subject
from monitor.kernel.amounts import bytes_in_words, percent_in_words
from monitor.kernel.hostview import AgentInfo
from monitor.kernel.resource import ColumnKind
from monitor.resources.deployment.values import BuiltImage

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COLOUR = re.compile(r"\x1b\[[0-9;:]*m")
_STRING = re.compile(r"\x1b[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)")
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-Z\\-~]")
_SERIES = 20
"""Figures or times beyond so many are shown as one picture."""
_WIDTH = 20
_LINES = {
    "builder": "on its builder",
    "source": "of its source",
    "target": "on the same target",
    "redeploy": "of its build's redeploys",
}
_BLOCKS = "▁▂▃▄▅▆▇█"
_UNITS = ((86_400.0, "d"), (3600.0, "h"), (60.0, "min"))


def plain(text: str) -> str:
    """Text from outside with colours dropped and every control character shown as its code.

    What a terminal would obey (ECMA-48 sequences, text direction marks) stays visible data.
    """
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", _COLOUR.sub("", text).replace("\r\n", "\n"))


def coloured(text: str) -> str:
    """A line from outside with its colours kept for a terminal, and set back at its end.

    Titles, clipboard writes, cursor movements and all other sequences are dropped, with what they carry; a control
    character by itself is shown as its code. Of what a program wrote over itself the last state is kept.
    """
    text = next((part for part in reversed(text.rstrip("\r").split("\r")) if part), "")
    if text.isprintable():
        return text
    pieces: list[str] = []
    at = 0
    dropped = _STRING.sub("", text)
    for found in _SEQUENCE.finditer(dropped):
        pieces.append(plain(dropped[at : found.start()]))
        pieces.append(found[0] if _COLOUR.fullmatch(found[0]) else "")
        at = found.end()
    pieces.append(plain(dropped[at:]))
    whole = "".join(pieces)
    return f"{whole}\x1b[0m" if "\x1b" in whole else whole


def one_line(text: str) -> str:
    """`plain`, on a single line."""
    return plain(text).replace("\n", "\\n").replace("\t", " ")


def length(seconds: float) -> str:
    """`0.3 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `9 d 4 h`."""
    if seconds < 10:
        return f"{max(seconds, 0):.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    if seconds < 2 * 86_400:
        return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:.0f} min"
    return f"{seconds // 86_400:.0f} d {seconds % 86_400 // 3600:.0f} h"


def turn(activity: Activity) -> str:
    """How a queued one stands: `2nd of 5 on its builder, after build.run web`; empty for what waits for nothing."""
    where = place(activity.turn) if activity.turn else ""
    after = f"after {activity.waiting_for}" if activity.waiting_for else ""
    return ", ".join(part for part in (where, after) if part)


def place(turn: Turn) -> str:
    """`2nd of 5 on its builder`."""
    return f"{ordinal(turn.place)} of {turn.waiting} {_LINES.get(turn.lane, 'in line')}"


def ordinal(number: int) -> str:
    """`1st`, `12th`, `23rd`."""
    ends = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ends}"


def ago(then: datetime, now: datetime) -> str:
    """`just now`, `5 min ago`, `in 3 d`; a date when it is further away than a month."""
    seconds = (now - then).total_seconds()
    if abs(seconds) > 30 * 86_400:
        return then.astimezone().strftime("%Y-%m-%d")
    if abs(seconds) < 5:
        return "just now"
    amount = next((f"{abs(seconds) // size:.0f} {unit}" for size, unit in _UNITS if abs(seconds) >= size), "")
    amount = amount or f"{abs(seconds):.0f} s"
    return f"{amount} ago" if seconds > 0 else f"in {amount}"


def figure(given: Any, kind: ColumnKind) -> str:
    """A number as its column reads it: `12%`, `5.8%`, `1.24 GiB`, `870 KiB/s`; empty for what is no number.

    Many of them are a picture and the last of them so.
    """
    if isinstance(given, tuple):
        return _picture(given, kind)  # pyright: ignore[reportUnknownArgumentType] - any answer
    if isinstance(given, bool) or not isinstance(given, int | float):
        return ""
    match kind:
        case ColumnKind.PERCENT:
            return percent_in_words(given)
        case ColumnKind.BYTES:
            return bytes_in_words(given)
        case ColumnKind.RATE:
            return f"{bytes_in_words(given)}/s"
        case _:
            return ""


def value(given: Any, now: datetime, names: Mapping[str, str]) -> str:
    """One value in a table or list; ids are shown as the names they stand for."""
    if given is None or given is UNSET:
        return ""
    if isinstance(given, Struct):
        return _struct(given, now, names)
    if isinstance(given, dict):
        pairs: dict[Any, Any] = given  # pyright: ignore[reportUnknownVariableType] - any mapping
        return ", ".join(f"{one_line(str(key))}={value(held, now, names)}" for key, held in pairs.items())
    if isinstance(given, tuple | list | frozenset):
        items: list[Any] = [*given]  # pyright: ignore[reportUnknownArgumentType] - any sequence
        if len(items) > _SERIES and (text := _series(items, now)):
            return text
        texts = [value(item, now, names) for item in items]
        same = items and isinstance(items[0], Struct)  # a port published by IPv4 and IPv6 is one for people
        return ", ".join(dict.fromkeys(texts) if same else texts)
    return _scalar(given, now, names)


def _series(items: list[Any], now: datetime) -> str:
    """Many figures as a line of blocks and the last of them, many times as the first and the last; else nothing."""
    if all(isinstance(item, datetime) for item in items):
        return f"{ago(items[0], now)} to {ago(items[-1], now)}"
    return _picture(items, ColumnKind.NUMBER)


def _picture(items: Sequence[Any], kind: ColumnKind) -> str:
    if len(items) <= _SERIES or not all(item is None or isinstance(item, int | float) for item in items):
        return ""
    pieces = [_mean(items[at * len(items) // _WIDTH : (at + 1) * len(items) // _WIDTH]) for at in range(_WIDTH)]
    highest = max((piece for piece in pieces if piece is not None), default=0.0) or 1.0
    blocks = "".join(" " if p is None else _BLOCKS[int(p / highest * (len(_BLOCKS) - 1))] for p in pieces)
    last = next((item for item in reversed(items) if item is not None), None)
    return blocks if last is None else f"{blocks} {figure(last, kind) or f'{last:.1f}'}"


def _mean(items: Sequence[Any]) -> float | None:
    known = [item for item in items if item is not None]
    return sum(known) / len(known) if known else None


def _scalar(given: Any, now: datetime, names: Mapping[str, str]) -> str:
    match given:
        case bool():
            return "yes" if given else "no"
        case datetime():
            return ago(given, now)
        case Enum():
            return str(given.value)
        case float():
            return f"{given:.1f}"
        case bytes():
            return one_line(given.decode(errors="replace"))
        case _:
            return one_line(names.get(str(given), str(given)))


def _struct(given: Struct, now: datetime, names: Mapping[str, str]) -> str:
    """As it says itself, `name=value` for a pair, `field=value …` without what is at its default."""
    if said := getattr(given, "in_words", "") or _in_words(given, names):
        return one_line(said)
    if given.__struct_fields__ == ("name", "value"):
        pair: Any = given
        return f"{one_line(pair.name)}={'(hidden)' if pair.value is None else one_line(pair.value)}"
    if {"id", "name"} <= set(given.__struct_fields__):
        return one_line(str(getattr(given, "name", "")))
    shown: list[tuple[str, str]] = []
    for field, default in zip(given.__struct_fields__, defaults(given), strict=True):
        held = getattr(given, field)
        if held != default and (text := value(held, now, names)):
            shown.append((field, text))
    if len(shown) == 1:
        return shown[0][1]
    return " ".join(f"{field}={text}" for field, text in shown)


def _in_words(given: Struct, names: Mapping[str, str]) -> str:
    """Of what needs names, or is no sentence anywhere else."""
    match given:
        case Turn():
            return place(given)
        case BuiltImage():
            build = names.get(given.build, given.build)
            return f"build {build}, {f'version {given.version}' if given.version else 'its newest version'}"
        case Subject():
            what = f" ({given.what})" if given.what else ""
            where = f" on {given.server_name}" if given.server_name and given.type != "server" else ""
            return f"{given.type} {given.name}{what}{where}"
        case AgentInfo():
            docker = f"Docker {given.docker}" if given.docker else ""
            powers = f"allows {', '.join(given.powers)}" if given.powers else ""
            where = f"{given.version} on {given.hostname}"
            return ", ".join(part for part in (where, given.system, docker, powers) if part)
        case _:
            return ""


def defaults(given: Struct) -> tuple[Any, ...]:
    """Each field's default, with something no value equals where there is none."""
    return tuple(field.default for field in msgspec.structs.fields(given))


def ending(step: Step) -> str:
    """`succeeded (0.3 s)`, `failed (exit code 1, 2.0 s)`."""
    took = length((step.ended - step.started).total_seconds()) if step.ended else ""
    code = f"exit code {step.exit_code}" if step.exit_code else ""
    return f"{step.outcome} ({', '.join(part for part in (code, took) if part)})"
