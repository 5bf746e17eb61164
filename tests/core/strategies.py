"""Strategies: hypothesis makes values of any declared type, hostile ones among them, now and then of a wrong type."""

import types
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st
from msgspec import NODEFAULT, Struct, UnsetType

from monitor.kernel.fields import struct_hints
from monitor.testing.samples import reference_mark

HOSTILE = (
    "",
    " ",
    "; reboot",
    "$(reboot)",
    "`reboot`",
    "| cat /etc/passwd",
    "a\nb",
    "web\n",
    "\r\nSet-Cookie: a=b",
    "--privileged",
    "-v/:/host",
    "--",
    "\0",
    "a\0b",
    "../../etc/passwd",
    "/../..",
    "%2e%2e%2f",
    "{{7*7}}",
    "${HOME}",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202egnp.exe",
    "\u2028",
    "\ufeff",
    "\U0001f4a9",
    "e\u0301",
    "İ",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "A" * 300,
    "x" * 5000,
    "null",
    "0",
    "host",
    "container:x",
    "sealed:1:AAAA",
    "http://169.254.169.254/",
    "https://user:password@example.org/",
    "ext::sh -c reboot",
    "file:///etc/passwd",
)
TEXT = st.sampled_from(HOSTILE) | st.text(max_size=40)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
Refer = Callable[[dict[str, str]], str]


def of(hint: Any, refer: Refer, *, wrong: bool = False) -> st.SearchStrategy[Any]:
    """Values of a type as JSON builtins. With `wrong`, here and there one of another type."""
    right = _of(hint, refer, wrong=wrong)
    return st.integers(0, 30).flatmap(lambda dice: ANYTHING if dice == 0 else right) if wrong else right


def _of(hint: Any, refer: Refer, *, wrong: bool) -> st.SearchStrategy[Any]:
    mark = reference_mark(hint)
    if mark is not None:
        return st.integers(0, 5).flatmap(lambda dice: st.just(refer(mark)) if dice else TEXT)
    if get_origin(hint) is Annotated:
        fitting = _fitting(hint)
        return _of(get_args(hint)[0], refer, wrong=wrong) if fitting is None else fitting
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of([of(arm, refer, wrong=wrong) for arm in get_args(hint) if arm is not UnsetType])
    plain = get_origin(hint) or hint
    if plain in (tuple, list):
        return st.lists(of(get_args(hint)[0], refer, wrong=wrong), max_size=2)
    if plain is Literal:
        return st.sampled_from(get_args(hint))
    if isinstance(plain, type) and issubclass(plain, Struct):
        return _of_struct(plain, refer, wrong=wrong)
    if isinstance(plain, type) and issubclass(plain, Enum):
        return st.sampled_from([member.value for member in plain])
    known = {
        str: TEXT,
        bool: st.booleans(),
        int: st.integers(-2, 100_000),
        float: st.floats(0, 1000),
        type(None): st.none(),
    }
    return known.get(plain, ANYTHING)


def _of_struct(struct: Any, refer: Refer, *, wrong: bool) -> st.SearchStrategy[Any]:
    config = struct.__struct_config__
    tag = {config.tag_field: st.just(config.tag)} if config.tag is not None else {}
    required, optional = dict[str, Any](tag), dict[str, Any]()
    for field in msgspec.structs.fields(struct):
        if field.name in ("target", "op"):
            continue
        must = field.default is NODEFAULT and field.default_factory is NODEFAULT
        into = required if must else optional
        into[field.encode_name] = of(struct_hints(struct)[field.name], refer, wrong=wrong)
    if wrong:
        optional["unknown key"] = ANYTHING
    return st.fixed_dictionaries(required, optional=optional)


def _fitting(hint: Any) -> st.SearchStrategy[str] | None:
    """For texts with a pattern: mostly such as fit, or they would hardly ever."""
    patterns = [m.pattern for m in get_args(hint)[1:] if isinstance(m, msgspec.Meta) and m.pattern]
    if get_args(hint)[0] is not str or not patterns:
        return None
    return st.from_regex(patterns[0]).filter(lambda text: len(text) < 300) | TEXT
