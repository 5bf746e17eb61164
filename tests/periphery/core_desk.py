"""A core that only joins hosts: a JoinDesk behind HTTP on loopback, whose messages a test may alter on the way."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.core.link.identity import load_identity
from monitor.core.link.join import JoinDesk, Joined, MemoryTokens
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, MonitorError
from monitor.kernel.joining import JoinConfirm, JoinRequest
from monitor.kernel.wire import decode, encode
from tests.ports import free_port

Alter = Callable[[bytes], bytes]


def unaltered(body: bytes) -> bytes:
    return body


class CoreDesk:
    """What a test looks at."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.identity = load_identity(folder)
        self.tokens = MemoryTokens()
        self.desk = JoinDesk(self.identity, clock, self.tokens, self.admit)
        self.joined: list[Joined] = []
        self.alter_request: Alter = unaltered
        self.alter_answer: Alter = unaltered
        self.alter_outcome: Alter = unaltered
        self.requests: list[bytes] = []
        self.url = ""

    async def admit(self, joined: Joined) -> str:
        if self.joined and not joined.replace:
            raise Conflict("the server has joined already", hint="make a token that replaces it")
        self.joined.append(joined)
        return "web-1"

    async def join(self, request: Request) -> Response:
        body = self.alter_request(await request.body())
        self.requests.append(body)
        assert request.client is not None
        return await self._answered(self.desk.answer(decode(body, JoinRequest), request.client.host), self.alter_answer)

    async def confirm(self, request: Request) -> Response:
        return await self._answered(self.desk.confirm(decode(await request.body(), JoinConfirm)), self.alter_outcome)

    async def _answered(self, answering: Awaitable[object], alter: Alter) -> Response:
        try:
            return Response(alter(encode(await answering)), media_type="application/json")
        except MonitorError as failure:
            problem = {"title": failure.title, "detail": failure.message, "hint": failure.hint}
            return Response(encode(problem), failure.status, media_type="application/problem+json")


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@asynccontextmanager
async def serving(desk: CoreDesk) -> AsyncGenerator[CoreDesk]:
    port = free_port()
    routes = [
        Route("/api/join", desk.join, methods=["POST"]),
        Route("/api/join/confirm", desk.confirm, methods=["POST"]),
    ]
    config = uvicorn.Config(Starlette(routes=routes), port=port, log_config=None, lifespan="off")
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    desk.url = f"http://127.0.0.1:{port}"
    try:
        yield desk
    finally:
        server.should_exit = True
        await task
