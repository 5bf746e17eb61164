"""The reference pages that are made from the code: docs/settings.md and docs/cli.md. `script/docs` writes them anew."""

import argparse
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from msgspec import Meta, Struct

from monitor.cli.fixed import FIXED
from monitor.cli.parser import parser_for
from monitor.cli.verbs import groups_of
from monitor.core.settings import CoreSettings
from monitor.everything import everything
from monitor.kernel.fields import struct_hints
from monitor.periphery.settings import PeripherySettings

FOLDER = Path(__file__).parent
SETTINGS_HEAD = """# Settings

Each setting comes from the first of these that has it: a flag, the environment, the TOML files in the order they are
given (a later one wins), the default. An unknown key is an error that names the nearest known one. In the environment a
setting is called by its prefix and its name in capitals, with `__` for the dot of a table, and the same with `_FILE`
reads the value from a file: `MONITOR_CORE_PORT=9121`, `MONITOR_PERIPHERY_POLICY__BIND=true`.

`monitor core config` and `monitor periphery config` print or write a complete, commented file, and with `--show` say
where each value came from.
"""
CLI_HEAD = """# The `monitor` command

`monitor COMMAND --help` and `monitor COMMAND VERB --help` say the same and more. A target is a name or an id. Actions
show their output as it comes and end with their outcome; `--detach` prints the activity's id at once, `--wait` leaves
the output out. `--json` is for programs. Secrets are given as `@FILE` or `-` (standard input), so that they stand in no
process list. At a terminal whatever takes away what cannot be brought back asks first, a prune having shown what would
go; `--yes` says it beforehand, and a script is not asked.

| exit code | what it says |
|---|---|
| 0 | done; an action that was waited for succeeded |
| 1 | it failed, or the thing is taken or busy |
| 2 | the command line or a value in it is wrong; nothing was done |
| 3 | not signed in, not allowed, or no such thing |
| 4 | core, or the host it asked, does not answer |
| 5 | the action was cancelled or interrupted |
| 130 | Ctrl-C: the command ended, what it followed goes on |
"""


def settings_page() -> str:
    """Every setting of both parts: name, default, what it is."""
    parts = [SETTINGS_HEAD]
    for title, prefix, struct in (
        ("Core", "MONITOR_CORE_", CoreSettings),
        ("Periphery", "MONITOR_PERIPHERY_", PeripherySettings),
    ):
        parts.append(
            f"\n## {title}\n\nEnvironment prefix: `{prefix}`.\n\n| setting | default | what it is |\n|---|---|---|\n"
        )
        parts += [f"| `{name}` | `{default}` | {what} |\n" for name, default, what in _settings(struct())]
    return "".join(parts)


def cli_page() -> str:
    """Every command: how it is called and what it does."""
    registry = everything()
    names = [*groups_of(registry), *FIXED]
    top = parser_for(registry, names)
    parts = [CLI_HEAD]
    for name, group in _commands(top).items():
        parts.append(f"\n## monitor {name}\n")
        verbs = list(_leaves(group))
        if verbs:
            parts.append("\n| command | what it does |\n|---|---|\n")
            parts += [f"| `{_cell(_usage(verb))}` | {_cell(verb.description)} |\n" for verb in verbs]
        else:
            parts.append(f"\n{group.description}\n\n    {_usage(group)}\n")
    return "".join(parts)


PAGES = {FOLDER / "settings.md": settings_page, FOLDER / "cli.md": cli_page}


def main() -> None:
    """Write them."""
    for path, render in PAGES.items():
        path.write_text(render())


def _settings(value: Struct, above: str = "") -> Iterator[tuple[str, str, str]]:
    for name, hint in struct_hints(type(value)).items():
        default = getattr(value, name)
        if isinstance(default, Struct):
            yield from _settings(default, f"{above}{name}.")
        else:
            yield f"{above}{name}", _toml(default), _meaning(hint) or name.replace("_", " ").capitalize() + "."


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[]" if not value else str([str(each) for each in value])
    if isinstance(value, Enum | Path | str):
        return f'"{value.value if isinstance(value, Enum) else value}"'
    return str(value)


def _meaning(hint: Any) -> str:
    """Label and description, as sentences."""
    said: list[str] = []
    for meta in get_args(hint)[1:] if get_origin(hint) is Annotated else ():
        if isinstance(meta, Meta):
            label = (meta.extra_json_schema or {}).get("x-label", "")
            said += [text if text.endswith(".") else f"{text}." for text in (label, meta.description) if text]
    return " ".join(said)


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers below, by name, aliases left out."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return {name: below for name, below in action.choices.items() if below.prog.endswith(f" {name}")}
    return {}


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for below in _commands(parser).values():
        if _commands(below):
            yield from _leaves(below)
        else:
            yield below


def _usage(parser: argparse.ArgumentParser) -> str:
    """How it is called; the options are in its --help."""
    words: list[str] = []
    for action in parser._actions:
        if not action.option_strings:
            word = "|".join(action.choices) if action.choices else str(action.metavar or action.dest)
            words.append(f"[{word}]" if action.nargs == "?" else word)
    return " ".join([parser.prog, *words, "[options]"])


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    main()
