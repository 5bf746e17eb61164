"""Completion scripts for shells, written from the parser itself."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from monitor.cli.exits import Exit
from monitor.kernel.registry import Registry

Tree = dict[tuple[str, ...], list[str]]
"""What may follow each sequence of command words: further words and options."""


def add(parser: argparse.ArgumentParser, registry: Registry) -> None:
    """Declare `monitor completion`."""
    parser.add_argument(
        "shell", choices=("bash", "zsh", "fish"), help="bash: source it; zsh: source it; fish: source it."
    )
    parser.set_defaults(run=partial(_print, registry))


def tree_of(parser: argparse.ArgumentParser, above: tuple[str, ...] = ()) -> Tree:
    """Every command with the words and options that may follow it."""
    words: list[str] = []
    found: Tree = {}
    for action in parser._actions:
        below: Any = action.choices
        if isinstance(below, dict) and not action.option_strings:
            commands: dict[str, argparse.ArgumentParser] = {**below}
            words += commands
            for name, command in commands.items():
                found |= tree_of(command, (*above, name))
        elif action.help != argparse.SUPPRESS:
            words += [option for option in action.option_strings if option.startswith("--")]
    return {above: words, **found}


def bash(tree: Tree) -> str:
    """A function for bash; zsh runs it too, through bashcompinit."""
    cases = "\n".join(f'    "{" ".join(path)}") words="{" ".join(words)}" ;;' for path, words in tree.items())
    return f"""_monitor() {{
  local path="" word words=""
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in -*) ;; *) [ "$(wc -w <<< "$path")" -lt 2 ] && path="${{path:+$path }}$word" ;; esac
  done
  case "$path" in
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "${{COMP_WORDS[COMP_CWORD]}}"))
}}
complete -o default -F _monitor monitor
"""


def zsh(tree: Tree) -> str:
    """The same for zsh, which can run functions written for bash."""
    return "autoload -U +X bashcompinit && bashcompinit\n" + bash(tree)


def fish(tree: Tree) -> str:
    """One line a word for fish."""
    lines: list[str] = []
    for path, words in tree.items():
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in path)
        known = " ".join(words)
        condition = seen or f"not __fish_seen_subcommand_from {known}"
        for word in words:
            kind = f"-l {word.removeprefix('--')}" if word.startswith("--") else f"-a {word}"
            lines.append(f"complete -c monitor -f -n '{condition}' {kind}")
    return "\n".join(lines) + "\n"


def _print(registry: Registry, args: argparse.Namespace) -> int:
    from monitor.cli.parser import parser_for  # noqa: PLC0415 - it imports this module's caller
    from monitor.cli.verbs import groups_of  # noqa: PLC0415 - the same

    tree = tree_of(parser_for(registry, [*groups_of(registry), "login", "logout", "completion"]))
    scripts: dict[str, Callable[[Tree], str]] = {"bash": bash, "fish": fish, "zsh": zsh}
    sys.stdout.write(scripts[args.shell](tree))
    return Exit.DONE
