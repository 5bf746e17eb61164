"""Encoding: strict for what people send (unknown keys are errors), lenient for peers and older records."""

import inspect
import re
import types
from functools import lru_cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from monitor.kernel.errors import FieldError, Invalid
from monitor.kernel.fields import struct_hints

T = TypeVar("T")


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
        raise _invalid(str(wrong)) from None
    if wrong := _overlooked(data, as_type, ""):
        raise Invalid("; ".join(f"{field.path}: {field.message}" for field in wrong), tuple(wrong))
    return value


def _invalid(message: str) -> Invalid:
    """`Expected `int`, got `str` - at `$.config.ports[0]`` as a field error."""
    text, _, where = message.partition(" - at `")
    path = where.rstrip("`").removeprefix("$").removeprefix(".")
    if not path and text.startswith("Object missing required field `"):
        path = text.split("`")[1]
        text = "is required"
    elif text.startswith("Object missing required field `"):
        path = f"{path}.{text.split('`')[1]}"
        text = "is required"
    return Invalid.field(path or "body", text)


def _overlooked(data: Any, as_type: Any, path: str) -> list[FieldError]:
    """What the conversion lets pass: keys a Struct does not know, and a line break after what a pattern ends."""
    if isinstance(data, dict):
        return _overlooked_in_object(data, as_type, path)  # pyright: ignore[reportUnknownArgumentType] - JSON
    if isinstance(data, list | tuple):
        inner = _item_type(as_type)
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
    struct = _struct_for(data, as_type)
    if struct is None:
        return []
    found: list[FieldError] = []
    known = _known_in(struct)
    for key, value in data.items():
        here = f"{path}.{key}" if path else str(key)
        if key in known:
            found += _overlooked(value, known[key], here)
        elif key != struct.__struct_config__.tag_field:
            found.append(FieldError(_short(here), f"unknown field; known are {', '.join(known) or 'none'}"))
    return found


@lru_cache(maxsize=1000)
def _known_in(struct: type[Struct]) -> dict[str, Any]:
    """The annotations of a struct's fields, by the names they are sent under."""
    names = zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True)
    return {encoded: struct_hints(struct)[field] for field, encoded in names}


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


def _arms(as_type: Any) -> list[Any]:
    """The plain types a value may have: unions and annotations opened."""
    origin = get_origin(as_type)
    if origin is Annotated:
        return _arms(get_args(as_type)[0])
    if origin in (Union, types.UnionType):
        return [arm for part in get_args(as_type) for arm in _arms(part)]
    return [as_type]


def _struct_for(data: dict[Any, Any], as_type: Any) -> Any:
    """The Struct class `data` was decoded as, or None for a plain mapping."""
    structs = _structs(as_type)
    if len(structs) == 1:
        return structs[0]
    for struct in structs:
        config = struct.__struct_config__
        if config.tag is not None and data.get(config.tag_field) == config.tag:
            return struct
    return None


@lru_cache(maxsize=4000)
def _structs(as_type: Any) -> tuple[Any, ...]:
    return tuple(
        arm for arm in _arms(as_type) if inspect.isclass(plain := get_origin(arm) or arm) and issubclass(plain, Struct)
    )


@lru_cache(maxsize=4000)
def _item_type(as_type: Any) -> Any:
    for arm in _arms(as_type):
        args = get_args(arm)
        if get_origin(arm) in (list, tuple, set, frozenset) and args:
            return args[0]
    return Any
