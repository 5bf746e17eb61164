"""How requests about what exists are answered."""

from functools import cache, cached_property
from typing import Any

import msgspec

from monitor.core.context import QueryContext
from monitor.core.openapi import event_type
from monitor.features.types.spec import ListTypes, OperationInfo, StreamInfo, TypeInfo
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.registry import Registry
from monitor.kernel.standard import AnyType


class Types:
    """Publishes the declarations."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation of the spec."""
        return (AnswerHandler(ListTypes, self.publish),)

    async def publish(self, ctx: QueryContext, op: ListTypes) -> tuple[TypeInfo, ...]:
        """The same for everybody: declarations hold no data."""
        return self._answer

    @cached_property
    def _answer(self) -> tuple[TypeInfo, ...]:
        """Made when it is first asked for: of all that core does as it starts, it would take longest."""
        return tuple(self._info(t) for t in self._registry.types.values())

    def _info(self, type: AnyType) -> TypeInfo:
        prefix = f"{type.name}."
        return TypeInfo(
            name=type.name,
            plural=type.plural,
            title=type.title,
            help=type.help or (type.config.__doc__ or "").strip(),
            columns=type.columns,
            config=schema_of(type.config),
            info=schema_of(type.info),
            status=schema_of(type.status),
            operations=tuple(self._operation(n) for n in self._registry.operations if n.startswith(prefix)),
            topics=tuple(n for n in self._registry.streams if n.startswith(prefix)),
            streams=tuple(self._stream(n) for n in self._registry.streams if n.startswith(prefix)),
        )

    def _stream(self, name: str) -> StreamInfo:
        stream = self._registry.streams[name]
        return StreamInfo(
            name=name,
            kind=stream.kind.value,
            targeted=stream.targeted,
            needs=stream.needs.value,
            help=(stream.__doc__ or "").strip(),
            event=schema_of(event_type(self._registry, name)),
        )

    def _operation(self, name: str) -> OperationInfo:
        operation = self._registry.operations[name]
        method, path = self._registry.route(name)
        return OperationInfo(
            name=name,
            title=operation.title or name.partition(".")[2].replace("_", " ").capitalize(),
            kind=operation.kind.value,
            danger=operation.danger,
            attended=operation.attended,
            needs=operation.needs.value,
            targeted=operation.targeted,
            part=operation.part,
            method=method,
            path=f"/api{path}",
            help=(operation.__doc__ or "").strip(),
            steps=operation.steps,
            meanwhile=operation.meanwhile,
            schema=schema_of(operation),
        )


@cache
def schema_of(struct: Any) -> dict[str, Any]:
    """JSON schema of a struct with its parts under $defs."""
    return msgspec.json.schema(struct)
