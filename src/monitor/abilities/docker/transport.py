"""Transport: HTTP/1.1 to the Docker daemon over its unix socket, one connection for each request."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from monitor.abilities.docker.chunked import Chunked
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import Unavailable

_PIECE = 128 * 1024
_BROKEN = (OSError, EOFError, asyncio.LimitOverrunError, ValueError)
"""What a missing, dying or babbling daemon causes."""
_HINT = "See whether the Docker daemon runs: systemctl status docker"


class Answer:
    """A response whose head has come; its body is read once, as it arrives."""

    def __init__(
        self,
        socket: str,
        status: int,
        headers: dict[str, str],
        streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        *,
        bodiless: bool = False,
    ) -> None:
        self.status = status
        self.headers = headers
        self._socket = socket
        self._reader, self._writer = streams
        self._bodiless = bodiless or status in (204, 304)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Pieces of the body as the daemon sends them; Unavailable if it is cut off."""
        try:
            async for piece in self._pieces():
                yield piece
        except _BROKEN as failure:
            raise _unavailable(self._socket, failure) from failure

    async def body(self) -> bytes:
        """All of it."""
        return b"".join([piece async for piece in self.chunks()])

    async def send(self, data: bytes) -> None:
        """After a request that turns the connection into a stream of both directions: the other one."""
        try:
            self._writer.write(data)
            await self._writer.drain()
        except _BROKEN as failure:
            raise _unavailable(self._socket, failure) from failure

    def send_end(self) -> None:
        """The same: nothing more comes."""
        if self._writer.can_write_eof() and not self._writer.is_closing():
            self._writer.write_eof()

    async def _pieces(self) -> AsyncIterator[bytes]:
        """As RFC 9112, section 6.3, says where the body ends."""
        if self._bodiless:
            return
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            chunked = Chunked()
            while not chunked.ended:
                piece = await self._reader.read(_PIECE)
                if not piece:
                    raise EOFError
                if whole := chunked.feed(piece):
                    yield whole
        elif "content-length" in self.headers:
            left = int(self.headers["content-length"])
            while left:
                piece = await self._reader.read(min(left, _PIECE))
                if not piece:
                    raise EOFError
                left -= len(piece)
                yield piece
        else:
            while piece := await self._reader.read(_PIECE):
                yield piece


class Transport:
    """Where the daemon listens, and how requests get there."""

    def __init__(self, socket: str, clock: Clock) -> None:
        self.socket = socket.removeprefix("unix://")
        self._clock = clock

    @asynccontextmanager
    async def open(
        self, method: str, target: str, headers: dict[str, str], body: bytes, limit: float
    ) -> AsyncGenerator[Answer]:
        """Send a request; Unavailable unless the head of its answer comes within `limit` seconds."""
        request = _request(method, target, headers, body)
        writer: asyncio.StreamWriter | None = None
        try:
            try:
                async with deadline(self._clock, limit):
                    reader, writer = await asyncio.open_unix_connection(self.socket, limit=2 * _PIECE)
                    writer.write(request)
                    await writer.drain()
                    status, got = await _read_head(reader)
            except TimeoutError:
                raise self._late(limit) from None
            except _BROKEN as failure:
                raise _unavailable(self.socket, failure) from failure
            yield Answer(self.socket, status, got, (reader, writer), bodiless=method == "HEAD")
        finally:
            if writer is not None:
                writer.transport.abort()

    async def exchange(
        self, method: str, target: str, headers: dict[str, str], body: bytes, limit: float
    ) -> tuple[int, bytes]:
        """Send a request; Unavailable unless the whole answer comes within `limit` seconds."""
        try:
            async with deadline(self._clock, limit), self.open(method, target, headers, body, limit) as answer:
                return answer.status, await answer.body()
        except TimeoutError:
            raise self._late(limit) from None

    def _late(self, limit: float) -> Unavailable:
        return _unavailable(self.socket, TimeoutError(f"no answer within {limit:g} s"))


def _request(method: str, target: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: docker", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a request line cannot hold a line break")
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    while True:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        protocol, _, rest = lines[0].partition(" ")
        if not protocol.startswith("HTTP/1."):
            raise ValueError(f"no HTTP answer: {protocol[:40]!r}")
        status = int(rest[:3])
        # 1xx are only a foretaste.
        if status >= 200:
            break
    pairs = (line.partition(":") for line in lines[1:] if line)
    return status, {name.strip().lower(): value.strip() for name, _, value in pairs}


def _unavailable(socket: str, failure: Exception) -> Unavailable:
    return Unavailable(f"Docker does not answer on {socket}: {_reason(failure)}", hint=_HINT)


def _reason(failure: Exception) -> str:
    match failure:
        case FileNotFoundError():
            return "there is no such socket"
        case PermissionError():
            return "this user may not open it"
        case ConnectionRefusedError():
            return "nothing listens there"
        case ConnectionError() | EOFError():
            return "the daemon closed the connection"
        case TimeoutError():
            return str(failure)
        case _:
            return f"{type(failure).__name__}: {failure}"
