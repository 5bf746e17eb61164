"""Mirrors: what a host keeps of the repositories it has fetched, one for each address, used by one job at a time."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from monitor.abilities.git.address import Address
from monitor.kernel.errors import PolicyRefused


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
