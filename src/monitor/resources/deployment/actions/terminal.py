"""A terminal in the deployment's own container: one job on its host, for as long as somebody is connected."""

from monitor.abilities.terminal.calls import OpenTerminal, Size, TerminalEnded
from monitor.kernel.context import Context
from monitor.kernel.errors import Invalid
from monitor.kernel.job import Job
from monitor.resources.deployment.operations.terminal import Terminal
from monitor.resources.deployment.own import container_of, owner_of
from monitor.resources.deployment.spec import DEPLOYMENT

_TO_END = 120.0
"""Seconds more than it may be open, to end what it started."""


def check_terminal(ctx: Context, op: Terminal) -> None:
    """There must be room for one more."""
    if op.command and not op.command[0]:
        raise Invalid.field("command", "begins with an empty word; give a program")
    ctx.terminal_terms(ctx.target(DEPLOYMENT).config.server)


async def prepare_terminal(ctx: Context, op: Terminal) -> Job[TerminalEnded]:
    """What is run where, by whose powers; nothing of the config is needed."""
    deployment = ctx.target(DEPLOYMENT)
    terms = ctx.terminal_terms(deployment.config.server)
    return Job(
        server=deployment.config.server,
        work=OpenTerminal(
            container=container_of(ctx),
            deployment=owner_of(ctx),
            command=op.command,
            user=op.user,
            workdir=op.workdir,
            tty=op.tty,
            size=Size(op.columns, op.rows),
            idle=terms.idle,
            total=terms.total,
            powers=terms.powers,
        ),
        time_limit=terms.total + _TO_END,
    )


async def settle_terminal(ctx: Context, op: Terminal, result: TerminalEnded) -> None:
    """How it ended; what was typed and written is nowhere."""
    code = "" if result.exit_code is None else f"exit code {result.exit_code}"
    how = ", ".join(each for each in (code, result.reason) if each) or "ended"
    left = f"; {_left(result.left)}" if result.left else ""
    ctx.summary(f"{result.command}: {how}{left}")


def _left(count: int) -> str:
    if count < 0:
        return "whether all it started has ended is not known: restart the container if in doubt"
    return f"{count} of its processes could not be ended: restart the container to be rid of them"


TERMINALS = (Terminal.by(prepare_terminal, settle_terminal, result=TerminalEnded, check=check_terminal),)
