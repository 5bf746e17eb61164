"""Opened: one terminal on the real Docker, with a person at it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any

from monitor.abilities.terminal.calls import (
    AttachTerminal,
    Began,
    Ended,
    InputEnded,
    OpenTerminal,
    Resized,
    Seen,
    Size,
    Taken,
    TerminalEnded,
    Typed,
    Written,
)
from monitor.abilities.terminal.run import attach, open_terminal
from monitor.kernel.errors import Unavailable
from monitor.kernel.ids import new_id
from monitor.testing.exchange import SimulatedExchange
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import World

SH = ("busybox", "sh")


class Person:
    """What he was shown, and what he does."""

    def __init__(self, exchange: SimulatedExchange) -> None:
        self._exchange = exchange
        self.output = {1: b"", 2: b""}
        self.began: Began | None = None
        self.end: Ended | None = None
        self.taken = 0
        self.reads = True
        """Whether he says what he has seen."""

    async def read(self) -> None:
        message = await asyncio.wait_for(anext(aiter(self._exchange)), 20)
        match message:
            case Written():
                self.output[message.stream] += message.data
                if self.reads:
                    with suppress(Unavailable):
                        await self._exchange.send(Seen(message.at + len(message.data)))
            case Began():
                self.began = message
            case Taken():
                self.taken += message.count
            case Ended():
                self.end = message
            case _:
                pass

    async def until(self, text: bytes) -> None:
        while text not in self.output[1]:
            assert self.end is None, (self.output, self.end)
            await self.read()

    async def ended(self) -> Ended:
        while self.end is None:
            await self.read()
        return self.end

    async def type(self, text: bytes) -> None:
        await self._exchange.send(Typed(text))

    async def resize(self, columns: int, rows: int) -> None:
        await self._exchange.send(Resized(Size(columns, rows)))

    async def end_input(self) -> None:
        await self._exchange.send(InputEnded())


class Opened:
    """The job, and who connects to it."""

    def __init__(self, agent: MemoryAgent, id: str, job: OpenTerminal) -> None:
        self.agent = agent
        self.id = id
        run: Any = MemoryRun(agent, id)
        self.task: asyncio.Task[TerminalEnded] = asyncio.ensure_future(open_terminal(run, job))

    @asynccontextmanager
    async def person(self, after: int | None = None) -> AsyncGenerator[Person]:
        session = AttachTerminal(id=self.id, after=after)
        exchange = SimulatedExchange(AttachTerminal)
        serving = asyncio.ensure_future(exchange.serve(attach(self.agent, session, exchange.agent)))
        try:
            yield Person(exchange)
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    def close(self, reason: str = "enough") -> None:
        terminal = self.agent.terminals.get(self.id)
        assert terminal is not None
        terminal.close(reason)


@asynccontextmanager
async def opened(agent: MemoryAgent, world: World, **given: Any) -> AsyncGenerator[Opened]:
    """In the container `web` of this test."""
    async with opened_in(agent, **{"container": world.name(), **given}) as made:
        yield made


@asynccontextmanager
async def opened_in(agent: MemoryAgent, container: str, **given: Any) -> AsyncGenerator[Opened]:
    """In this container."""
    fields: dict[str, Any] = {"container": container, "command": SH} | given
    made = Opened(agent, new_id(agent.clock.now()), OpenTerminal(**fields))
    try:
        yield made
    finally:
        made.task.cancel()
        await asyncio.gather(made.task, return_exceptions=True)
