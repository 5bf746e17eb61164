"""Derived: a type's own class of what every type has, made from the common one."""

from collections.abc import Sequence
from typing import Any

import msgspec


def derived(base: type[Any], name: str, tag: str, fields: Sequence[Any] = ()) -> Any:
    """`base` under another name and tag, with these fields more (as msgspec.defstruct takes them); it says the same."""
    return msgspec.defstruct(
        name,
        fields,
        bases=(base,),
        tag=tag,
        frozen=True,
        kw_only=True,
        namespace={"__doc__": base.__doc__},
        module=base.__module__,
    )
