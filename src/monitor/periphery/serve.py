"""The agent's web application: calls, streams and jobs for core, and for nobody else."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from monitor.abilities.agent.contract import Abilities, CallHandler
from monitor.kernel.call import Call
from monitor.kernel.clock import deadline
from monitor.kernel.errors import Forbidden, HostError, MonitorError, Unavailable
from monitor.kernel.job import JobStart
from monitor.kernel.link import BODY_LIMIT, CANCEL_JOB, FORGET_JOB, LIST_JOBS, START_JOB, Failure, JobRef
from monitor.kernel.operation import tag_of
from monitor.kernel.wire import pack, unpack
from monitor.periphery.agent import HostAgent
from monitor.periphery.allowed import AllowedAddresses
from monitor.periphery.jobs.runner import JobRunner
from monitor.periphery.streams import Streams

_LOG = logging.getLogger(__name__)
_MSGPACK = "application/msgpack"

Answer = Callable[[bytes], Awaitable[Any]]


class Service:
    """Answers core's requests; `allowed` may be replaced while it runs."""

    def __init__(self, agent: HostAgent, abilities: Abilities, jobs: JobRunner, allowed: AllowedAddresses) -> None:
        self.allowed = allowed
        self._agent = agent
        self._jobs = jobs
        self._streams = Streams(agent, abilities, jobs)
        self._answers: dict[str, Answer] = {tag_of(h.message): self._answer_to(h) for h in abilities.calls}
        self._answers |= {
            START_JOB: self._start_job,
            CANCEL_JOB: self._cancel_job,
            FORGET_JOB: self._forget_job,
            LIST_JOBS: self._list_jobs,
        }

    def app(self) -> ASGIApp:
        """The ASGI application."""
        routes = [
            Route("/call/{name}", self._call, methods=["POST"]),
            WebSocketRoute("/stream/{name}", self._stream),
        ]
        return _Whitelist(Starlette(routes=routes), self)

    async def _call(self, request: Request) -> Response:
        name = request.path_params["name"]
        try:
            answer = self._answers.get(name)
            if answer is None:
                raise _unknown(name)
            body = pack(await answer(await _read_body(request)))
        except MonitorError as failure:
            return _failed(failure)
        except Exception as bug:
            _LOG.exception("call %s failed by a bug", name)
            return _failed(HostError(f"the agent failed at {name}: {type(bug).__name__}: {bug}"))
        if len(body) > BODY_LIMIT:
            return _failed(HostError(f"the answer to {name} has {len(body)} bytes, more than {BODY_LIMIT}"))
        return Response(body, media_type=_MSGPACK)

    async def _stream(self, socket: WebSocket) -> None:
        await self._streams.serve(socket, socket.path_params["name"])

    def _answer_to(self, handler: CallHandler) -> Answer:
        async def answer(body: bytes) -> Any:
            call: Call[Any] = decode_message(body, handler.message)
            try:
                async with deadline(self._agent.clock, call.timeout):
                    return await handler.run(self._agent, call)
            except TimeoutError:
                raise Unavailable(f"{tag_of(handler.message)} was not done within {call.timeout:g} s") from None

        return answer

    async def _start_job(self, body: bytes) -> None:
        self._jobs.start(decode_message(body, JobStart))

    async def _cancel_job(self, body: bytes) -> None:
        self._jobs.cancel(decode_message(body, JobRef).id)

    async def _forget_job(self, body: bytes) -> None:
        self._jobs.forget(decode_message(body, JobRef).id)

    async def _list_jobs(self, body: bytes) -> tuple[str, ...]:
        del body
        return tuple(note.id for note in self._jobs.list())


def decode_message(body: bytes, as_type: type[Any]) -> Any:
    """A message from core. HostError if it does not fit what this agent knows."""
    try:
        return unpack(body, as_type)
    except msgspec.MsgspecError as wrong:
        raise HostError(f"the request does not fit this agent: {wrong}", hint="update the agent on this host") from None


class _Whitelist:
    """Lets requests of allowed addresses through; says to all others which address they have."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = (scope.get("client") or ("",))[0]
        if scope["type"] == "lifespan" or peer in self._service.allowed:
            await self._app(scope, receive, send)
            return
        _LOG.warning("refused a request from %s: not in allowed_ips", peer)
        refused = Forbidden(
            f"address {peer} is not in allowed_ips of this periphery",
            hint=f"add it to allowed_ips in the periphery's settings, or join again from a core at {peer}",
        )
        await _failed(refused)(scope, receive, send)


def _unknown(name: str) -> HostError:
    return HostError(f"this agent does not know {name}: it is older than core", hint="update the agent on this host")


def _failed(failure: MonitorError) -> Response:
    return Response(pack(Failure.of(failure)), status_code=failure.status, media_type=_MSGPACK)


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise HostError(f"the request has more than {BODY_LIMIT} bytes")
    return bytes(body)
