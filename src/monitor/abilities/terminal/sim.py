"""A simulated host's way of terminals: the same limits, refusals and ends as the real way, on a shell in memory."""

from monitor.abilities.agent.contract import CallHandler, JobHandler, Recovered, Run, SessionHandler
from monitor.abilities.container.powers import host_powers
from monitor.abilities.container.storage import mount_of
from monitor.abilities.terminal.calls import (
    AttachTerminal,
    CloseTerminal,
    FromTerminal,
    OpenTerminal,
    TerminalEnded,
    ToTerminal,
)
from monitor.abilities.terminal.forbidden import ROLE
from monitor.abilities.terminal.powers import standing_powers
from monitor.abilities.terminal.sim_shell import SimulatedShell
from monitor.abilities.terminal.terminal import Terminal
from monitor.kernel.activity import State
from monitor.kernel.call import Exchange
from monitor.kernel.errors import HostError, NotFound, PolicyRefused
from monitor.kernel.ownership import is_of
from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import Machine


async def open_terminal(run: Run, job: OpenTerminal) -> TerminalEnded:
    """One step; the shell ends with it."""
    machine = _machine(run)
    async with run.step("terminal"):
        with machine.terminals.opening(run.id):
            await _check(machine, job)
        command = job.command or ("/bin/sh",)
        shell = SimulatedShell(machine.clock, job.size, tty=job.tty, command=job.command)
        terminal = Terminal(command[0], shell, machine.clock, idle=job.idle, total=job.total)
        machine.terminals.add(run.id, terminal)
        code = None
        try:
            await terminal.run()
            code = None if terminal.reason else await shell.exit_code()
        finally:
            shell.stop()
            terminal.end(code)
            machine.terminals.drop_soon(run.id)
    return TerminalEnded(exit_code=code, reason=terminal.reason, command=command[0])


async def attach(machine: Machine, session: AttachTerminal, exchange: Exchange[FromTerminal, ToTerminal]) -> None:
    """Connect."""
    terminal = await machine.terminals.find(session.id)
    await terminal.attach(exchange, session.after)


async def close(machine: Machine, call: CloseTerminal) -> None:
    """Let it end."""
    terminal = machine.terminals.get(call.id)
    if terminal is not None:
        terminal.close(call.reason)


async def recover(machine: Machine, id: str) -> Recovered:
    """Nothing of a killed agent's is left in memory."""
    return Recovered(state=State.INTERRUPTED, error="the agent was restarted; its processes were ended")


async def _check(machine: Machine, job: OpenTerminal) -> None:
    """Whether it can be opened; takes as long as the machine says."""
    await machine.spend("terminal")
    machine.need_docker()
    machine.terminals.check()
    state = _find(machine, job).view.state
    if state != "running":
        raise HostError(f"the container {job.container} is {state}", hint="start it first")


def _find(machine: Machine, job: OpenTerminal) -> SimulatedContainer:
    container = machine.find(job.container)
    labels = dict(container.view.labels)
    if job.deployment and not is_of(job.deployment, container.view.id, labels):
        raise NotFound(f"the container {job.container} on this host is not this deployment's")
    if ROLE in labels:
        raise PolicyRefused(f"the container {job.container} is Monitor's own: there are no terminals in it")
    volumes = {name: machine.volumes.get(name) for name in container.view.volumes}
    mounts = [mount_of(name, volume.driver, volume.options) for name, volume in volumes.items() if volume]
    standing = standing_powers(container.body).union(*map(host_powers, mounts))
    if missing := standing - frozenset(job.powers):
        named = ", ".join(sorted(power.value for power in missing))
        raise PolicyRefused(f"the container holds host powers you do not have on this server: {named}")
    return container


def _machine(run: Run) -> Machine:
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    return machine


CALLS = (CallHandler(CloseTerminal, close),)
JOBS = (JobHandler(OpenTerminal, open_terminal, recover),)
SESSIONS = (SessionHandler(AttachTerminal, attach),)
