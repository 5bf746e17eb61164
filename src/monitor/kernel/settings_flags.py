"""Settings on a command line: a flag for each, over the environment and the files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

from msgspec import Meta, Struct

from monitor.kernel.fields import struct_hints
from monitor.kernel.settings import Loaded, load

S = TypeVar("S", bound=Struct)
_DEST = "setting:"


def add_settings(parser: ArgumentParser, settings: type[Struct], prefix: str) -> None:
    """Declare `--config` and a flag for each setting; `--policy-bind` of `[policy] bind`."""
    parser.add_argument(
        "--config",
        action="append",
        type=Path,
        metavar="FILE",
        help=f"TOML file with settings; repeatable, later ones win ({prefix}CONFIG).",
    )
    group = parser.add_argument_group("settings", f"Each may stand in a file or as {prefix}NAME, too.")
    for name, hint in settings_in(settings).items():
        plain: dict[str, Any] = {"metavar": name.rpartition(".")[2].upper()}
        switch: dict[str, Any] = {"metavar": "true|false", "nargs": "?", "const": "true"}
        group.add_argument(
            f"--{name.replace('.', '-').replace('_', '-')}",
            dest=_DEST + name,
            help=about(hint).replace("%", "%%"),
            **(switch if _plain(hint) is bool else plain),
        )


def settings_from(args: Namespace, settings: type[S], prefix: str) -> Loaded[S]:
    """The settings those flags, the environment and the files make."""
    flags = {name: getattr(args, _DEST + name, None) for name in settings_in(settings)}
    return load(settings, prefix, files=args.config or (), flags=flags)


def settings_in(settings: type[Struct], above: str = "") -> dict[str, Any]:
    """Annotation of every setting by dotted name, tables after single values."""
    single: dict[str, Any] = {}
    tables: dict[str, Any] = {}
    for name, hint in struct_hints(settings).items():
        if isinstance(hint, type) and issubclass(hint, Struct):
            tables |= settings_in(hint, f"{above}{name}.")
        else:
            single[f"{above}{name}"] = hint
    return single | tables


def about(hint: Any) -> str:
    """What the declaration says of a setting, in one or a few sentences."""
    said: list[str] = []
    for meta in _metas(hint):
        label = (meta.extra_json_schema or {}).get("x-label", "")
        said += [text for text in (label, meta.description) if text]
    return " ".join(text if text.endswith(".") else f"{text}." for text in said)


def _metas(hint: Any) -> list[Meta]:
    if get_origin(hint) is Annotated:
        return [mark for mark in get_args(hint)[1:] if isinstance(mark, Meta)]
    return []


def _plain(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint
