"""Commands that are no operations: signing in, completion, and what sets core and periphery up on this machine."""

import argparse
from collections.abc import Callable
from typing import Any

from monitor.kernel.registry import Registry

Add = Callable[[argparse.ArgumentParser, Registry], None]


def _login(parser: argparse.ArgumentParser, registry: Registry) -> None:
    from monitor.cli import sign_in  # noqa: PLC0415 - only when asked for

    sign_in.add_login(parser)


def _logout(parser: argparse.ArgumentParser, registry: Registry) -> None:
    from monitor.cli import sign_in  # noqa: PLC0415 - only when asked for

    sign_in.add_logout(parser)


def _completion(parser: argparse.ArgumentParser, registry: Registry) -> None:
    from monitor.cli import completion  # noqa: PLC0415 - only when asked for

    completion.add(parser, registry)


def _core(parser: argparse.ArgumentParser, registry: Registry) -> None:
    from monitor.core import entry  # noqa: PLC0415 - a base install need not have the server

    entry.add_commands(_commands(parser))


def _periphery(parser: argparse.ArgumentParser, registry: Registry) -> None:
    from monitor.periphery import entry  # noqa: PLC0415 - a base install need not have the agent

    entry.add_commands(_commands(parser))


def _commands(parser: argparse.ArgumentParser) -> Any:
    return parser.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=type(parser))


FIXED: dict[str, tuple[str, Add]] = {
    "login": ("Sign in to a core and keep a key for this command.", _login),
    "logout": ("Give the key back.", _logout),
    "core": ("Run and set up the server on this machine.", _core),
    "periphery": ("Run and set up the agent on this machine, and join it to a core.", _periphery),
    "completion": ("Print the completion script of a shell.", _completion),
}
