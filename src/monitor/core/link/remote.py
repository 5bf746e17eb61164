"""RemoteHost: one joined server over HTTPS and websockets, with every way it can fail explained."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

import httpx2
import msgspec
from msgspec import Raw

from monitor.core.link.reach import Reach
from monitor.core.link.socket import Line, open_session, open_stream
from monitor.kernel.call import Call, Exchange, Feed, Session, answer_of, sides_of
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import HostError, MonitorError, Unavailable
from monitor.kernel.job import HostJob, JobEvent, JobStart
from monitor.kernel.link import (
    BODY_LIMIT,
    CANCEL_JOB,
    FOLLOW_JOB,
    FORGET_JOB,
    START_JOB,
    Failure,
    FollowJob,
    JobRef,
)
from monitor.kernel.operation import tag_of
from monitor.kernel.pinning import Identity
from monitor.kernel.wire import pack, unpack

R = TypeVar("R")
E = TypeVar("E")
I = TypeVar("I")  # noqa: E741 - as in kernel/call.py

_JOB_TIMEOUT = 10.0
"""Seconds to hand over, cancel or forget a job."""
_CONNECT = 5.0
_MARGIN = 2.0
"""Seconds beside a call's own timeout, so that the agent's clearer error comes first."""


class RemoteHost:
    """Implements `kernel.call.Host`. Make it once per joined server; `close` gives its connections back. `named`: its
    failures say where it is.
    """

    def __init__(
        self, address: str, port: int, identity: Identity, pin: str, clock: Clock, *, named: bool = False
    ) -> None:
        self._reach = Reach(address, port, identity.client_context(pin), named=named)
        self._clock = clock
        self._client = httpx2.AsyncClient(
            base_url=self._reach.url("https"),
            verify=self._reach.context,
            trust_env=False,
            # The client closes its socket at its own time limit, at a cancellation in the TLS handshake it does not.
            timeout=httpx2.Timeout(None, connect=_CONNECT),
            limits=httpx2.Limits(max_connections=32, max_keepalive_connections=4, keepalive_expiry=4.0),
        )

    async def close(self) -> None:
        """Close idle connections; open streams end with their contexts."""
        await self._client.aclose()

    async def call(self, call: Call[R]) -> R:
        answer = await self._post(tag_of(type(call)), call, call.timeout)
        try:
            return unpack(answer, answer_of(type(call)))
        except msgspec.MsgspecError as wrong:
            raise HostError(
                f"the answer of {self._reach.place} to {tag_of(type(call))} cannot be read: {wrong}"
            ) from None

    def stream(self, feed: Feed[E]) -> AbstractAsyncContextManager[AsyncIterator[E]]:
        return self._open(tag_of(type(feed)), feed, answer_of(type(feed)))

    def session(self, session: Session[I, E]) -> AbstractAsyncContextManager[Exchange[I, E]]:
        return self._open_session(session)

    async def start_job(self, id: str, work: HostJob[R], *, time_limit: float, secrets: tuple[str, ...]) -> None:
        name = tag_of(type(work))
        start = JobStart(id=id, name=name, body=Raw(pack(work)), time_limit=time_limit, secrets=secrets)
        await self._post(START_JOB, start, _JOB_TIMEOUT)

    def follow_job(self, id: str, after: int) -> AbstractAsyncContextManager[AsyncIterator[JobEvent]]:
        return self._open(FOLLOW_JOB, FollowJob(id, after), JobEvent)

    async def cancel_job(self, id: str) -> None:
        await self._post(CANCEL_JOB, JobRef(id), _JOB_TIMEOUT)

    async def forget_job(self, id: str) -> None:
        await self._post(FORGET_JOB, JobRef(id), _JOB_TIMEOUT)

    async def _post(self, name: str, body: object, limit: float) -> bytes:
        try:
            async with deadline(self._clock, limit + _MARGIN):
                return await self._exchange(name, pack(body))
        except TimeoutError:
            said = f"{self._reach.place} did not answer {name} within {limit:g} s"
            raise Unavailable(said, hint="the host is down, cut off or overloaded") from None

    async def _exchange(self, name: str, body: bytes) -> bytes:
        try:
            async with self._client.stream("POST", f"/call/{name}", content=body) as answer:
                content = await _read(answer, self._reach.place)
        except (httpx2.TransportError, OSError) as failure:
            raise self._reach.explain(failure) from failure
        if answer.status_code == 200:
            return content
        raise _failure(content, answer.status_code, self._reach.place)

    @asynccontextmanager
    async def _open(self, name: str, request: object, event_type: Any) -> AsyncGenerator[AsyncIterator[Any]]:
        decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(event_type)
        async with open_stream(self._reach, self._clock, name, pack(request)) as frames:
            yield _decoded(frames, decoder, f"{self._reach.place} sent in {name}")

    @asynccontextmanager
    async def _open_session(self, session: Session[I, E]) -> AsyncGenerator[Exchange[I, E]]:
        name = tag_of(type(session))
        decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(sides_of(type(session))[1])
        async with open_session(self._reach, self._clock, name, pack(session)) as line:
            yield _Exchange(line, _decoded(line.frames, decoder, f"{self._reach.place} sent in {name}"))


class _Exchange:
    """Core's side of an open session."""

    def __init__(self, line: Line, messages: AsyncIterator[Any]) -> None:
        self._line = line
        self._messages = messages

    async def send(self, message: Any) -> None:
        await self._line.send(pack(message))

    def __aiter__(self) -> AsyncIterator[Any]:
        return self._messages


async def _decoded(
    frames: AsyncIterator[bytes], decoder: "msgspec.msgpack.Decoder[Any]", what: str
) -> AsyncIterator[Any]:
    async for frame in frames:
        try:
            event = decoder.decode(frame)
        except msgspec.MsgspecError as wrong:
            raise HostError(f"what {what} cannot be read: {wrong}") from None
        yield event


async def _read(answer: httpx2.Response, place: str) -> bytes:
    content = bytearray()
    async for chunk in answer.aiter_bytes():
        content += chunk
        if len(content) > BODY_LIMIT:
            raise HostError(f"{place} answered more than {BODY_LIMIT} bytes")
    return bytes(content)


def _failure(content: bytes, status: int, place: str) -> MonitorError:
    try:
        return unpack(content, Failure).error()
    except msgspec.MsgspecError:
        return HostError(
            f"{place} answered {status} in a way a periphery does not", hint="is a periphery at this port?"
        )
