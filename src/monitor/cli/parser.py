"""The command line as argparse sees it; only the group that is asked for is spelled out."""

import argparse
import re
from collections.abc import Callable, Collection
from difflib import get_close_matches
from functools import partial
from typing import Any, NoReturn

from monitor import __version__
from monitor.cli import attended
from monitor.cli.fixed import FIXED
from monitor.cli.verbs import Verb, groups_of, verbs_of
from monitor.kernel.registry import Registry

_NO_SUCH = re.compile(
    r"argument (?P<kind>VERB|COMMAND): invalid choice: '(?P<word>[^']*)' \(choose from (?P<all>.*)\)$", re.DOTALL
)
_CHOICE = re.compile(r"[\w-]+")
Commands = Any
"""What `add_subparsers` answers; argparse has no public name for it."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read more."""

    takes_command = False
    """What follows `--` is another program's command line, kept as `command`."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] - its overloads in one
        if not self.takes_command:
            return super().parse_known_args(args, namespace)
        words: list[str] = [*(args or [])]
        at = words.index("--") if "--" in words else len(words)
        found, unknown = super().parse_known_args(words[:at], namespace)
        found.command = words[at + 1 :]
        return found, unknown

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {_shortened(message)}\ntry: {self.prog} --help\n")


def _shortened(message: str) -> str:
    """Of a command that is none those that are written alike, not all there are."""
    wrong = _NO_SUCH.match(message)
    if wrong is None:
        return message
    kind, word = wrong["kind"].lower(), wrong["word"]
    alike = get_close_matches(word, _CHOICE.findall(wrong["all"]), cutoff=0.6)
    return f"there is no {kind} {word!r}" + (f"; did you mean {' or '.join(alike)}?" if alike else "")


def parser_for(registry: Registry, words: Collection[str]) -> Parser:
    """The parser; groups whose name is among `words` are complete, the others only named."""
    top = Parser(prog="monitor", description="Build, deploy and watch applications on many servers.")
    top.add_argument("--version", action="version", version=f"monitor {__version__}")
    add_connection(top)
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=Parser)
    for name, help in groups_of(registry).items():
        group = commands.add_parser(name, help=help, description=help)
        if name in words:
            add_verbs(group, registry, name)
    for name, (help, add) in FIXED.items():
        own = commands.add_parser(name, help=help, description=help)
        if name in words:
            add(own, registry)
    return top


def add_connection(parser: argparse.ArgumentParser) -> None:
    """Which core is meant; the same before and after the command's name."""
    connection = parser.add_argument_group("which core")
    connection.add_argument(
        "--profile",
        default=argparse.SUPPRESS,
        metavar="NAME",
        help="Which core, of those signed in to (MONITOR_PROFILE).",
    )
    connection.add_argument(
        "--url",
        default=argparse.SUPPRESS,
        metavar="URL",
        help="Core's address, with the key in MONITOR_KEY (MONITOR_URL).",
    )


def add_verbs(group: argparse.ArgumentParser, registry: Registry, name: str) -> None:
    """The verbs of a derived group."""
    commands = group.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=Parser)
    for verb in verbs_of(registry, name):
        add = _add_attended if verb.attended else _add_verb
        add(commands, verb, registry)
    if name == "activity":
        _add_follow(commands, registry)
        _add_queue(commands, registry)


def _add_verb(commands: Commands, verb: Verb, registry: Registry) -> None:
    aliases = ["list"] if verb.word == "ls" else []
    parser = commands.add_parser(verb.word, help=verb.help, description=verb.help, aliases=aliases)
    if verb.targeted:
        parser.add_argument("target", metavar=verb.group.upper(), help="Its name or id.")
    fields = set(verb.asked.__struct_fields__)
    if "config" in fields:
        parser.add_argument("--file", metavar="FILE", help="TOML or JSON with the config, or with a whole resource.")
    settings = parser.add_argument_group("settings")
    for flag in verb.flags:
        flag.add_to(settings if flag.path[0] == "config" else parser)
    if verb.continued:
        short = ["-f"] if verb.continued == "--follow" else []
        parser.add_argument(*short, verb.continued, dest="continued", action="store_true", help="Go on live.")
    if verb.operation is not None and "limit" in fields and "cursor" in fields:
        parser.add_argument("--all", action="store_true", help="Every page.")
    if verb.asks:
        parser.add_argument("--yes", action="store_true", help="Do not ask.")
    if verb.action:
        after = parser.add_mutually_exclusive_group()
        after.add_argument("--detach", action="store_true", help="Print the activity's id and do not wait for its end.")
        after.add_argument("--wait", action="store_true", help="Wait for its end without its output.")
    _shorten_usage(parser, verb)
    _add_common(parser, partial(_run, verb, registry))


def _add_attended(commands: Commands, verb: Verb, registry: Registry) -> None:
    """A command of its own, for somebody who sits in front of it."""
    parser = commands.add_parser(verb.word, help=verb.help, description=verb.help)
    parser.takes_command = True
    attended.add_to(parser, verb.group)
    _add_common(parser, partial(_attend, verb, registry))


def _shorten_usage(parser: argparse.ArgumentParser, verb: Verb) -> None:
    """What must be given by place; dozens of options would bury it."""
    places = [verb.group.upper()] if verb.targeted else []
    parser.usage = " ".join(["%(prog)s", *places, *(flag.name for flag in verb.flags if flag.positional), "[options]"])


def _add_follow(commands: Commands, registry: Registry) -> None:
    """`monitor activity follow ID`: come back to an action that was left running."""
    help = "Show an activity's steps and output until it ends; the exit code is its outcome."
    parser = commands.add_parser("follow", help=help, description=help)
    parser.add_argument("target", metavar="ACTIVITY", help="Its id.")
    _add_common(parser, partial(_follow, registry))


def _add_queue(commands: Commands, registry: Registry) -> None:
    """`monitor activity queue`: what runs and waits, in the order it comes."""
    help = "What runs now and what waits for its turn, with its place in the line; `activity cancel` ends either."
    parser = commands.add_parser("queue", help=help, description=help)
    parser.add_argument("--server", metavar="SERVER", default="", help="Only what is built or done on this one.")
    parser.add_argument("--watch", dest="continued", action="store_true", help="Go on live.")
    _add_common(parser, partial(_queue, registry))


def _run(verb: Verb, registry: Registry, args: argparse.Namespace) -> int:
    from monitor.cli.run import run_verb  # noqa: PLC0415 - nothing that asks core is loaded for --help

    return run_verb(verb, args, registry)


def _attend(verb: Verb, registry: Registry, args: argparse.Namespace) -> int:
    from monitor.cli.terminal import run_terminal  # noqa: PLC0415 - the same

    return run_terminal(verb, args, registry)


def _follow(registry: Registry, args: argparse.Namespace) -> int:
    from monitor.cli.run import follow_again  # noqa: PLC0415 - the same

    return follow_again(args, registry)


def _queue(registry: Registry, args: argparse.Namespace) -> int:
    from monitor.cli.run import show_open  # noqa: PLC0415 - the same

    return show_open(args, registry)


def _add_common(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--json", action="store_true", help="JSON instead of words.")
    add_connection(parser)
    parser.set_defaults(run=run)
