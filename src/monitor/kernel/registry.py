"""Registry: everything declared, found by name; made once from explicit tuples and checked then."""

from collections.abc import Iterable, Sequence
from typing import Any

from monitor.kernel.batches import batch_operations
from monitor.kernel.operation import Kind, Operation, tag_of
from monitor.kernel.standard import AnyType, changes_stream, standard_operations
from monitor.kernel.stream import Stream
from monitor.kernel.webhooks import webhook_operations, webhook_stream


class Registry:
    """The declared types, operations and topics. ValueError when a name is taken twice or names the wrong type."""

    def __init__(
        self,
        types: Sequence[AnyType],
        operations: Iterable[type[Operation[Any]]] = (),
        streams: Iterable[type[Stream[Any]]] = (),
    ) -> None:
        self.types: dict[str, AnyType] = {t.name: t for t in types}
        self.operations: dict[str, type[Operation[Any]]] = {}
        self.streams: dict[str, type[Stream[Any]]] = {}
        self.standard: set[str] = set()
        for kept in types:
            own = standard_operations(kept)
            self.standard |= {f"{kept.name}.{verb}" for verb in own}
            made = (*batch_operations(kept).values(), *webhook_operations(kept).values())
            hook = webhook_stream(kept)
            streams_of = (*kept.streams, changes_stream(kept), *((hook,) if hook else ()))
            self._add(kept, (*own.values(), *kept.operations, *made), streams_of)
        for operation in operations:
            self._put(self.operations, operation)
        for stream in streams:
            self._put(self.streams, stream)

    def type_of(self, name: str) -> AnyType | None:
        """The resource type an operation or topic is about, or None for a feature's."""
        return self.types.get(name.partition(".")[0])

    def route(self, name: str) -> tuple[str, str]:
        """(method, path below /api) of an operation; `{target}` stands for the id or name."""
        operation = self.operations[name]
        method = operation.method or ("GET" if operation.kind is Kind.QUERY else "POST")
        kept = self.type_of(name)
        if operation.path or kept is None:
            return method, operation.path
        verb = name.partition(".")[2]
        standard = {"list": "GET", "create": "POST", "get": "GET", "update": "PATCH", "delete": "DELETE"}
        if verb in standard:
            return standard[verb], f"/{kept.plural}" if verb in ("list", "create") else f"/{kept.plural}/{{target}}"
        return method, f"/{kept.plural}/{'{target}' if operation.targeted else '-'}/{verb}"

    def _add(
        self, kept: AnyType, operations: Iterable[type[Operation[Any]]], streams: Iterable[type[Stream[Any]]]
    ) -> None:
        for declared in (*operations, *streams):
            if not tag_of(declared).startswith(f"{kept.name}."):
                raise ValueError(f"{tag_of(declared)} is listed under {kept.name}")
        for operation in operations:
            self._put(self.operations, operation)
        for stream in streams:
            self._put(self.streams, stream)

    def _put(self, into: dict[str, Any], declared: Any) -> None:
        name = tag_of(declared)
        if name in into:
            raise ValueError(f"{name} is declared twice")
        into[name] = declared
