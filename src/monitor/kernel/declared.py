"""Declared: the type that an annotation declares for each part of a value."""

import inspect
import re
import types
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct

from monitor.kernel.fields import struct_hints

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")


@lru_cache(maxsize=1000)
def known_in(struct: type[Struct]) -> dict[str, Any]:
    """The annotations of a struct's fields, by the names they are sent under."""
    names = zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True)
    return {encoded: struct_hints(struct)[field] for field, encoded in names}


def struct_for(data: dict[Any, Any], as_type: Any) -> Any:
    """The Struct class `data` is meant for, or None for a plain mapping."""
    structs = structs_of(as_type)
    if len(structs) == 1:
        return structs[0]
    for struct in structs:
        config = struct.__struct_config__
        if config.tag is not None and data.get(config.tag_field) == config.tag:
            return struct
    return None


@lru_cache(maxsize=4000)
def structs_of(as_type: Any) -> tuple[Any, ...]:
    """The Struct classes a value so annotated may be of."""
    return tuple(
        arm
        for arm in arms_of(as_type)
        if inspect.isclass(plain := get_origin(arm) or arm) and issubclass(plain, Struct)
    )


@lru_cache(maxsize=4000)
def item_of(as_type: Any) -> Any:
    """What the items of a list so annotated are."""
    for arm in arms_of(as_type):
        args = get_args(arm)
        if get_origin(arm) in (list, tuple, set, frozenset) and args:
            return args[0]
    return Any


def arms_of(as_type: Any) -> list[Any]:
    """The plain types a value may have: unions and annotations opened."""
    origin = get_origin(as_type)
    if origin is Annotated:
        return arms_of(get_args(as_type)[0])
    if origin in (Union, types.UnionType):
        return [arm for part in get_args(as_type) for arm in arms_of(part)]
    return [as_type]


def at_path(data: Any, as_type: Any, path: str) -> tuple[Any, Any]:
    """What stands at a place such as `config.ports[0].host`, and its annotation.

    (None, Any) where the place is not known, as of a mapping's value; of a tag, what a union of the tagged is.
    """
    for name, index in _STEP.findall(path):
        if index:
            if not isinstance(data, list | tuple) or not index.isdecimal() or int(index) >= len(data):  # pyright: ignore[reportUnknownArgumentType] - JSON
                return None, Any
            data, as_type = data[int(index)], item_of(as_type)  # pyright: ignore[reportUnknownVariableType] - JSON
            continue
        if not isinstance(data, dict):
            return None, Any
        if any(name == struct.__struct_config__.tag_field for struct in structs_of(as_type)):
            return data.get(name), as_type  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - JSON
        struct = struct_for(data, as_type)  # pyright: ignore[reportUnknownArgumentType] - JSON
        as_type = known_in(struct).get(name, Any) if struct is not None else Any
        data = data.get(name)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType] - JSON
    return data, as_type  # pyright: ignore[reportUnknownVariableType] - JSON
