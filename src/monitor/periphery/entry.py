"""`monitor periphery …`: run the agent, join it to a core, write its settings; all of it on the agent's own host."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from monitor.kernel.clock import SystemClock
from monitor.kernel.settings_flags import add_settings, settings_from
from monitor.kernel.settings_verbs import ConfigVerb
from monitor.kernel.terminal import act_as_owner, ask
from monitor.kernel.unit_file import Service
from monitor.periphery.settings import PREFIX, PeripherySettings

SERVICE = Service(
    name="monitor-periphery",
    title="Monitor periphery",
    verb=("periphery", "run"),
    config=Path("/etc/monitor/periphery.toml"),
    # It reads the usage of every file system, and Docker's socket belongs to that group.
    more=("SupplementaryGroups=docker", "ProtectHome=read-only"),
)
CONFIG = ConfigVerb(
    title="Settings of Monitor's periphery, the agent on each host. [policy] is the ceiling of what core may ask for.",
    settings=PeripherySettings,
    prefix=PREFIX,
    service=SERVICE,
    groups=("docker",),
)


def add_commands(commands: Any) -> None:
    """Declare the verbs on what `add_subparsers` answered."""
    run = commands.add_parser("run", help="Serve until stopped.", description="Serve until stopped.")
    add_settings(run, PeripherySettings, PREFIX)
    run.set_defaults(run=run_periphery)
    help = "Join this host to a core, with the token of `monitor server join-token`."
    join = commands.add_parser("join", help=help, description=help)
    join.add_argument("core_url", metavar="CORE_URL", help="Where core is, as seen from this host.")
    join.add_argument("--token", help="The token; MONITOR_JOIN_TOKEN or asked for when left out, - reads it.")
    join.add_argument(
        "--call-at",
        default="",
        metavar="ADDRESS",
        help="Where core is to call, if not where this host's calls come from.",
    )
    add_settings(join, PeripherySettings, PREFIX)
    join.set_defaults(run=join_core)
    CONFIG.add_to(commands)


def run_periphery(args: argparse.Namespace) -> int:
    """`monitor periphery run`."""
    settings = settings_from(args, PeripherySettings, PREFIX).value
    from monitor.kernel.logs import set_up_logs  # noqa: PLC0415 - the web server only where it serves
    from monitor.periphery.app import Periphery  # noqa: PLC0415 - the same

    set_up_logs(settings.log_level, settings.log_format)

    async def serve() -> None:
        periphery = Periphery(settings, SystemClock())
        for wanted in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(wanted, periphery.stop)
        await periphery.run()

    asyncio.run(serve())
    return 0


def join_core(args: argparse.Namespace) -> int:
    """`monitor periphery join`."""
    settings = settings_from(args, PeripherySettings, PREFIX).value
    token = _token(args)
    act_as_owner(settings.state)
    from monitor.kernel.logs import set_up_logs  # noqa: PLC0415 - not for --help
    from monitor.periphery.join import join  # noqa: PLC0415 - the HTTP client only where it is used

    # What goes wrong is told as the command's own error; the port that opens for a moment has nothing to add.
    set_up_logs("critical")

    server = asyncio.run(
        join(
            settings,
            args.core_url,
            token,
            SystemClock(),
            address=args.call_at,
            tell=lambda text: print(text, flush=True),
        )
    )
    sys.stdout.write(f"joined as server {server}\n")
    return 0


def _token(args: argparse.Namespace) -> str:
    if args.token == "-":  # noqa: S105 - standard input
        return sys.stdin.readline().strip()
    return args.token or os.environ.get("MONITOR_JOIN_TOKEN") or ask("Join token")
