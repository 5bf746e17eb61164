"""Requested: actions that configs keep to be asked for later; on saving understood, found and permitted.

They are permitted again each time they are asked for.
"""

from typing import Any

from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.config import check_powers, runs_code
from monitor.core.parts import Parts
from monitor.kernel.asked import AskedAction
from monitor.kernel.errors import FieldError, Forbidden, Invalid
from monitor.kernel.fields import replace_marked
from monitor.kernel.operation import Kind, Operation, tag_of
from monitor.kernel.registry import Registry
from monitor.kernel.wire import from_user


def operation_of(registry: Registry, asked: AskedAction, field: str) -> Operation[Any]:
    """What is asked for. Invalid, naming the part of the field, where it is no action, or told what it cannot be."""
    declared = registry.operations.get(asked.operation)
    if declared is None or declared.kind is not Kind.ACTION or declared.attended or not declared.routed:
        raise Invalid.field(
            f"{field}.operation", f"there is no action {asked.operation!r} that can be asked for by itself"
        )
    if declared.targeted != bool(asked.target):
        said = "say of what: a name or id" if declared.targeted else f"{asked.operation} is of no single thing"
        raise Invalid.field(f"{field}.target", said)
    for reserved in ("op", "target"):
        if reserved in asked.parameters:
            raise Invalid.field(f"{field}.parameters.{reserved}", "unknown field")
    try:
        return from_user({**asked.parameters, "op": asked.operation, "target": asked.target}, declared)
    except Invalid as wrong:
        fields = tuple(FieldError(f"{field}.parameters.{one.path}", one.message) for one in wrong.fields)
        raise Invalid("; ".join(f"{one.path}: {one.message}" for one in fields), fields) from None


def resolve(parts: Parts, caller: Caller, config: Any, old: Record | None) -> Any:
    """The config with each target by its id, once what it newly asks for is found and permitted."""
    before: dict[str, Any] = {}

    def note(mark: Any, value: Any, path: str) -> Any:
        before[path] = value
        return value

    if old is not None:
        replace_marked(old.stored.config, "asks", note)

    def to_id(mark: Any, value: Any, path: str) -> Any:
        if value is None or value == before.get(path):
            return value
        return _resolve_one(parts, caller, value, f"config.{path}")

    return replace_marked(config, "asks", to_id)


def _resolve_one(parts: Parts, caller: Caller, asked: AskedAction, field: str) -> AskedAction:
    operation = operation_of(parts.registry, asked, field)
    type = asked.operation.partition(".")[0]
    if not operation.targeted:
        _permit(parts, caller, operation, None, field)
        return asked
    found = parts.catalog.find(type, asked.target)
    if found is None or not parts.permit.readable(caller, type, found.id):
        raise Invalid.field(f"{field}.target", f"there is no {type} {asked.target!r}")
    _permit(parts, caller, operation, found, field)
    return AskedAction(operation=asked.operation, target=found.id, parameters=asked.parameters)


def _permit(parts: Parts, caller: Caller, operation: Operation[Any], found: Record | None, field: str) -> None:
    """As the dispatcher would now."""
    type = tag_of(operation.__class__).partition(".")[0]
    if not parts.permit.may(caller, operation.needs, type, found.id if found else ""):
        where = f" on {type} {found.stored.name}" if found else ""
        raise Forbidden(
            f"{field}: {operation.needs.value!r}{where} is needed to have this done",
            (FieldError(f"{field}.operation", "not allowed"),),
        )
    if found is not None and runs_code(operation.needs):
        check_powers(parts, caller, found.behaviour, found.stored.config)
