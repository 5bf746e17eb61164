"""Cable: a line to a server that can be cut in the middle of anything."""

import asyncio
from typing import Any


class Cable:
    """Forwards TCP connections; `cut` breaks those there are, new ones get through."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: Any = None
        self._carrying: set[asyncio.Task[Any]] = set()
        self.cuts = 0

    @classmethod
    async def to(cls, host: str, port: int) -> "Cable":
        """Lay one."""
        cable = cls(host, port)
        cable._server = await asyncio.start_server(cable._carry, "127.0.0.1", 0)
        return cable

    @property
    def url(self) -> str:
        """The near end."""
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def cut(self) -> None:
        """Reset every connection that goes through it now."""
        self.cuts += 1
        for writer in list(self._writers):
            writer.transport.abort()

    async def close(self) -> None:
        """Take it away; on return every connection through it is closed."""
        self._server.close()
        await self._server.wait_closed()
        for task in list(self._carrying):
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._carrying.add(task)
        far_reader, far_writer = await asyncio.open_connection(self._host, self._port)
        ends = {writer, far_writer}
        self._writers |= ends
        try:
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        finally:
            self._writers -= ends
            self._carrying.discard(task)
            for end in ends:
                end.transport.abort()
            await asyncio.gather(*(end.wait_closed() for end in ends), return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
