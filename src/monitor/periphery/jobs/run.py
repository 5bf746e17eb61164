"""JobRun: what one running job's handler works with."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Raw

from monitor.kernel.errors import HostError
from monitor.kernel.sentence import short_ids
from monitor.kernel.wire import pack
from monitor.periphery.jobs.output import JobWriter
from monitor.periphery.jobs.process import Programs, ignored


class JobRun:
    """Implements `abilities.agent.contract.Run` on a JobWriter."""

    def __init__(self, id: str, agent: Any, writer: JobWriter, programs: Programs | None) -> None:
        self.id = id
        self.agent = agent
        self._writer = writer
        self._programs = programs

    @asynccontextmanager
    async def step(self, name: str) -> AsyncGenerator[None]:
        self._writer.start_step(name)
        try:
            yield
        except asyncio.CancelledError:
            self._writer.end_step(name, "cancelled")
            raise
        except BaseException as failure:
            code = failure.exit_code if isinstance(failure, HostError) else None
            self._writer.end_step(name, "failed", code)
            raise
        self._writer.end_step(name, "succeeded")

    def output(self, data: bytes, stream: str = "stdout") -> None:
        self._writer.output(data, stream)

    def note(self, text: str) -> None:
        self._writer.output(short_ids(text).encode() + b"\n", "note")

    def keep(self, result: Any) -> None:
        self._writer.keep(Raw(pack(result)))

    async def process(
        self,
        argv: Sequence[str],
        *,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
        what: str = "",
        quiet: bool = False,
        most: int = 0,
        merged: bool = False,
    ) -> bytes:
        if self._programs is None:
            raise HostError("this host runs no programs")
        sink = ignored if quiet else self._merge if merged else self._writer.output
        return await self._programs.run(self.id, argv, cwd=cwd, env=env or {}, what=what, sink=sink, most=most)

    def _merge(self, data: bytes, stream: str) -> None:
        del stream
        self._writer.output(data, "stdout")
