"""Flags: the fields of an operation as options of a command line, and their values read back."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from monitor.cli.shape import Kind, Shape, shape_of
from monitor.kernel.errors import Invalid
from monitor.kernel.fields import struct_hints

if TYPE_CHECKING:
    from monitor.cli.sources import Sources

RESERVED = {"json", "detach", "wait", "file", "profile", "url", "help", "follow", "watch", "all", "yes", "target"}
"""Words the command itself uses; a field of that name gets a longer flag."""

_NEVER_BOTH = frozenset({"tag", "network"})
"""`--tag` is what a resource has; `--tags`, what its config is about, would be taken for it, and `--networks` for a
`--network` that may be repeated.
"""
_INSTEAD = {"file": "container-file"}
"""Of a config's field; `--config-file` would be taken for `--file`, the file with the config."""
_NOTHING = object()
"""What stands for null where nothing given would mean unchanged."""
_NO_PLURALS = {"dns", "tmpfs"}

Declares = argparse._ActionsContainer  # pyright: ignore[reportPrivateUsage]


class _Once(argparse.Action):
    """Keeps one value: of two, argparse would drop the first without a word."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, _: Any = None
    ) -> None:
        if getattr(namespace, self.dest, None) is not None:
            raise argparse.ArgumentError(self, "given twice, and it takes one value")
        setattr(namespace, self.dest, values)


@dataclass(frozen=True, kw_only=True)
class Flag:
    """One field as an option: where its value goes (`config.server`), what it is called, how it is read."""

    path: tuple[str, ...]
    name: str
    """`--server`, or `NAME` for a positional argument."""
    shape: Shape
    required: bool
    default: Any = None

    @property
    def dest(self) -> str:
        """Its name in the parsed arguments."""
        return "field:" + ".".join(self.path)

    @property
    def positional(self) -> bool:
        """Whether it is given by place."""
        return not self.name.startswith("-")

    def add_to(self, parser: Declares) -> None:
        """Declare it."""
        settings: dict[str, Any] = {"help": self._help()}
        if self.positional:
            parser.add_argument(self.dest, metavar=self.name, **settings)
            return
        if self.shape.kind is Kind.SWITCH and not self.shape.many:
            self._add_switch(parser, settings)
            return
        if self.shape.choices:
            settings["choices"] = self.shape.choices
        else:
            settings["metavar"] = self._metavar()
        parser.add_argument(self.name, dest=self.dest, action="append" if self.shape.many else _Once, **settings)
        if self.shape.many:
            parser.add_argument(self._opposite, dest=self.dest, action="store_const", const=[], help=argparse.SUPPRESS)
        elif self._may_go:
            emptied: dict[str, Any] = {"action": "store_const", "const": _NOTHING, "help": argparse.SUPPRESS}
            parser.add_argument(self._opposite, dest=self.dest, **emptied)

    @property
    def _may_go(self) -> bool:
        """Whether there is a way to say that it shall be nothing."""
        return self.shape.nullable and self.path[0] == "config"

    def _add_switch(self, parser: Declares, settings: dict[str, Any]) -> None:
        """`--x` and `--no-x`; of a field that says `no` itself, `--no-x` and `--x`."""
        parser.add_argument(self.name, dest=self.dest, action="store_const", const=True, **settings)
        parser.add_argument(self._opposite, dest=self.dest, action="store_const", const=False, help=argparse.SUPPRESS)

    @property
    def _opposite(self) -> str:
        word = self.name.removeprefix("--")
        return f"--{word.removeprefix('no-')}" if word.startswith("no-") else f"--no-{word}"

    def read(self, given: Any, sources: "Sources") -> Any:
        """The JSON builtins for what was given; Invalid names the flag."""
        if given is _NOTHING:
            return None
        try:
            if self.shape.many:
                return _flat([self._one(text, sources) for text in given])
            return self._one(given, sources)
        except ValueError as wrong:
            raise Invalid.field(self.name, str(wrong)) from None

    def _one(self, text: Any, sources: "Sources") -> Any:
        shape = self.shape
        if not isinstance(text, str) or shape.kind in (Kind.SWITCH, Kind.CHOICE):
            return text
        if shape.secret or shape.lines:
            return sources.secret(text) if shape.secret else sources.text(text)
        if shape.kind is Kind.NUMBER and (shape.parse is None or shape.many):
            return _number(text)
        if (text[:1] == "[" and shape.many) or (text[:1] == "{" and shape.kind is Kind.STRUCTURE):
            return _json(text)
        if shape.parse is not None:
            return self._hidden(shape.parse(text), sources)
        return _json(text) if shape.kind is Kind.STRUCTURE else text

    def _hidden(self, item: Any, sources: "Sources") -> Any:
        """The item with secrets and files' texts read from where theirs say."""
        if not isinstance(item, dict):
            return item
        read = dict.fromkeys(self.shape.secrets, sources.secret) | dict.fromkeys(self.shape.texts, sources.text)
        return {
            key: read[key](value) if key in read and isinstance(value, str) else value
            for key, value in item.items()  # pyright: ignore[reportUnknownVariableType] - JSON builtins
        }

    def _metavar(self) -> str:
        if self.shape.example:
            return self._forms()[0].replace("%", "%%")
        if self.shape.refers_to:
            return self.shape.refers_to.upper()
        return {Kind.NUMBER: "N", Kind.STRUCTURE: "JSON"}.get(self.shape.kind, "TEXT")

    def _forms(self) -> list[str]:
        """How it can be written, an example of each."""
        return [form.removesuffix(",") for form in self.shape.example.split(" or ")]

    def _help(self) -> str:
        parts = [self.shape.help or self.shape.label]
        if others := self._forms()[1:]:
            parts.append(f"Or: {'; '.join(others)}.")
        if self.shape.secret or self.shape.secrets:
            parts.append("A secret: @FILE or - (standard input) keeps it out of the process list.")
        elif self.shape.lines:
            parts.append("@FILE or - (standard input): what is in there.")
        if self._may_go:
            parts.append(f"{self._opposite}: none.")
        if self.shape.kind is Kind.SWITCH and not self.shape.many:
            parts.append(f"The opposite: {self._opposite}.")
        if self.positional and self.shape.choices:  # argparse names those of an option by itself
            parts.append(f"One of {', '.join(self.shape.choices)}.")
        if self.shape.many:
            parts.append(f"Repeatable; {self._opposite}: none.")
        plain = not isinstance(self.default, msgspec.Struct)
        if plain and self.default not in (None, "", (), False) and not self.required:
            parts.append(f"Default: {_said(self.default)}.")
        return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part).replace("%", "%%")


