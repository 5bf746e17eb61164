"""How requests about what exists are answered."""

from typing import Any

import msgspec

from monitor.core.context import QueryContext
from monitor.features.types.spec import ListTypes, OperationInfo, TypeInfo
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.registry import Registry
from monitor.kernel.standard import AnyType


class Types:
    """Publishes the declarations."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._answer = tuple(self._info(t) for t in registry.types.values())

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation of the spec."""
        return (AnswerHandler(ListTypes, self.publish),)

    async def publish(self, ctx: QueryContext, op: ListTypes) -> tuple[TypeInfo, ...]:
        """The same for everybody: declarations hold no data."""
        return self._answer

    def _info(self, type: AnyType) -> TypeInfo:
        prefix = f"{type.name}."
        return TypeInfo(
            name=type.name,
            plural=type.plural,
            title=type.title,
            columns=type.columns,
            config=schema_of(type.config),
            operations=tuple(self._operation(n) for n in self._registry.operations if n.startswith(prefix)),
            topics=tuple(n for n in self._registry.streams if n.startswith(prefix)),
        )

    def _operation(self, name: str) -> OperationInfo:
        operation = self._registry.operations[name]
        method, path = self._registry.route(name)
        return OperationInfo(
            name=name,
            title=name.partition(".")[2].replace("_", " ").capitalize(),
            kind=operation.kind.value,
            needs=operation.needs.value,
            targeted=operation.targeted,
            method=method,
            path=f"/api{path}",
            help=(operation.__doc__ or "").strip(),
            schema=schema_of(operation),
        )


def schema_of(struct: Any) -> dict[str, Any]:
    """JSON schema of a struct with its parts under $defs."""
    return msgspec.json.schema(struct)
