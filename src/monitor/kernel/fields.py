"""Marked fields of Struct types: find them, and rebuild a value with what stands there replaced."""

import types
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Meta, Struct
from msgspec.structs import FieldInfo

Replace = Callable[[Any, Any, str], Any]
"""(mark, value, path) -> new value"""


def replace_marked(value: Any, mark: str, replace: Replace, path: str = "") -> Any:
    """`value` with every field marked `mark` replaced; unchanged parts are shared, UNSET is left alone.

    Goes into structs, lists and tuples; marks stand on struct fields only. In paths an item that has a name is
    called by it (`secret_environment[TOKEN].value`), a file by its path, so that a path stays true when the list is
    sorted anew.
    """
    if isinstance(value, Struct):
        changed: dict[str, Any] = {}
        for name, found in _marked_fields(type(value), mark):
            old = getattr(value, name)
            if old is UNSET:
                continue
            here = f"{path}.{name}" if path else name
            new = replace_marked(old, mark, replace, here) if found is None else replace(found, old, here)
            if new is not old:
                changed[name] = new
        return msgspec.structs.replace(value, **changed) if changed else value
    if type(value) in (list, tuple):
        items: list[Any] = list(value)
        replaced = [replace_marked(item, mark, replace, f"{path}[{_key(item, i)}]") for i, item in enumerate(items)]
        same = all(new is old for new, old in zip(replaced, items, strict=True))
        return value if same else type(value)(replaced)
    return value


def has_mark(as_type: Any, mark: str) -> bool:
    """Whether a struct type has a field so marked anywhere inside."""
    return mark in _marks_within(as_type)


def mark_of(hint: Any, mark: str) -> Any:
    """The mark's value on a field's annotation, or None."""
    if get_origin(hint) is Annotated:
        for part in get_args(hint)[1:]:
            if isinstance(part, Meta) and part.extra and mark in part.extra:
                return part.extra[mark]
        return mark_of(get_args(hint)[0], mark)
    if get_origin(hint) in (Union, types.UnionType):
        for arm in get_args(hint):
            found = mark_of(arm, mark)
            if found is not None:
                return found
    return None


@lru_cache(maxsize=1000)
def values_of_mark(hint: Any, mark: str) -> tuple[Any, ...]:
    """Each value the mark has on the fields of a struct type, at any depth."""
    if get_origin(hint) is Annotated:
        own = [(part.extra or {}).get(mark) for part in get_args(hint)[1:] if isinstance(part, Meta)]
        found = [value for value in own if value is not None]
        return tuple(dict.fromkeys((*found, *values_of_mark(get_args(hint)[0], mark))))
    plain = get_origin(hint) or hint
    if isinstance(plain, type) and issubclass(plain, Struct):
        inner: list[Any] = list(struct_hints(plain).values())
    else:
        inner = [arm for arm in get_args(hint) if arm is not Ellipsis and not isinstance(arm, str)]
    return tuple(dict.fromkeys(value for one in inner for value in values_of_mark(one, mark)))


@lru_cache(maxsize=1000)
def struct_hints(struct: type[Struct]) -> dict[str, Any]:
    """Annotations of a struct's fields, with their marks."""
    hints = get_type_hints(struct, include_extras=True)
    return {name: hints[name] for name in struct.__struct_fields__}


@lru_cache(maxsize=1000)
def struct_fields(struct: type[Struct]) -> tuple[FieldInfo, ...]:
    """A struct's fields, with their defaults."""
    return msgspec.structs.fields(struct)


def _key(item: Any, index: int) -> Any:
    """By what it is told apart: its name, or the path of a file."""
    return getattr(item, "name", getattr(item, "path", index))


@lru_cache(maxsize=4000)
def _marked_fields(struct: type[Struct], mark: str) -> tuple[tuple[str, Any], ...]:
    """A struct's fields at or below which the mark stands, with its value where it is on the field itself."""
    return tuple((name, mark_of(hint, mark)) for name, hint in struct_hints(struct).items() if has_mark(hint, mark))


@lru_cache(maxsize=4000)
def _marks_within(hint: Any) -> frozenset[str]:
    """Names of all marks at or below an annotation."""
    found: set[str] = set()
    if get_origin(hint) is Annotated:
        for part in get_args(hint)[1:]:
            if isinstance(part, Meta) and part.extra:
                found |= set(part.extra)
        return frozenset(found | _marks_within(get_args(hint)[0]))
    plain = get_origin(hint) or hint
    if isinstance(plain, type) and issubclass(plain, Struct):
        for inner in struct_hints(plain).values():
            found |= _marks_within(inner)
        return frozenset(found)
    for arm in get_args(hint):
        if arm is not Ellipsis and not isinstance(arm, str):
            found |= _marks_within(arm)
    return frozenset(found)
