"""SimulatedHost: a server in memory that behaves like a remote one, and breaks when told to."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from typing import Any, TypeVar, cast

from msgspec import Raw
from msgspec.structs import replace

from monitor.abilities.agent.contract import Abilities, CallHandler, FeedHandler, JobHandler, SessionHandler
from monitor.abilities.sim import ABILITIES
from monitor.kernel.call import Call, Exchange, Feed, Session, answer_of
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError, MonitorError, Unavailable
from monitor.kernel.hostview import AgentInfo
from monitor.kernel.job import HostJob, JobEvent, JobStart
from monitor.kernel.operation import tag_of
from monitor.kernel.wire import pack, unpack
from monitor.periphery.jobs.memory import MemoryShelf
from monitor.periphery.jobs.runner import JobRunner
from monitor.testing.container import SimulatedContainer
from monitor.testing.exchange import SimulatedExchange
from monitor.testing.machine import Machine

R = TypeVar("R")
E = TypeVar("E")
I = TypeVar("I")  # noqa: E741 - as in kernel/call.py
T = TypeVar("T")

AnyHandler = CallHandler | FeedHandler | JobHandler | SessionHandler


class SimulatedHost:
    """Implements `kernel.call.Host`. Messages pass through msgpack both ways: what cannot travel fails here too."""

    def __init__(self, clock: Clock, name: str = "simulated", *, more: Abilities | None = None) -> None:
        """`more` adds a test's own messages to those every host knows."""
        self.clock = clock
        self.machine = Machine(clock, name)
        self.latency = 0.0
        """Seconds each call, opening of a stream and start of a job takes."""
        abilities = ABILITIES + (more or Abilities())
        self._calls = {tag_of(handler.message): handler for handler in abilities.calls}
        self._feeds = {tag_of(handler.message): handler for handler in abilities.feeds}
        self._jobs = {tag_of(handler.message): handler for handler in abilities.jobs}
        self._sessions = {tag_of(handler.message): handler for handler in abilities.sessions}
        self.machine.info = replace(self.machine.info, calls=abilities.names())
        self._shelf = MemoryShelf()
        self._failures: dict[str, list[MonitorError]] = {}
        self._down = ""
        self._broken: asyncio.Event = asyncio.Event()
        self._runner = self._new_runner()

    @property
    def down(self) -> str:
        """Why the host does not answer; empty when it does. Its jobs go on meanwhile."""
        return self._down

    @down.setter
    def down(self, reason: str) -> None:
        self._down = reason
        if reason:
            self._break_streams()

    @property
    def docker_down(self) -> str:
        """Why its Docker does not answer; empty when it does."""
        return self.machine.docker_down

    @docker_down.setter
    def docker_down(self, reason: str) -> None:
        self.machine.docker_down = reason

    @property
    def containers(self) -> dict[str, SimulatedContainer]:
        """Its containers by id."""
        return self.machine.containers

    @property
    def images(self) -> set[str]:
        """References of the images it has."""
        return self.machine.images

    @property
    def info(self) -> AgentInfo:
        """What Hello answers."""
        return self.machine.info

    def fail_next(self, message: type[Any], error: MonitorError) -> None:
        """Let the next call, feed or job (once accepted) of this kind fail; asked twice, the next two do."""
        self._failures.setdefault(tag_of(message), []).append(error)

    def crash(self) -> None:
        """Kill the agent and start it again: streams break, jobs in flight end as recovered or interrupted."""
        self.machine.lives.append(self.clock.monotonic())
        self._runner.abandon()
        self._break_streams()
        self._runner = self._new_runner()
        self._runner.load()
        self._runner.recover()

    async def call(self, call: Call[R]) -> R:
        handler = self._calls.get(tag_of(type(call)))
        await self._reach(type(call), handler)
        assert handler is not None  # noqa: S101 - _reach looked
        try:
            async with deadline(self.clock, call.timeout):
                answer = await handler.run(self.machine, _carried(call))
        except TimeoutError:
            said = f"the host {self.machine.name} did not answer {tag_of(type(call))} within {call.timeout:g} s"
            raise Unavailable(said) from None
        except MonitorError:
            raise
        except Exception as bug:
            raise HostError(f"the agent failed at {tag_of(type(call))}: {type(bug).__name__}: {bug}") from bug
        return unpack(pack(answer), answer_of(type(call)))

    def stream(self, feed: Feed[E]) -> AbstractAsyncContextManager[AsyncIterator[E]]:
        return self._open_stream(feed)

    def session(self, session: Session[I, E]) -> AbstractAsyncContextManager[Exchange[I, E]]:
        return self._open_session(session)

    async def start_job(self, id: str, work: HostJob[R], *, time_limit: float, secrets: tuple[str, ...]) -> None:
        await self._reach(type(work), self._jobs.get(tag_of(type(work))), fails=False)
        name = tag_of(type(work))
        start = JobStart(id=id, name=name, body=Raw(pack(work)), time_limit=time_limit, secrets=secrets)
        self._runner.start(unpack(pack(start), JobStart))

    def follow_job(self, id: str, after: int) -> AbstractAsyncContextManager[AsyncIterator[JobEvent]]:
        return self._open_job(id, after)

    async def cancel_job(self, id: str) -> None:
        await self._travel()
        self._runner.cancel(id)

    async def forget_job(self, id: str) -> None:
        await self._travel()
        self._runner.forget(id)

    async def close(self) -> None:
        """Core lets go: open streams end; the host itself and its jobs go on."""
        self._break_streams()

    async def end(self) -> None:
        """End what still runs, at the end of a test."""
        self.down = "closed"
        self._runner.abandon()

    def _new_runner(self) -> JobRunner:
        handlers = [replace(handler, run=self._failing(handler)) for handler in self._jobs.values()]
        return JobRunner(self.machine, handlers, self._shelf, self.clock)

    def _failing(self, handler: JobHandler) -> Any:
        """The handler, failing first if a test asked for it."""

        async def run(run: Any, work: Any) -> Any:
            if failures := self._failures.get(tag_of(handler.message)):
                raise failures.pop(0)
            return await handler.run(run, work)

        return run

    async def _travel(self) -> None:
        if self._down:
            raise Unavailable(f"the host {self.machine.name} does not answer: {self._down}")
        if self.latency:
            await self.clock.sleep(self.latency)
            if self._down:
                raise Unavailable(f"the host {self.machine.name} does not answer: {self._down}")

    async def _reach(self, message: type[Any], handler: AnyHandler | None, *, fails: bool = True) -> None:
        await self._travel()
        if handler is None:
            raise HostError(f"this agent does not know {tag_of(message)}", hint="update the agent on this host")
        if fails and (failures := self._failures.get(tag_of(message))):
            raise failures.pop(0)

    @asynccontextmanager
    async def _open_stream(self, feed: Feed[E]) -> AsyncGenerator[AsyncIterator[E]]:
        handler = self._feeds.get(tag_of(type(feed)))
        await self._reach(type(feed), handler)
        assert handler is not None  # noqa: S101 - _reach looked
        event_type = answer_of(type(feed))
        source = handler.run(self.machine, _carried(feed))
        async with aclosing(self._breakable(cast("AsyncGenerator[Any]", source))) as events:
            yield (unpack(pack(event), event_type) async for event in events)

    @asynccontextmanager
    async def _open_session(self, session: Session[I, E]) -> AsyncGenerator[Exchange[I, E]]:
        handler = self._sessions.get(tag_of(type(session)))
        await self._reach(type(session), handler)
        assert handler is not None  # noqa: S101 - _reach looked
        exchange = SimulatedExchange(type(session))
        task = asyncio.ensure_future(exchange.serve(handler.run(self.machine, _carried(session), exchange.agent)))
        events = self._breakable(cast("AsyncGenerator[Any]", exchange.arriving()))
        exchange.messages = events
        try:
            yield exchange
        finally:
            task.cancel()
            await events.aclose()
            await asyncio.gather(task, return_exceptions=True)

    @asynccontextmanager
    async def _open_job(self, id: str, after: int) -> AsyncGenerator[AsyncIterator[JobEvent]]:
        await self._travel()
        self._runner.check(id)
        source = self._runner.follow(id, after)
        async with aclosing(self._breakable(cast("AsyncGenerator[JobEvent]", source))) as events:
            yield events

    def _breakable(self, source: AsyncGenerator[T]) -> AsyncGenerator[T]:
        """The source's events, until the host goes down or its agent crashes, from now on."""
        return self._until(self._broken, source)

    async def _until(self, breaks: asyncio.Event, source: AsyncGenerator[T]) -> AsyncGenerator[T]:
        broken = asyncio.ensure_future(breaks.wait())
        step: asyncio.Task[T] | None = None
        try:
            while True:
                step = asyncio.ensure_future(anext(source))
                await asyncio.wait({step, broken}, return_when=asyncio.FIRST_COMPLETED)
                if broken.done():
                    raise Unavailable(f"the host {self.machine.name} closed the stream: {self._down or 'it crashed'}")
                try:
                    event = step.result()
                except StopAsyncIteration:
                    return
                yield event
        finally:
            for task in (broken, step):
                if task is not None:
                    task.cancel()
            if step is not None:
                await asyncio.wait({step})
                if not step.cancelled():
                    step.exception()
            await source.aclose()

    def _break_streams(self) -> None:
        broken, self._broken = self._broken, asyncio.Event()
        broken.set()


def _carried(message: T) -> T:
    """The message as the other side decodes it."""
    return unpack(pack(message), type(message))