def flags_of(operation: type[Any], config: type[Any] | None) -> tuple[Flag, ...]:
    """The flags of an operation; the fields of its `config` are spread out, all optional: a file may give them."""
    taken: set[str] = set()
    found: list[Flag] = []
    for field in msgspec.structs.fields(operation):
        if field.name in ("target", "cursor"):
            continue
        if field.name == "config" and config is not None:
            found += _config_flags(config, taken)
        else:
            found.append(_flag((field.name,), field, struct_hints(operation)[field.name], taken))
    return tuple(found)


def _config_flags(config: type[Any], taken: set[str]) -> Iterator[Flag]:
    hints = struct_hints(config)
    for field in msgspec.structs.fields(config):
        yield _flag(("config", field.name), field, hints[field.name], taken)


def _flag(path: tuple[str, ...], field: msgspec.structs.FieldInfo, hint: Any, taken: set[str]) -> Flag:
    shape = shape_of(hint)
    required = field.required
    word = _word(field.name, shape, taken)
    if len(path) == 1 and required and not shape.secret and shape.kind is not Kind.STRUCTURE and not shape.many:
        name = word.upper()
    else:
        if word in taken or word in RESERVED:
            word = _INSTEAD.get(word, f"config-{word}") if len(path) > 1 else f"set-{word}"
        name = f"--{word}"
    taken.add(word)
    return Flag(path=path, name=name, shape=shape, required=required, default=_default(field))


def _word(name: str, shape: Shape, taken: set[str]) -> str:
    """`--port` for each of the field `ports`; the whole word where it is no plural, or another field is called so."""
    word = name.replace("_", "-")
    plural = shape.many and word.endswith("s") and not word.endswith("ss") and word not in _NO_PLURALS
    one = word[: -2 if word.endswith(("ches", "shes", "xes")) else -1]
    return one if plural and (one not in taken or one in _NEVER_BOTH) else word


def _said(default: Any) -> str:
    items: list[Any] = [*default] if isinstance(default, tuple | list | frozenset) else [default]
    return ", ".join(str(getattr(item, "value", item)) for item in items)


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return None if field.default is msgspec.NODEFAULT or field.default is msgspec.UNSET else field.default


def _flat(items: list[Any]) -> list[Any]:
    """A JSON list given as one item stands for its items."""
    flat: list[Any] = []
    for item in items:
        flat += item if isinstance(item, list) else [item]
    return flat


def _number(text: str) -> int | float:
    try:
        return float(text) if any(mark in text for mark in ".eE") else int(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as wrong:
        raise ValueError(f"is no valid JSON: {wrong}") from None
