"""Settings in layers: defaults < TOML files in order < environment < flags, each value knowing where it came from."""

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct

from monitor.kernel.errors import FieldError, Invalid
from monitor.kernel.fields import mark_of, struct_hints

S = TypeVar("S", bound=Struct)


class Shown(Struct, frozen=True):
    """One setting as `config --show` prints it; a secret's value is hidden."""

    name: str
    value: str
    source: str
    """`default`, `file /etc/…`, `environment MONITOR_…` or `flag --…`."""


class Loaded(Generic[S]):
    """The decoded settings and where each value came from."""

    def __init__(self, value: S, sources: Mapping[str, str]) -> None:
        self.value = value
        self._sources = sources

    def show(self) -> tuple[Shown, ...]:
        """Every setting, in the order of declaration."""
        return tuple(
            Shown(name, _text(at(self.value, name), hint), self._sources.get(name, "default"))
            for name, hint in _leaves(type(self.value)).items()
        )


def load(
    as_type: type[S],
    prefix: str,
    *,
    files: Sequence[Path] = (),
    environment: Mapping[str, str] = os.environ,
    flags: Mapping[str, object] | None = None,
) -> Loaded[S]:
    """Decode the layers. Invalid names every wrong or unknown key, where it stands and the nearest known one.

    `prefix` as `MONITOR_CORE_`; in the environment `__` nests, and `NAME_FILE` names a file that holds the value.
    Flags are keyed like `policy.bind`; None means not given. `{prefix}CONFIG` names files when none are given.
    """
    layers = _Layers(as_type)
    named = environment.get(f"{prefix}CONFIG", "")
    for path in files or [Path(part) for part in named.split(os.pathsep) if part]:
        layers.add_table(_read_toml(path), f"file {path}")
    layers.add_environment(prefix, environment)
    for name, value in (flags or {}).items():
        if value is not None:
            layers.add(name, value, f"flag --{name.replace('.', '-').replace('_', '-')}")
    return layers.decode()


def at(value: object, name: str) -> Any:
    """The value of the setting called `name` (dots go into tables)."""
    for part in name.split("."):
        value = getattr(value, part)
    return value


class _Layers(Generic[S]):
    """Values by dotted name, the latest layer winning, with every complaint gathered."""

    def __init__(self, as_type: type[S]) -> None:
        self._type = as_type
        self._known = _leaves(as_type)
        self._values: dict[str, Any] = {}
        self._sources: dict[str, str] = {}
        self._wrong: list[FieldError] = []

    def add(self, name: str, value: object, source: str) -> None:
        hint = self._known.get(name)
        if hint is None:
            self._wrong.append(FieldError(name, f"unknown setting ({source}){_nearest(name, self._known)}"))
            return
        if isinstance(value, str) and _is_sequence(hint):
            value = [part.strip() for part in value.split(",") if part.strip()]
        try:
            self._values[name] = msgspec.convert(value, hint, strict=False, dec_hook=_decode_path)
        except (msgspec.ValidationError, ValueError) as wrong:
            self._wrong.append(FieldError(name, f"{str(wrong).partition(' - at ')[0]} ({source})"))
        self._sources[name] = source

    def add_table(self, table: Mapping[str, Any], source: str, above: str = "") -> None:
        for key, value in table.items():
            name = f"{above}{key}"
            inside = any(known.startswith(f"{name}.") for known in self._known)
            if isinstance(value, dict) and inside:
                self.add_table(value, source, f"{name}.")  # pyright: ignore[reportUnknownArgumentType] - TOML
            else:
                self.add(name, value, source)  # pyright: ignore[reportUnknownArgumentType] - TOML

    def add_environment(self, prefix: str, environment: Mapping[str, str]) -> None:
        for variable in sorted(environment):
            if not variable.startswith(prefix) or variable == f"{prefix}CONFIG":
                continue
            name = variable.removeprefix(prefix).lower().replace("__", ".")
            source = f"environment {variable}"
            if name in self._known or not name.endswith("_file"):
                self.add(name, environment[variable], source)
            elif variable.removesuffix("_FILE") in environment:
                self._wrong.append(FieldError(name, f"set {variable.removesuffix('_FILE')} or {variable}, not both"))
            else:
                self.add(name.removesuffix("_file"), _read_value(Path(environment[variable]), variable), source)

    def decode(self) -> Loaded[S]:
        if self._wrong:
            raise _invalid(self._wrong)
        tree: dict[str, Any] = {}
        for name, value in self._values.items():
            *tables, key = name.split(".")
            table = tree
            for part in tables:
                table = table.setdefault(part, {})
            table[key] = value
        try:
            return Loaded(msgspec.convert(tree, self._type, dec_hook=_decode_path), self._sources)
        except msgspec.ValidationError as wrong:
            raise _invalid([FieldError("", str(wrong))]) from None


def _leaves(struct: type[Struct], above: str = "") -> dict[str, Any]:
    """Annotation of every setting by dotted name."""
    found: dict[str, Any] = {}
    for name, hint in struct_hints(struct).items():
        if isinstance(hint, type) and issubclass(hint, Struct):
            found |= _leaves(hint, f"{above}{name}.")
        else:
            found[f"{above}{name}"] = hint
    return found


def _text(value: object, hint: Any) -> str:
    if mark_of(hint, "secret") is not None:
        return "hidden" if value else "not set"
    if isinstance(value, Path):
        return str(value)
    return msgspec.json.encode(value).decode()


def _is_sequence(hint: Any) -> bool:
    if get_origin(hint) is Annotated:
        return _is_sequence(get_args(hint)[0])
    return (get_origin(hint) or hint) in (tuple, list, frozenset, set)


def _decode_path(as_type: type, value: object) -> object:
    if as_type is Path and isinstance(value, str | Path):
        return Path(value)
    raise ValueError(f"expected a {as_type.__name__}")


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}"


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text())
    except OSError as failure:
        raise Invalid(f"the settings file {path} cannot be read: {failure.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Invalid(f"the settings file {path} is no valid TOML: {wrong}") from None


def _read_value(path: Path, variable: str) -> str:
    try:
        return path.read_text().rstrip("\r\n")
    except OSError as failure:
        raise Invalid(f"{variable}: the file {path} cannot be read: {failure.strerror}") from None


def _invalid(wrong: list[FieldError]) -> Invalid:
    said = "; ".join(f"{error.path}: {error.message}" if error.path else error.message for error in wrong)
    return Invalid(f"wrong settings: {said}", tuple(wrong))
