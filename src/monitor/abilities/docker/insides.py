"""Insides: what the daemon tells of a running container: its processes, changed files and use of the host."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from monitor.abilities.docker.connection import Connection
from monitor.abilities.docker.frames import read_lines
from monitor.abilities.docker.names import container_segment
from monitor.abilities.docker.transport import Answer
from monitor.kernel.errors import HostError

CHANGES = 60.0
"""Seconds until the daemon has walked a container's layer."""
_MOST = 64 * 1024 * 1024
"""Bytes of an answer that a container's owner can make as large as he likes."""

T = TypeVar("T")


class Top(Struct, frozen=True, rename="pascal"):
    """What ps printed: headings, and a row for each process."""

    titles: list[str] | None = None
    processes: list[list[str]] | None = None


class Changed(Struct, frozen=True, rename="pascal"):
    """One path; kind 0 is modified, 1 added, 2 deleted."""

    path: str
    kind: int


class CpuUsage(Struct, frozen=True):
    """Nanoseconds."""

    total_usage: int = 0
    percpu_usage: list[int] | None = None


class CpuStats(Struct, frozen=True):
    """The container's share of the host's time; `system_cpu_usage` is that of all cores together."""

    cpu_usage: CpuUsage = CpuUsage()
    system_cpu_usage: int = 0
    online_cpus: int = 0


class MemoryStats(Struct, frozen=True):
    """Bytes; what `stats` holds depends on the version of cgroups."""

    usage: int = 0
    limit: int = 0
    stats: dict[str, int] | None = None


class Traffic(Struct, frozen=True):
    """Of one network interface."""

    rx_bytes: int = 0
    tx_bytes: int = 0


class Blocks(Struct, frozen=True):
    """Bytes of one device, one direction."""

    op: str = ""
    value: int = 0


class BlockStats(Struct, frozen=True):
    """Of all devices."""

    io_service_bytes_recursive: list[Blocks] | None = None


class Pids(Struct, frozen=True):
    """Processes and threads."""

    current: int = 0


class Stats(Struct, frozen=True):
    """One reading, from GET /containers/{id}/stats."""

    read: str
    """The year 1 while the container does not run."""
    cpu_stats: CpuStats = CpuStats()
    precpu_stats: CpuStats = CpuStats()
    memory_stats: MemoryStats = MemoryStats()
    blkio_stats: BlockStats = BlockStats()
    pids_stats: Pids = Pids()
    networks: dict[str, Traffic] | None = None


async def top(docker: Connection, container: str, ps_args: str) -> Top:
    """The container's processes; HostError where the host's ps does not know the arguments, Conflict or HostError
    where the container does not run.
    """
    path = f"/containers/{container_segment(container)}/top"
    return msgspec.convert(await docker.ask("GET", path, {"ps_args": ps_args}), Top)


async def changes(docker: Connection, container: str) -> list[Changed]:
    """What differs from the image."""
    path = f"/containers/{container_segment(container)}/changes"
    async with docker.stream("GET", path, {}, limit=CHANGES) as answer:
        told = await _bounded(answer)
    try:
        return msgspec.json.decode(told, type=list[Changed] | None) or []
    except msgspec.MsgspecError as wrong:
        raise HostError(f"Docker's answer cannot be read: {wrong}") from None


@asynccontextmanager
async def stats(docker: Connection, container: str) -> AsyncGenerator[AsyncIterator[Stats]]:
    """A reading a second, empty ones while it does not run; ends when it is removed."""
    path = f"/containers/{container_segment(container)}/stats"
    async with docker.stream("GET", path, {"stream": "1"}) as answer:
        yield _decoded(answer.chunks(), msgspec.json.Decoder(Stats))


async def _decoded(pieces: AsyncIterator[bytes], decoder: "msgspec.json.Decoder[T]") -> AsyncIterator[T]:
    async for line in read_lines(pieces):
        try:
            yield decoder.decode(line)
        except msgspec.MsgspecError as wrong:
            raise HostError(f"Docker's answer cannot be read: {wrong}") from None


async def _bounded(answer: Answer) -> bytes:
    told = bytearray()
    async for piece in answer.chunks():
        told += piece
        if len(told) > _MOST:
            raise HostError(
                f"the container changed so many files that their list has more than {_MOST} bytes",
                hint="see on the host: docker diff",
            )
    return bytes(told)


def ps_columns(told: Top) -> list[dict[str, Any]]:
    """Each process as text by heading, whatever the host's ps calls it in upper case."""
    titles = [title.upper() for title in told.titles or ()]
    return [dict(zip(titles, row, strict=False)) for row in told.processes or ()]
