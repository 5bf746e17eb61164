"""`monitor core …`: run the server, write its settings, make its first people; all of it on the server's own host."""

import argparse
import sys
from pathlib import Path
from typing import Any

from msgspec import structs

from monitor.core.settings import CoreSettings, check
from monitor.features.users.spec import CreateUser, SetPassword
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Conflict
from monitor.kernel.operation import Operation
from monitor.kernel.settings_flags import add_settings, settings_from
from monitor.kernel.settings_verbs import ConfigVerb
from monitor.kernel.terminal import act_as_owner, ask_new
from monitor.kernel.unit_file import Service

PREFIX = "MONITOR_CORE_"
SERVICE = Service(
    name="monitor-core",
    title="Monitor core",
    verb=("core", "run"),
    config=Path("/etc/monitor/core.toml"),
    more=("ProtectHome=yes",),
)
CONFIG = ConfigVerb(title="Settings of Monitor's core.", settings=CoreSettings, prefix=PREFIX, service=SERVICE)


def add_commands(commands: Any) -> None:
    """Declare the verbs on what `add_subparsers` answered."""
    run = commands.add_parser("run", help="Serve until stopped.", description="Serve until stopped.")
    add_settings(run, CoreSettings, PREFIX)
    run.set_defaults(run=run_core)
    CONFIG.add_to(commands)
    user = commands.add_parser("user", help="Users, on the host of a stopped core.", description=_USER)
    verbs = user.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=type(user))
    _add_user_verbs(verbs)


_USER = "For the host's owner. While core runs, use `monitor user` instead; set-up-token works either way."


def run_core(args: argparse.Namespace) -> int:
    """`monitor core run`."""
    settings = _settings(args)
    check(settings)
    from monitor.core import serve  # noqa: PLC0415 - the web server only where it serves
    from monitor.kernel.logs import set_up_logs  # noqa: PLC0415 - the same

    set_up_logs(settings.log_level, settings.log_format)
    serve.run(settings)
    return 0


def add_user(args: argparse.Namespace) -> int:
    """`monitor core user add`."""
    _ask_core(args, CreateUser(name=args.name, password=_password(args), admin=args.admin))
    sys.stdout.write(f"made {'admin' if args.admin else 'user'} {args.name}\n")
    return 0


def set_password(args: argparse.Namespace) -> int:
    """`monitor core user set-password`."""
    _ask_core(args, SetPassword(target=args.name, password=_password(args)))
    sys.stdout.write(f"set the password of {args.name}; his sessions and keys have ended\n")
    return 0


def set_up_token(args: argparse.Namespace) -> int:
    """`monitor core user set-up-token`; a running core sees it at once."""
    from monitor.core.setup import SetUpToken  # noqa: PLC0415 - not for --help

    settings = _settings(args)
    act_as_owner(settings.data)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    sys.stdout.write(SetUpToken(settings.data, SystemClock()).issue() + "\n")
    sys.stderr.write("good for one hour and one use, while there is no admin: monitor login URL --set-up --name NAME\n")
    return 0


def _add_user_verbs(verbs: Any) -> None:
    add = verbs.add_parser("add", help="Add a user.", description="Add a user.")
    add.add_argument("--admin", action="store_true", help="May do everything.")
    change = verbs.add_parser("set-password", help="Change a password.", description="Change a password.")
    for parser, run in ((add, add_user), (change, set_password)):
        parser.add_argument("name", metavar="NAME", help="The user's name.")
        parser.add_argument("--password-stdin", action="store_true", help="Read the password from standard input.")
        add_settings(parser, CoreSettings, PREFIX)
        parser.set_defaults(run=run)
    help = "Print a fresh one-time token to make the first admin with."
    token = verbs.add_parser("set-up-token", help=help, description=help)
    add_settings(token, CoreSettings, PREFIX)
    token.set_defaults(run=set_up_token)


def _ask_core(args: argparse.Namespace, operation: Operation[Any]) -> None:
    """Run it as the system, in a core that is started for it alone: permitted and recorded like any other."""
    import asyncio  # noqa: PLC0415 - not for --help

    from monitor.core.caller import SYSTEM  # noqa: PLC0415 - the same
    from monitor.core.serve import build_core  # noqa: PLC0415 - the same
    from monitor.store.contract import StoreBusy  # noqa: PLC0415 - the same

    settings = _settings(args)
    act_as_owner(settings.data)

    async def once() -> None:
        core = build_core(settings, SystemClock())
        await core.start()
        try:
            await core.dispatcher.run(structs.replace(SYSTEM, origin="cli"), operation)
        finally:
            await core.stop()

    try:
        asyncio.run(once())
    except StoreBusy:
        raise Conflict(
            f"a core is running with the data in {settings.data}",
            hint="ask it instead, signed in as admin: monitor user create, monitor user set-password",
        ) from None


def _settings(args: argparse.Namespace) -> CoreSettings:
    return settings_from(args, CoreSettings, PREFIX).value


def _password(args: argparse.Namespace) -> str:
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return ask_new("Password")
