"""Gpus: graphics cards, by the kernel's own files (AMD) and by nvidia-smi, which is run once and tells by itself."""

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path

from monitor.kernel.clock import Clock
from monitor.kernel.hostview import Gpu

_QUERY = "index,name,utilization.gpu,memory.total,memory.used,temperature.gpu"
_EVERY = "10"
_MIB = 1024 * 1024
_AGAIN = 600.0
"""Seconds until an nvidia-smi that ended is tried again."""


def amd(sys: Path) -> tuple[Gpu, ...]:
    """Cards whose driver tells how busy they are."""
    found: list[Gpu] = []
    for card in sorted((sys / "class/drm").glob("card[0-9]*")):
        busy = _whole(card / "device/gpu_busy_percent")
        if busy is not None and "-" not in card.name:
            total = _whole(card / "device/mem_info_vram_total") or 0
            used = _whole(card / "device/mem_info_vram_used") or 0
            found.append(Gpu(name=card.name, busy=float(busy), memory_total=total, memory_used=used))
    return tuple(found)


def nvidia(line: str) -> Gpu | None:
    """One line of nvidia-smi, in the order of the query; what a card does not support reads `[N/A]`."""
    fields = [field.strip() for field in line.split(",")]
    if len(fields) != 6 or not fields[0].isdecimal():
        return None
    busy, total, used, celsius = (_number(field) for field in fields[2:])
    return Gpu(
        name=f"{fields[0]} {fields[1]}"[:100],
        busy=busy,
        memory_total=int((total or 0) * _MIB),
        memory_used=int((used or 0) * _MIB),
        celsius=celsius,
    )


class Gpus:
    """Those of this host as they were told last."""

    def __init__(self, sys: Path) -> None:
        self._sys = sys
        self._told: dict[str, Gpu] = {}
        self._program = shutil.which("nvidia-smi")

    def now(self) -> tuple[Gpu, ...]:
        """Without waiting for anything."""
        return (*amd(self._sys), *self._told.values())

    async def follow(self, clock: Clock) -> None:
        """Listen to nvidia-smi where there is one, until cancelled."""
        while self._program is not None:
            await self._listen(self._program)
            self._told.clear()
            await clock.sleep(_AGAIN)

    async def _listen(self, program: str) -> None:
        argv = (program, f"--query-gpu={_QUERY}", "--format=csv,noheader,nounits", "-l", _EVERY)
        try:
            running = await asyncio.create_subprocess_exec(
                *argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
        except OSError:
            return
        try:
            if running.stdout is not None:
                async for line in running.stdout:
                    if (gpu := nvidia(line.decode(errors="replace"))) is not None:
                        self._told[gpu.name.partition(" ")[0]] = gpu
        finally:
            with suppress(ProcessLookupError):
                running.kill()
            await running.wait()


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _whole(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None
