"""Held: how much every collection that can be reached from a core holds, by where it hangs."""

import types
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

_COLLECTIONS = (dict, set, list, deque, WeakValueDictionary, WeakKeyDictionary, WeakSet)
_LEAVES = (str, bytes, int, float, type(None), type, types.ModuleType, types.BuiltinFunctionType, types.CodeType)


def held_by(root: Any, without: tuple[type, ...] = ()) -> Counter[str]:
    """Items of all collections, by the class and attribute they are found at; nothing that `without` leads to."""
    found: Counter[str] = Counter()
    seen: set[int] = set()
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        where, thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, (*_LEAVES, *without)):
            continue
        seen.add(id(thing))
        if isinstance(thing, _COLLECTIONS):
            found[where] += len(thing)
        waiting.extend(_below(where, thing))
    return found


def _below(where: str, thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, dict):
        for key, value in list(thing.items()):
            yield where, key
            yield (f"{where}[{key}]" if where.endswith("__dict__") else where), value
    elif isinstance(thing, (*_COLLECTIONS, tuple, frozenset)):
        for one in list(thing):
            yield where, one
    elif isinstance(thing, types.MethodType):
        yield where, thing.__self__
        yield where, thing.__func__
    elif isinstance(thing, types.FunctionType):
        for name, cell in zip(thing.__code__.co_freevars, thing.__closure__ or (), strict=True):
            yield f"{thing.__qualname__}({name})", cell.cell_contents
    else:
        kind = type(thing).__name__
        for name, value in _attributes(thing):
            yield f"{kind}.{name}", value


def _attributes(thing: Any) -> Iterator[tuple[str, Any]]:
    yield from getattr(thing, "__dict__", {}).items()
    for name in getattr(thing, "__struct_fields__", ()):
        yield name, getattr(thing, name)
    for base in type(thing).__mro__:
        for name in getattr(base, "__slots__", ()) if not isinstance(getattr(base, "__slots__", ()), str) else ():
            value = getattr(thing, name, None)
            if value is not None:
                yield name, value
