"""Encoding: strict for what people send (unknown keys are errors), lenient for peers and older records."""

import re
import types
from functools import lru_cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec

from monitor.kernel.complaint import complaint, help_of
from monitor.kernel.declared import at_path, item_of, known_in, struct_for
from monitor.kernel.errors import FieldError, Invalid

T = TypeVar("T")

_ITEM = re.compile(r"\[\d+\]$")
"""The place of an item in a list."""


def encode(value: object) -> bytes:
    """JSON."""
    return msgspec.json.encode(value)


def decode(data: bytes | str, as_type: type[T]) -> T:
    """JSON from a peer or the store: unknown keys are ignored. msgspec.ValidationError if it does not fit."""
    return msgspec.json.decode(data, type=as_type)


def pack(value: object) -> bytes:
    """msgpack, the agents' wire format."""
    return msgspec.msgpack.encode(value)


def unpack(data: bytes, as_type: type[T]) -> T:
    """msgpack from a peer: unknown keys are ignored. msgspec.ValidationError if it does not fit."""
    return msgspec.msgpack.decode(data, type=as_type)


def from_user(data: object, as_type: type[T], *, loose: bool = False) -> T:
    """Builtins (decoded JSON, a query string) as `type`; Invalid names the wrong or unknown field.

    `loose` lets text stand for numbers and booleans, as in a query string.
    """
    try:
        value = msgspec.convert(data, as_type, strict=not loose)
    except msgspec.ValidationError as wrong:
        raise _invalid(str(wrong), data, as_type) from None
    if wrong := _overlooked(data, as_type, ""):
        raise Invalid("; ".join(f"{field.path}: {field.message}" for field in wrong), tuple(wrong))
    return value


def _invalid(message: str, data: object, as_type: Any) -> Invalid:
    """`Expected `int`, got `str` - at `$.config.ports[0]`` as a field error."""
    text, _, where = message.partition(" - at `")
    path = where.rstrip("`").removeprefix("$").removeprefix(".")
    if text.startswith("Object missing required field `"):
        missing = text.split("`")[1]
        return Invalid.field(f"{path}.{missing}" if path else missing, "is required")
    value, hint = at_path(data, as_type, path)
    _, whole = at_path(data, as_type, _ITEM.sub("", path))
    return Invalid.field(path or "body", complaint(text, hint, value, help_of(hint) or help_of(whole)))


def _overlooked(data: Any, as_type: Any, path: str) -> list[FieldError]:
    """What the conversion lets pass: keys a Struct does not know, and a line break after what a pattern ends."""
    if isinstance(data, dict):
        return _overlooked_in_object(data, as_type, path)  # pyright: ignore[reportUnknownArgumentType] - JSON
    if isinstance(data, list | tuple):
        inner = item_of(as_type)
        return [
            found
            for index, value in enumerate(data)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - JSON
            for found in _overlooked(value, inner, f"{path}[{index}]")
        ]
    if isinstance(data, str) and data.endswith("\n"):
        pattern = _pattern(as_type)
        if pattern.endswith("$") and re.search(rf"(?:{pattern[:-1]})\Z", data) is None:
            return [FieldError(path, "ends in a line break, which is not part of it")]
    return []


def _overlooked_in_object(data: dict[Any, Any], as_type: Any, path: str) -> list[FieldError]:
    struct = struct_for(data, as_type)
    if struct is None:
        return []
    found: list[FieldError] = []
    known = known_in(struct)
    for key, value in data.items():
        here = f"{path}.{key}" if path else str(key)
        if key in known:
            found += _overlooked(value, known[key], here)
        elif key != struct.__struct_config__.tag_field:
            found.append(FieldError(_short(here), f"unknown field; known are {', '.join(known) or 'none'}"))
    return found


@lru_cache(maxsize=4000)
def _pattern(as_type: Any) -> str:
    """The pattern a text must fit, or none; of a union the first."""
    if get_origin(as_type) is Annotated:
        own = [part.pattern for part in get_args(as_type)[1:] if isinstance(part, msgspec.Meta) and part.pattern]
        return own[0] if own else _pattern(get_args(as_type)[0])
    if get_origin(as_type) in (Union, types.UnionType):
        return next((pattern for arm in get_args(as_type) if (pattern := _pattern(arm))), "")
    return ""


def _short(path: str) -> str:
    return path if len(path) <= 200 else path[:200] + "…"
