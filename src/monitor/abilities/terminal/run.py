"""The agent's way of terminals: a job that runs the command, and sessions that connect to it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

from msgspec.structs import replace

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler, Recovered, Run, SessionHandler
from monitor.abilities.container.lookup import find_own
from monitor.abilities.container.shield import finish, whole
from monitor.abilities.container.volumes import volume_powers
from monitor.abilities.terminal.calls import (
    AttachTerminal,
    CloseTerminal,
    FromTerminal,
    OpenTerminal,
    TerminalEnded,
    ToTerminal,
)
from monitor.abilities.terminal.ending import end_processes
from monitor.abilities.terminal.forbidden import check_not_own
from monitor.abilities.terminal.place import Place
from monitor.abilities.terminal.powers import standing_powers
from monitor.abilities.terminal.processes import find_processes, inner_pid, send
from monitor.abilities.terminal.program import ExecProgram, started
from monitor.abilities.terminal.shell import need_shell
from monitor.abilities.terminal.terminal import Terminal
from monitor.kernel.activity import State
from monitor.kernel.call import Exchange
from monitor.kernel.errors import HostError, PolicyRefused, Unavailable

_AGAIN = 1.0
_TRIES = 15
_DRAIN = 2.0
"""Seconds its output may still come after its command has ended, if something that was started cannot be ended."""


async def open_terminal(run: Run, job: OpenTerminal) -> TerminalEnded:
    """Run the command until it ends or the terminal is closed; whatever it started is ended then."""
    agent = run.agent
    async with run.step("terminal"), AsyncExitStack() as afterwards:
        with agent.terminals.opening(run.id):
            agent.terminals.check()
            container = await _find(agent, job)
            command = job.command or await need_shell(agent.docker, container)
            ending = _Ending(agent, Place(id=run.id, container=container, user=job.user))
            afterwards.push_async_callback(lambda: finish(ending.finish()))
            return await _show(agent, job, command, ending)


async def attach(agent: Agent, session: AttachTerminal, exchange: Exchange[FromTerminal, ToTerminal]) -> None:
    """Connect to one that is open, is being opened or has just ended. NotFound; Conflict when another takes over;
    HostError as soon as it could not be opened.
    """
    terminal = await agent.terminals.find(session.id)
    await terminal.attach(exchange, session.after)


async def close(agent: Agent, call: CloseTerminal) -> None:
    """Let it end."""
    terminal = agent.terminals.get(call.id)
    if terminal is not None:
        terminal.close(call.reason)


async def recover(agent: Agent, id: str) -> Recovered:
    """End what an agent that was killed has left."""
    place = agent.terminals.recall(id) or Place(id=id, container="")
    left = await _end_all(agent, place)
    agent.terminals.forget(id)
    done = f"{left} of its processes could not be ended" if left else "its processes were ended"
    return Recovered(state=State.INTERRUPTED, error=f"the agent was restarted; {done}")


class _Ending:
    """Ends the processes of one terminal, once."""

    def __init__(self, agent: Agent, place: Place) -> None:
        self._agent = agent
        self.place = place
        self._done = False
        agent.terminals.remember(place)

    async def know(self, program: ExecProgram) -> None:
        """Its first process, for who has to look from inside of the container."""
        self.place = replace(self.place, leader=inner_pid(await program.pid()))
        self._agent.terminals.remember(self.place)

    async def processes(self) -> int:
        """How many are left."""
        left = await _end_all(self._agent, self.place)
        self._done = True
        return left

    async def finish(self) -> None:
        """Whatever happened, nothing stays, and who is connected hears of the end."""
        id = self.place.id
        if not self._done:
            await self.processes()
        self._agent.terminals.forget(id)
        terminal = self._agent.terminals.get(id)
        if terminal is not None:
            if terminal.ended is None:
                terminal.end(None)
            self._agent.terminals.drop_soon(id)


async def _find(agent: Agent, job: OpenTerminal) -> str:
    """Id of the container, if it is one to have a terminal in."""
    seen = await find_own(agent.docker, job.container, job.deployment)
    check_not_own(seen)
    if not seen.state.running:
        raise HostError(f"the container {job.container} is {seen.state.status}", hint="start it first")
    volumes = [mount.name for mount in seen.mounts or () if mount.type == "volume"]
    standing = standing_powers(await agent.docker.inspect(seen.id)) | await volume_powers(agent.docker, volumes)
    missing = standing - frozenset(job.powers)
    if missing:
        named = ", ".join(sorted(power.value for power in missing))
        raise PolicyRefused(
            f"the container {job.container} holds host powers you do not have on this server: {named}",
            hint="an admin can grant them; a terminal in it could use them",
        )
    return seen.id


async def _show(agent: Agent, job: OpenTerminal, command: tuple[str, ...], ending: _Ending) -> TerminalEnded:
    async with (
        agent.docker.events(("exec_die",), container=ending.place.container) as deaths,
        started(
            agent.docker,
            agent.clock,
            ending.place.container,
            command,
            id=ending.place.id,
            user=job.user,
            workdir=job.workdir,
            tty=job.tty,
            size=job.size,
        ) as program,
    ):
        await ending.know(program)
        terminal = Terminal(command[0], program, agent.clock, idle=job.idle, total=job.total)
        agent.terminals.add(ending.place.id, terminal)
        watching = asyncio.ensure_future(_watch_death(deaths, program, terminal, ending, agent))
        try:
            await terminal.run()
            left = await whole(ending.processes())
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
        code = await program.exit_code()
        terminal.end(code)
        return TerminalEnded(exit_code=code, reason=terminal.reason, command=command[0], left=left)


async def _watch_death(
    deaths: AsyncIterator[dict[str, Any]], program: ExecProgram, terminal: Terminal, ending: _Ending, agent: Agent
) -> None:
    """Something it started may hold its output open after it has ended: that is ended too, and so the output."""
    async for event in deaths:
        if event["Actor"]["Attributes"].get("execID") == program.exec:
            if await ending.processes():
                await agent.clock.sleep(_DRAIN)
                terminal.close("")
            return


async def _end_all(agent: Agent, place: Place) -> int:
    """With patience for a daemon that is being restarted; what can be seen without it is ended at once."""
    for tries in range(_TRIES):
        try:
            return await end_processes(agent, place) if place.container else 0
        except Unavailable:
            for process in find_processes((place.id,)):
                send(process, (signal.SIGKILL,))
            if tries < _TRIES - 1:
                await agent.clock.sleep(_AGAIN)
    return -1


CALLS: tuple[CallHandler, ...] = (CallHandler(CloseTerminal, close),)
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(OpenTerminal, open_terminal, recover),)
SESSIONS: tuple[SessionHandler, ...] = (SessionHandler(AttachTerminal, attach),)
