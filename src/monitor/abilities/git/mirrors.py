"""Mirrors: what a host keeps of the repositories it has fetched, one for each address, used by one job at a time."""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from monitor.abilities.git.address import Address
from monitor.kernel.errors import Conflict, NotFound, PolicyRefused

_NOTE = "monitor-address"
_KEY = re.compile(r"[0-9a-f]{40}")
_SAME = 1.0
"""Seconds two readings of the same file's time may differ, having travelled."""


class Kept(NamedTuple):
    """A mirror on the disk."""

    key: str
    url: str
    root: str
    """Both empty where no agent has noted them."""
    bytes: int
    used: float
    """Seconds since the epoch."""


class Mirrors:
    """A folder of bare repositories, and the host's own folders that may be fetched from."""

    def __init__(self, folder: Path, roots: tuple[str, ...] = ()) -> None:
        self._folder = folder
        self._roots = roots
        self._locks: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def of(self, address: Address) -> AsyncGenerator[Path]:
        """Where the repository's mirror is, or will be; nobody else touches it meanwhile. PolicyRefused."""
        self.judge(address)
        lock = self._locks.setdefault(address.key, asyncio.Lock())
        async with lock:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            mirror = self._folder / address.key
            if mirror.exists():
                os.utime(mirror)
            yield mirror

    def is_busy(self, address: Address) -> bool:
        """Whether a job uses it."""
        lock = self._locks.get(address.key)
        return lock is not None and lock.locked()

    def drop(self, mirror: Path) -> None:
        """Forget it; the next fetch begins anew."""
        shutil.rmtree(mirror, ignore_errors=True)

    def describe(self, mirror: Path, address: Address, root: Address) -> None:
        """Note beside a mirror whose it is; `root`: of the repository it is a submodule of, else the same."""
        # Not worth a build's failure where the disk is full: it is only for people who tidy up.
        with suppress(OSError):
            (mirror / _NOTE).write_text(f"{address.url}\n{root.url}\n")

    def all(self) -> list[Kept]:
        """Every mirror, with its size counted file by file: not for the event loop."""
        try:
            folders = [folder for folder in self._folder.iterdir() if _KEY.fullmatch(folder.name)]
        except OSError:
            return []
        return sorted((_kept(folder) for folder in folders), key=lambda kept: kept.used)

    async def forget(self, key: str, used: float) -> int:
        """Delete one nobody has used since; the bytes that leaves. Conflict where somebody has, NotFound."""
        mirror = self._folder / key
        lock = self._locks.setdefault(key, asyncio.Lock())
        if lock.locked():
            raise Conflict("a build uses it now")
        async with lock:
            if _KEY.fullmatch(key) is None or not mirror.is_dir():
                raise NotFound("there is no such mirror")
            kept = await asyncio.to_thread(_kept, mirror)
            if kept.used > used + _SAME:
                raise Conflict("a build has used it since")
            # Under another name first: cut off in the middle, it is no mirror any more that somebody fetches into.
            mirror.rename(mirror.with_suffix(".gone"))
            for doomed in self._folder.glob("*.gone"):
                await asyncio.to_thread(shutil.rmtree, doomed, ignore_errors=True)
            return kept.bytes

    def judge(self, address: Address) -> None:
        """PolicyRefused for a folder of the host that nothing may be fetched from."""
        if address.scheme != "file":
            return
        real = Path(os.path.realpath(address.path))
        if not any(real.is_relative_to(os.path.realpath(root)) for root in self._roots):
            raise PolicyRefused(
                f"this host does not allow to build from its folder {address.path!r}",
                hint="its owner can allow folders: source_roots under [policy] in the periphery's settings",
            )


def _kept(mirror: Path) -> Kept:
    url, root = _noted(mirror)
    size = 0
    for folder, _, files in os.walk(mirror):
        for name in files:
            with suppress(OSError):
                size += (Path(folder) / name).lstat().st_blocks * 512
    try:
        used = mirror.stat().st_mtime
    except OSError:
        used = 0.0
    return Kept(mirror.name, url, root, size, used)


def _noted(mirror: Path) -> tuple[str, str]:
    try:
        lines = (mirror / _NOTE).read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return "", ""
    return (lines[0], lines[1]) if len(lines) == 2 else ("", "")
