"""Samples: the smallest valid value of a declared type, made from its annotations, and where it names others."""

import types
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct, UnsetType

from monitor.kernel.fields import struct_fields, struct_hints
from monitor.kernel.operation import Operation

Path = tuple[str | int, ...]
"""Into a type: field names, the number of a union's arm, `[]` for an item."""
Refer = Callable[[dict[str, str], str], str]
"""(the mark, the field's name in messages) -> id or name to put there."""

_TEXTS = ("sample", "sample text", "https://sample.example/path", "/sample", "0.0.1", "1.2.3.4", "SAMPLE", "s", "")
_NUMBERS = (1, 0, 2, 10, 100, 1000, 10_000, -1)


class CannotMake(Exception):
    """No candidate fits an annotation: give it a default or a looser rule, or add a candidate to samples.py."""


def sample(hint: Any, refer: Refer, through: Path = (), *, text: str = "", name: str = "") -> Any:
    """A valid value as JSON builtins: required fields only, and what `through` leads to.

    With `text`, every text that may be so is this one, optional ones too.
    """
    mark = reference_mark(hint)
    if mark is not None:
        return refer(mark, name)
    arms = _arms(hint)
    if len(arms) > 1:
        return _of_union(arms, refer, through, text=text, name=name)
    bare, plain = _bare(arms[0])
    if isinstance(plain, type) and issubclass(plain, Struct):
        return _of_struct(plain, refer, through, text=text, name=name)
    if plain in (tuple, list, frozenset, set) and through:
        return [sample(get_args(bare)[0], refer, through[1:], text=text, name=f"{name}[0]")]
    for candidate in (*([text] if text else ()), *_candidates(plain, bare)):
        try:
            msgspec.convert(candidate, hint)
        except msgspec.ValidationError:
            continue
        return candidate
    raise CannotMake(f"{name or 'value'}: nothing at hand fits {hint}")


@cache
def references(hint: Any) -> tuple[tuple[Path, dict[str, str]], ...]:
    """Every place in a type that names another resource, with its mark."""
    return tuple(_references(hint, ()))


def _references(hint: Any, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    mark = reference_mark(hint)
    if mark is not None:
        yield path, mark
        return
    arms = _arms(hint)
    for number, arm in enumerate(arms):
        here = (*path, number) if len(arms) > 1 else path
        bare, plain = _bare(arm)
        if reference_mark(arm) is not None:
            yield from _references(arm, here)
        elif isinstance(plain, type) and issubclass(plain, Struct):
            for field, inner in struct_hints(plain).items():
                yield from _references(inner, (*here, field))
        elif plain in (tuple, list, frozenset, set) and get_args(bare):
            yield from _references(get_args(bare)[0], (*here, "[]"))


def unmarked(hint: Any, types: frozenset[str], name: str = "") -> Iterator[str]:
    """Text fields that are called like a resource type but are no references."""
    for arm in _arms(hint):
        bare, plain = _bare(arm)
        if isinstance(plain, type) and issubclass(plain, Struct):
            for field, inner in struct_hints(plain).items():
                here = f"{name}.{field}" if name else field
                if field.rpartition("_")[2] in types and _is_text(inner):
                    yield here
                yield from unmarked(inner, types, here)
        elif plain in (tuple, list, frozenset, set) and get_args(bare):
            yield from unmarked(get_args(bare)[0], types, f"{name}[0]")


def named(path: Path) -> str:
    """A path as messages write it: `builder.server`, `items[0].server`."""
    text = ""
    for part in path:
        if part == "[]":
            text += "[0]"
        elif isinstance(part, str):
            text += f".{part}" if text else part
    return text


def parameters(operation: type[Operation[Any]], refer: Refer) -> dict[str, Any]:
    """The least an operation must be given beside its target. CannotMake names what has no sample."""
    made: dict[str, Any] = _of_struct(operation, refer)
    made.pop("op", None)
    return made


def reference_mark(hint: Any) -> dict[str, str] | None:
    """The `refers_to` mark on this very annotation."""
    if get_origin(hint) is not Annotated:
        return None
    for part in get_args(hint)[1:]:
        if isinstance(part, Meta) and part.extra and "refers_to" in part.extra:
            return part.extra["refers_to"]
    return reference_mark(get_args(hint)[0])


def _of_struct(struct: Any, refer: Refer, through: Path = (), *, text: str = "", name: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {}
    config = struct.__struct_config__
    if config.tag is not None:
        made[config.tag_field] = config.tag
    for field in struct_fields(struct):
        hint = struct_hints(struct)[field.name]
        wanted = bool(through) and through[0] == field.name
        required = field.default is NODEFAULT and field.default_factory is NODEFAULT
        if wanted or required or (text and _is_text(hint)):
            inner = f"{name}.{field.name}" if name else field.name
            rest = through[1:] if wanted else ()
            made[field.encode_name] = sample(hint, refer, rest, text=text, name=inner)
    return made


def _of_union(arms: list[Any], refer: Refer, through: Path, *, text: str, name: str) -> Any:
    if through and isinstance(through[0], int):
        return sample(arms[through[0]], refer, through[1:], text=text, name=name)
    if type(None) in arms and not text:
        return None
    chosen = next(arm for arm in arms if _bare(arm)[1] not in (type(None), UnsetType))
    return sample(chosen, refer, through, text=text, name=name)


def _candidates(plain: Any, arm: Any) -> tuple[Any, ...]:
    if plain is Literal:
        return get_args(arm)
    if isinstance(plain, type) and issubclass(plain, Enum):
        return tuple(member.value for member in plain)
    known: dict[Any, tuple[Any, ...]] = {
        str: _TEXTS,
        bool: (True,),
        int: _NUMBERS,
        float: _NUMBERS,
        datetime: ("2026-01-01T00:00:00Z",),
    }
    return known.get(plain, ([], {}, None))


def _is_text(hint: Any) -> bool:
    return reference_mark(hint) is None and any(_bare(a)[1] is str and reference_mark(a) is None for a in _arms(hint))


def _arms(hint: Any) -> list[Any]:
    """The members of a union with their own annotations, or the annotation itself."""
    inner = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(inner) in (Union, types.UnionType):
        return [arm for part in get_args(inner) for arm in _arms(part)]
    return [hint]


def _bare(hint: Any) -> tuple[Any, Any]:
    """An annotation without its marks, and its class: `tuple[int, ...]`, `tuple`."""
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return hint, get_origin(hint) or hint
