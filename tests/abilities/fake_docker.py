"""A daemon that answers as a test says: what a real one does only when it is ill, old, new or replaced."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

Say = Callable[[str, str], bytes | None]
"""(method, path with query) -> the whole answer, or None to say nothing and keep the connection."""


class Held(bytes):
    """The beginning of an answer whose connection stays open, for `push`."""


def answer(status: int, body: str = "", *, headers: str = "") -> bytes:
    """An HTTP answer with a length."""
    return f"HTTP/1.1 {status} x\r\nContent-Length: {len(body.encode())}\r\n{headers}\r\n{body}".encode()


def chunked(*pieces: str, end: bool = True) -> bytes:
    """An HTTP answer in chunks, cut off without `end`."""
    head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = "".join(f"{len(piece.encode()):x};note=1\r\n{piece}\r\n" for piece in pieces)
    return (head + body + ("0\r\n\r\n" if end else "")).encode()


class FakeDocker:
    """Listens on a socket and remembers what it was asked."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.asked: list[str] = []
        self.version = "1.41"
        self.oldest = "1.12"
        self.held: list[asyncio.StreamWriter] = []
        self.say: Say = lambda method, path: answer(404, '{"message": "no such thing"}')

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            method, path, _ = head.split("\r\n")[0].split(" ")
            self.asked.append(f"{method} {path}")
            if path == "/version":
                said: bytes | None = answer(
                    200, f'{{"ApiVersion": "{self.version}", "MinAPIVersion": "{self.oldest}"}}'
                )
            else:
                said = self.say(method, path)
            if said is None:
                await asyncio.Event().wait()
            else:
                writer.write(said)
                await writer.drain()
            if isinstance(said, Held):
                self.held.append(writer)
                await asyncio.Event().wait()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def push(self, piece: str) -> None:
        """One more chunk on every held answer."""
        for writer in self.held:
            writer.write(f"{len(piece.encode()):x}\r\n{piece}\r\n".encode())

    def drop(self) -> None:
        """Close every held answer in the middle."""
        for writer in self.held:
            writer.close()
        self.held.clear()


@asynccontextmanager
async def fake_docker(folder: Path) -> AsyncIterator[FakeDocker]:
    """A listening one."""
    fake = FakeDocker(folder / "docker.sock")
    connections: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        connections.add(task)
        try:
            await fake.answer(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            connections.discard(task)

    server = await asyncio.start_unix_server(connected, fake.socket)
    try:
        yield fake
    finally:
        server.close()
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
