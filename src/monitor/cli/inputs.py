"""From a command line to an operation: flags over a file's values, checked here before core is asked."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from monitor.cli.flags import Flag
from monitor.cli.shape import Kind
from monitor.cli.sources import Sources
from monitor.kernel.errors import FieldError, Invalid
from monitor.kernel.terminal import ask, ask_new
from monitor.kernel.wire import from_user

OUTPUT_ONLY = ("id", "created", "updated", "info", "status", "secrets", "names", "can", "not_now", "notes")
"""Parts of a resource as core shows it that are ignored when it is given back as a file."""


def operation_from(made: type[Any], flags: Sequence[Flag], args: Namespace, sources: Sources) -> Any:
    """The operation; Invalid in the words of the command line."""
    fields = _from_file(getattr(args, "file", None), made, sources)
    for flag in flags:
        given = getattr(args, flag.dest, None)
        if given is not None:
            _put(fields, flag.path, flag.read(given, sources))
        elif flag.required and flag.shape.secret and flag.path[0] not in fields:
            fields[flag.path[0]] = _asked(flag)
    if getattr(args, "target", None) is not None:
        fields["target"] = args.target
    if "config" in made.__struct_fields__ and made.__struct_config__.tag.endswith(".create"):
        fields.setdefault("config", {})
    try:
        return from_user(fields, made)
    except Invalid as wrong:
        raise in_flags(wrong, flags) from None


def stream_from(made: type[Any], flags: Sequence[Flag], args: Namespace, sources: Sources) -> Any:
    """The topic, from those flags that are fields of it; Invalid for a flag that is not."""
    fields: dict[str, Any] = {}
    for flag in flags:
        given = getattr(args, flag.dest, None)
        if given is None:
            continue
        if flag.path[0] not in made.__struct_fields__:
            raise Invalid.field(flag.name, "cannot be used together with --follow or --watch")
        _put(fields, flag.path, flag.read(given, sources))
    if getattr(args, "target", None) is not None:
        fields["target"] = args.target
    return from_user(fields, made)


def in_flags(wrong: Invalid, flags: Sequence[Flag]) -> Invalid:
    """The same complaint with each field called by its flag."""
    fields = tuple(FieldError(_called(error.path, flags), error.message) for error in wrong.fields)
    if not fields:
        return wrong
    return Invalid("; ".join(f"{f.path}: {f.message}" for f in fields), fields, hint=wrong.hint)


def _called(path: str, flags: Sequence[Flag]) -> str:
    for flag in flags:
        own = ".".join(flag.path)
        if path == own:
            return flag.name
        if path.startswith((f"{own}.", f"{own}[")):
            return f"{flag.name} ({path.removeprefix('config.')})"
    return path


def _from_file(path: str | None, made: type[Any], sources: Sources) -> dict[str, Any]:
    """A file holds the config alone, or a whole resource as `get --json` prints it."""
    if path is None:
        return {}
    document = sources.document(path)
    if "config" not in document:
        return {"config": document}
    known = {name: value for name, value in document.items() if name not in OUTPUT_ONLY}
    if "revision" not in made.__struct_fields__:
        known.pop("revision", None)
    return known


def _put(fields: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        fields = fields.setdefault(part, {})
    fields[path[-1]] = value


def _asked(flag: Flag) -> str:
    label = flag.path[-1].replace("_", " ").capitalize()
    return ask_new(label) if flag.shape.kind is Kind.TEXT and label == "Password" else ask(label)
