"""How an operation is put into an HTTP request: the rules of the REST API, seen from the asking side."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct

from monitor.kernel.operation import Operation, tag_of
from monitor.kernel.registry import Registry
from monitor.kernel.wire import encode


class Request(Struct, frozen=True, kw_only=True):
    """One request, ready to be sent below /api by any HTTP client."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


def request_for(registry: Registry, operation: Operation[Any]) -> Request:
    """The request that asks for it: parameters in the query of a GET or DELETE, in a JSON body otherwise."""
    method, path = registry.route(tag_of(type(operation)))
    fields: dict[str, Any] = msgspec.to_builtins(operation)
    fields.pop("op", None)
    target = fields.pop("target")
    if "{target}" in path:
        path = path.replace("{target}", quote(target, safe=""))
    elif target:
        fields["target"] = target
    if method in ("GET", "DELETE"):
        return Request(method=method, path=path, query=tuple(_pairs(fields)))
    revision = fields.pop("revision", None) if method == "PATCH" else None
    matching = () if revision is None else (("If-Match", str(revision)),)
    headers = (("Content-Type", "application/json"), *matching)
    return Request(method=method, path=path, headers=headers, body=encode(fields))


def _pairs(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Query pairs: a list repeats its key, nothing is said of what is null."""
    for name, value in fields.items():
        values: list[Any] = [*value] if isinstance(value, list | tuple) else [value]  # pyright: ignore[reportUnknownArgumentType] - builtins
        yield from ((name, _text(one)) for one in values if one is not None)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
