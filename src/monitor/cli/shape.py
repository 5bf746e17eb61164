"""Shape: what a field's annotation means for a command line."""

import types
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Meta, Struct, UnsetType

from monitor.kernel.fields import mark_of, struct_hints
from monitor.kernel.marks import SECRET


class Kind(StrEnum):
    """How a field is written: true or false, one of some words, text, a number, or a structure."""

    SWITCH = "switch"
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    STRUCTURE = "structure"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A field as the command line sees it."""

    kind: Kind
    many: bool = False
    """A list, whose items are given one by one."""
    choices: tuple[str, ...] = ()
    parse: Callable[[str], Any] | None = None
    """Reads the item's text form."""
    example: str = ""
    label: str = ""
    help: str = ""
    secret: bool = False
    """The whole value is a secret."""
    secrets: frozenset[str] = field(default_factory=frozenset[str])
    """Fields of the structure that are."""
    texts: frozenset[str] = field(default_factory=frozenset[str])
    """Fields of the structure that are texts of many lines, as files hold them."""
    lines: bool = False
    """A text of many lines, which people have in a file."""
    nullable: bool = False
    """It may be nothing at all, and that may be said: of a secret it would mean the one that is stored."""
    refers_to: str = ""


def shape_of(hint: Any) -> Shape:
    """The shape of a field so annotated."""
    metas = _metas(hint)
    plain = _plain(hint)
    many = get_origin(plain) in (tuple, list, frozenset)
    item = _plain(get_args(plain)[0]) if many else plain
    schema = {key: value for meta in metas for key, value in (meta.extra_json_schema or {}).items()}
    refers = mark_of(hint, "refers_to")
    return Shape(
        kind=_kind(item),
        many=many,
        choices=tuple(member.value for member in item) if _is(item, StrEnum) else (),
        parse=mark_of(hint, "text_form"),
        example=schema.get("x-text-form", ""),
        label=schema.get("x-label", ""),
        help=_help([meta.description for meta in metas if meta.description]),
        secret=mark_of(hint, "secret") is not None,
        secrets=frozenset(_secret_fields(item)),
        texts=frozenset(_fields_of_lines(item)),
        lines=_kind(item) is Kind.TEXT and not many and schema.get("x-lines", False),
        nullable=_may_be_none(hint) and mark_of(hint, "secret") is None,
        refers_to=refers["type"] if refers else "",
    )


def _help(sentences: list[str]) -> str:
    """The field's own sentence; that of the mark for secrets speaks of null, which nobody types."""
    return next((text for text in sentences if text != SECRET.description), "")


def _kind(item: Any) -> Kind:
    if item is bool:
        return Kind.SWITCH
    if item in (int, float):
        return Kind.NUMBER
    if _is(item, StrEnum):
        return Kind.CHOICE
    return Kind.TEXT if item in (str, datetime) else Kind.STRUCTURE


def _plain(hint: Any) -> Any:
    """The annotation without its marks, `None` and `UNSET`."""
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        arms = [arm for arm in get_args(hint) if arm not in (type(None), UnsetType)]
        if len(arms) == 1:
            return _plain(arms[0])
    return hint


def _may_be_none(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return _may_be_none(get_args(hint)[0])
    return get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)


def _metas(hint: Any) -> list[Meta]:
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        return [mark for mark in marks if isinstance(mark, Meta)] + _metas(inner)
    if get_origin(hint) in (Union, types.UnionType):
        return [meta for arm in get_args(hint) for meta in _metas(arm)]
    return []


def _secret_fields(item: Any) -> list[str]:
    if not _is(item, Struct):
        return []
    return [name for name, hint in struct_hints(item).items() if mark_of(hint, "secret") is not None]


def _fields_of_lines(item: Any) -> list[str]:
    if not _is(item, Struct):
        return []
    return [name for name, hint in struct_hints(item).items() if "x-lines" in (mark_of(hint, "shown") or ())]


def _is(item: Any, base: type) -> bool:
    return isinstance(item, type) and issubclass(item, base)
