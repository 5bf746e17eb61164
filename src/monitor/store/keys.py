"""Keys: what documents hold at their indexed paths, read and compared the same way by every backend."""

import re
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from monitor.store.contract import MAX_AMONG, Index, Where

Key = str | int | float | bool | None
"""A value to find by; None where a document has none."""

KIND = re.compile(r"[a-z][a-z0-9_.:-]{0,62}")
PATH = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*")


class Keys:
    """The declared indexes: which paths of which kind are searchable."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        declared: dict[str, set[str]] = {}
        for index in indexes:
            check_kind(index.kind)
            if PATH.fullmatch(index.path) is None:
                raise ValueError(f"index path {index.path!r} of {index.kind} is not of the form {PATH.pattern}")
            declared.setdefault(index.kind, set()).add(index.path)
        self.paths: dict[str, tuple[str, ...]] = {kind: tuple(sorted(paths)) for kind, paths in declared.items()}
        """Searchable paths by kind, in the order of the keys of `read`."""

    def read(self, kind: str, body: bytes) -> tuple[Key, ...]:
        """The keys of a document, one for each path of its kind. ValueError if the body is not JSON."""
        value = decode_body(kind, body)
        return tuple(as_key(_at(value, path)) for path in self.paths.get(kind, ()))

    def check(self, kind: str, where: Sequence[Where]) -> None:
        """Raise ValueError for a condition that could not be answered from an index, or says nothing."""
        for condition in where:
            if condition.path not in self.paths.get(kind, ()):
                raise ValueError(f"{kind} has no index on {condition.path!r}; declare Index({kind!r}, …) to find by it")
            values = (condition.equals, condition.among, condition.at_least, condition.below, condition.contains)
            if all(value is None for value in values):
                raise ValueError(f"the condition on {kind} {condition.path!r} names no value")
            if condition.among is not None and len(condition.among) > MAX_AMONG:
                raise ValueError(f"{len(condition.among)} values for {kind} {condition.path!r}; at most {MAX_AMONG}")


def check_kind(kind: str) -> None:
    """Raise ValueError unless every backend can name a table or collection after `kind`."""
    if KIND.fullmatch(kind) is None:
        raise ValueError(f"kind {kind!r} is not of the form {KIND.pattern}")


def decode_body(what: str, body: bytes) -> Any:
    """The body as Python values. ValueError if it is not JSON (of UTF-8, with finite numbers)."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise ValueError(f"the body of {what} is not JSON: {wrong}") from None


def as_key(value: Any) -> Key:
    """A scalar as it is compared (integers beyond 64 bits as floats), None for anything else."""
    if not isinstance(value, str | int | float):
        return None
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    return value


def meets(key: Key, condition: Where) -> bool:
    """Whether a document with this key at the condition's path meets it."""
    if key is None:
        return False
    return (
        (condition.equals is None or _equal(key, condition.equals))
        and (condition.among is None or any(_equal(key, one) for one in condition.among))
        and (condition.at_least is None or _not_below(key, condition.at_least))
        and (condition.below is None or _below(key, condition.below))
        and (condition.contains is None or holds_text(key, condition.contains))
    )


def holds_text(key: Key, text: str) -> bool:
    """Whether the key is a string that has `text` in it, whatever the case."""
    return isinstance(key, str) and text.casefold() in key.casefold()


def _at(value: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(value, dict):
            return None
        value = cast("dict[str, Any]", value).get(name)
    return value


def _type(value: object) -> type:
    if isinstance(value, bool):
        return bool
    return str if isinstance(value, str) else float


def _equal(key: Any, other: Any) -> bool:
    return _type(key) is _type(other) and key == as_key(other)


def _not_below(key: Any, bound: Any) -> bool:
    return _type(key) is _type(bound) and key >= as_key(bound)


def _below(key: Any, bound: Any) -> bool:
    return _type(key) is _type(bound) and key < as_key(bound)
