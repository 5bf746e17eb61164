"""OpenAPI 3.1 of the REST API, from the declarations; and the same as a page to browse."""

from typing import Any, cast, get_args, get_origin

import msgspec

from monitor import __version__
from monitor.kernel.activity import Activity
from monitor.kernel.call import answer_of
from monitor.kernel.download import Download
from monitor.kernel.errors import FieldError
from monitor.kernel.operation import Access, Kind, Operation
from monitor.kernel.registry import Registry
from monitor.kernel.resource import Page, Resource
from monitor.kernel.standard import changes_stream

_ERRORS = {"401": "Not signed in", "403": "Not allowed", "404": "Not found", "409": "Conflict", "422": "Invalid input"}


def document(registry: Registry) -> dict[str, Any]:
    """The OpenAPI document as builtins."""
    names = [name for name, operation in registry.operations.items() if operation.routed]
    requests = [registry.operations[n] for n in names]
    answers = [answer_type(registry, n) for n in names]
    topics = list(registry.streams.values())
    events = [event_type(registry, n) for n in registry.streams]
    # msgspec names components itself and keeps equal ones together.
    schemas, components = msgspec.json.schema_components(
        [*requests, *answers, *topics, *events, FieldError], ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, Any] = {}
    for index, name in enumerate(names):
        method, path = registry.route(name)
        request = _resolve(schemas[index], components)
        described = _operation(registry, name, request, schemas[len(names) + index])
        paths.setdefault(f"/api{path}", {})[method.lower()] = described
    components["Problem"] = _problem(schemas[-1])
    live = schemas[2 * len(names) : -1]
    whole = {
        **_described(paths, components),
        "x-topics": {
            name: _topic(registry, name, live[number], live[len(topics) + number])
            for number, name in enumerate(registry.streams)
        },
    }
    return _renamed(whole, {_name(schemas[len(names) + i]): _plain_name(a) for i, a in enumerate(answers)})


def _described(paths: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Monitor", "version": __version__, "description": "Errors are RFC 9457 problems."},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def answer_type(registry: Registry, name: str) -> Any:
    """What an operation answers, with a resource type's own config, info and status."""
    operation = registry.operations[name]
    kept = registry.type_of(name)
    if kept is not None and name in registry.standard:
        own = Resource[kept.config, kept.info, kept.status]
        return {"list": Page[own], "delete": None}.get(name.partition(".")[2], own)
    if operation.kind is Kind.ACTION:
        return Activity
    for base in _bases(operation):
        args = get_args(base)
        if args:
            return {type(None): None, Download: str}.get(args[0], args[0])
    return Any


def event_type(registry: Registry, name: str) -> Any:
    """What a topic sends, with a resource type's own config, info and status."""
    stream = registry.streams[name]
    kept = registry.type_of(name)
    if kept is not None and stream is changes_stream(kept):
        return Resource[kept.config, kept.info, kept.status]
    return next(args[0] for base in _bases(stream) if (args := get_args(base)))


def _topic(registry: Registry, name: str, parameters: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """One live topic: what to subscribe with, and what each item of its frames holds."""
    stream = registry.streams[name]
    return {
        "description": (stream.__doc__ or "").strip(),
        "kind": stream.kind.value,
        "targeted": stream.targeted,
        "needs": stream.needs.value,
        "parameters": parameters,
        "event": event,
    }


def _name(schema: dict[str, Any]) -> str:
    return schema.get("$ref", "").rpartition("/")[2]


def _plain_name(answer: Any) -> str:
    """`Server` and `ServerPage` where msgspec spells a generic answer out with all its parts."""
    origin, args = get_origin(answer), get_args(answer)
    if origin is Resource:
        return str(args[0].__name__).removesuffix("Config")
    if origin is Page:
        return f"{_plain_name(args[0])}Page"
    return str(getattr(answer, "__name__", ""))


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The document with components called by other names, in place and where they are referred to."""
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {names.get(key) or key: _renamed(inner, names) for key, inner in items}
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in cast("list[Any]", value)]
    if isinstance(value, str) and value.startswith("#/components/schemas/"):
        name = value.rpartition("/")[2]
        return f"#/components/schemas/{names.get(name) or name}"
    return value


def _bases(operation: type[Any]) -> list[Any]:
    return [b for c in operation.__mro__ for b in getattr(c, "__orig_bases__", ())]


def _operation(registry: Registry, name: str, request: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    operation = registry.operations[name]
    method, path = registry.route(name)
    fields = {k: v for k, v in request.get("properties", {}).items() if k not in ("op", "target")}
    required = [f for f in request.get("required", []) if f in fields]
    described: dict[str, Any] = {
        "operationId": name,
        "tags": [name.partition(".")[0]],
        "summary": (operation.__doc__ or "").strip().partition("\n")[0],
        "description": f"Needs `{operation.needs.value}`.",
        "parameters": [_parameter("target", {"type": "string"}, where="path")] if "{target}" in path else [],
        "responses": _responses(operation, answer),
    }
    if operation.needs is Access.PUBLIC:
        described["security"] = []
    if method in ("GET", "DELETE"):
        described["parameters"] += [_parameter(k, v, required=k in required) for k, v in fields.items()]
    else:
        body = {"type": "object", "properties": fields, "required": required, "additionalProperties": False}
        described["requestBody"] = {"content": {"application/json": {"schema": body}}, "required": bool(required)}
    if operation.kind is Kind.ACTION:
        described["parameters"].append(_parameter("wait", {"type": "number", "minimum": 0, "maximum": 3600}))
    return described


def _responses(operation: type[Operation[Any]], answer: dict[str, Any]) -> dict[str, Any]:
    kind = "text/plain" if answer_of(operation) is Download else "application/json"
    content = {"content": {kind: {"schema": answer}}}
    responses: dict[str, Any] = {}
    if operation.kind is Kind.ACTION:
        responses["202"] = {"description": "Accepted; the activity goes on", **content}
        responses["200"] = {"description": "With `wait`: the activity has ended", **content}
    elif answer == {"type": "null"}:
        responses["204"] = {"description": "Done"}
    else:
        responses["200"] = {"description": "Done", **content}
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    responses |= {status: {"description": text, **problem} for status, text in _ERRORS.items()}
    if operation.kind is not Kind.QUERY:
        responses["413"] = {"description": "The body is too large", **problem}
    responses["429"] = {"description": "Too many tries", **problem}
    responses["502"] = {"description": "The host could not do it", **problem}
    responses["503"] = {"description": "A host or the store does not answer", **problem}
    return responses


def _parameter(name: str, schema: dict[str, Any], *, where: str = "query", required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required or where == "path", "schema": schema}


def _resolve(schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    ref = schema.get("$ref", "")
    return components[ref.rpartition("/")[2]] if ref else schema


def _problem(field_error: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string"},
            "hint": {"type": "string"},
            "errors": {"type": "array", "items": field_error},
            "current": {"description": "With 409 on an update: the resource as it is now."},
            "retry_after": {"type": "integer"},
        },
    }
