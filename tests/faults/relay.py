"""A second door to the real Docker: a process on a unix socket that can be killed (stopped) or frozen (ill)."""

import asyncio
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

REAL = "/var/run/docker.sock"


class Relay:
    """Passes bytes both ways while its process runs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Docker runs."""
        self._process = subprocess.Popen([sys.executable, __file__, str(self.path)], stdin=subprocess.DEVNULL)
        while not self.path.exists():
            time.sleep(0.02)

    def hang(self) -> None:
        """Docker takes connections and says nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def shut(self) -> None:
        """Docker is gone: connections break, new ones are refused."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self.path.unlink(missing_ok=True)


async def _serve(path: str) -> None:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_unix_connection(REAL)
        await asyncio.gather(_pass(reader, far_writer), _pass(far_reader, writer))

    server = await asyncio.start_unix_server(connected, path)
    await server.serve_forever()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.write_eof()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
