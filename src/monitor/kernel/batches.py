"""Batches: one action asked for on many resources of a type at once; derived for every type that has actions."""

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import msgspec
from msgspec import Meta, Struct

from monitor.kernel.activity import State
from monitor.kernel.derived import derived
from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, Kind, Needs, Operation, Query, tag_of
from monitor.kernel.permission import Access

if TYPE_CHECKING:
    from monitor.kernel.resource import ResourceType

MOST = 1000
"""Resources of one batch."""

Pattern = Annotated[
    str,
    Meta(max_length=200),
    shown("Pattern", "Those whose whole name fits: `*` any text, `?` one letter, `[ab]` one of these."),
]
Tag = Annotated[str, Meta(max_length=63), shown("Tag", "Those that carry it.")]
Ids = Annotated[tuple[str, ...], Meta(max_length=MOST), shown("Of these", "Names or ids.")]


class Chosen(Struct, frozen=True, kw_only=True):
    """One resource a batch is about."""

    id: str
    name: str
    skipped: str = ""
    """Why nothing would be done with it now; empty: it would."""


class BatchPreview(Query[tuple[Chosen, ...]], frozen=True, kw_only=True):
    """What a batch would be about now, of what the caller may read; in order of name."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    each: ClassVar[bool] = True


class Batch(Action, frozen=True, kw_only=True):
    """Do the same with many at once: all that fit pattern, tag and list, each an activity of its own."""

    meanwhile: ClassVar[str] = "A cancellation ends those that run and begins no more"
    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    each: ClassVar[bool] = True


class Led(Struct, frozen=True, kw_only=True):
    """How an activity ended that did nothing but have others run."""

    state: State
    text: str
    """Its summary, or why it did not succeed."""
    hint: str = ""


def batch_verbs(type: "ResourceType[Any, Any, Any]") -> tuple[str, ...]:
    """Actions on one resource that need to be told nothing, but for deleting it."""
    single = (o for o in type.operations if o.kind is Kind.ACTION and o.targeted and o.method != "DELETE")
    found = (o for o in single if not o.part and not o.attended and not o.each)
    return tuple(tag_of(operation).partition(".")[2] for operation in found if not _asks(operation))


@lru_cache(maxsize=100)
def batch_operations(type: "ResourceType[Any, Any, Any]") -> dict[str, Any]:
    """The type's own `batch` and `batch_preview`; none for a type without actions."""
    verbs = batch_verbs(type)
    if not verbs:
        return {}
    verb: Any = StrEnum(f"{_word(type)}Verb", {name: name for name in verbs})  # type: ignore[misc] - its members are data
    operation = Annotated[verb, shown("Operation", f"What is done with each {type.title.lower()}.")]
    which: list[Any] = [("operation", operation), ("pattern", Pattern, ""), ("tag", Tag, ""), ("ids", Ids, ())]
    how: list[Any] = [
        ("limit", Annotated[int, Meta(ge=1, le=100), shown("At a time", "So many run side by side.")], 5),
        (
            "stop_on_failure",
            Annotated[bool, shown("Stop on failure", "Begin with no more once one has not succeeded.")],
            False,
        ),
    ]
    return {
        "batch": _made(type, Batch, "batch", [*which, *how]),
        "batch_preview": _made(type, BatchPreview, "batch_preview", which),
    }


def _made(type: "ResourceType[Any, Any, Any]", base: type[Operation[Any]], verb: str, fields: list[Any]) -> Any:
    return derived(base, f"{base.__name__}{_word(type)}", f"{type.name}.{verb}", fields)


def _asks(operation: type[Any]) -> bool:
    return any(field.required and field.name != "target" for field in msgspec.structs.fields(operation))


def _word(type: "ResourceType[Any, Any, Any]") -> str:
    return type.title.title().replace(" ", "")
