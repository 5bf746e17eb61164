"""Proc: what the kernel's text files say, as numbers; what a file lacks, or a kernel does not tell, is left out.

Pure; the formats are those of proc(5) and of Documentation/accounting/psi.rst.
"""

from typing import NamedTuple

_SECTOR = 512
"""Bytes a sector of diskstats counts, whatever the device's own are."""


class Times(NamedTuple):
    """Ticks a core, or all of them, spent since boot."""

    user: int
    system: int
    idle: int
    iowait: int
    steal: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


class Memory(NamedTuple):
    """Bytes."""

    total: int = 0
    used: int = 0
    cache: int = 0
    swap_total: int = 0
    swap_used: int = 0


def cpu_times(text: str) -> dict[str, Times]:
    """/proc/stat: by `cpu` for all cores and `cpu0`, `cpu1`, … for those that are online."""
    found: dict[str, Times] = {}
    for line in text.splitlines():
        name, *rest = line.split() or [""]
        numbers = _numbers(rest)
        if name.startswith("cpu") and len(numbers) >= 4:
            # Time of guests is counted under user and nice already.
            user, nice, system, idle, iowait, irq, softirq, steal = (numbers + [0] * 8)[:8]
            found[name] = Times(user + nice, system + irq + softirq, idle, iowait, steal)
    return found


def memory(text: str, arc: int = 0) -> Memory:
    """/proc/meminfo. Used is what is neither free nor given back at once; `arc`, ZFS's own cache, is not counted."""
    told = _meminfo(text)
    total = told.get("MemTotal", 0)
    cache = told.get("Buffers", 0) + told.get("Cached", 0) + told.get("SReclaimable", 0) - told.get("Shmem", 0)
    cache = max(cache, 0)
    swap = told.get("SwapTotal", 0)
    return Memory(
        total=total,
        used=max(total - told.get("MemFree", 0) - cache - arc, 0),
        cache=cache,
        swap_total=swap,
        swap_used=max(swap - told.get("SwapFree", 0) - told.get("SwapCached", 0), 0),
    )


def arc_size(text: str) -> int:
    """/proc/spl/kstat/zfs/arcstats: bytes ZFS would give back, which is what it holds beyond its least."""
    told = {fields[0]: fields[2] for line in text.splitlines() if len(fields := line.split()) == 3}
    sizes = _numbers([told.get("size", ""), told.get("c_min", "0")])
    return max(sizes[0] - sizes[1], 0) if len(sizes) == 2 else 0


def network(text: str) -> dict[str, tuple[int, int]]:
    """/proc/net/dev: bytes received and sent by interface."""
    found: dict[str, tuple[int, int]] = {}
    for line in text.splitlines():
        name, colon, rest = line.rpartition(":")
        numbers = _numbers(rest.split())
        if colon and len(numbers) >= 9:
            found[name.strip()] = (numbers[0], numbers[8])
    return found


def devices(text: str) -> dict[str, tuple[int, int]]:
    """/proc/diskstats: bytes read and written by device, partitions too."""
    found: dict[str, tuple[int, int]] = {}
    for line in text.splitlines():
        fields = line.split()
        numbers = _numbers(fields[3:])
        if len(numbers) >= 7:
            found[fields[2]] = (numbers[2] * _SECTOR, numbers[6] * _SECTOR)
    return found


def load(text: str) -> tuple[float, float, float]:
    """/proc/loadavg."""
    try:
        one, five, fifteen = map(float, text.split()[:3])
    except ValueError:
        return 0.0, 0.0, 0.0
    return one, five, fifteen


def uptime(text: str) -> float:
    """/proc/uptime: seconds."""
    try:
        return float(text.split(maxsplit=1)[0])
    except (ValueError, IndexError):
        return 0.0


def pressure(text: str) -> int | None:
    """A file of /proc/pressure: microseconds in which something waited; None where the kernel does not count them."""
    for line in text.splitlines():
        if line.startswith("some "):
            found = _numbers([line.rpartition("total=")[2]])
            return found[0] if found else None
    return None


def _meminfo(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        numbers = _numbers(rest.split()[:1])
        if numbers:
            found[name] = numbers[0] * 1024
    return found


def _numbers(words: list[str]) -> list[int]:
    """Up to the first that is none."""
    found: list[int] = []
    for word in words:
        if not (word.isascii() and word.isdecimal()):
            break
        found.append(int(word))
    return found
