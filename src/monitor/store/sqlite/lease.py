"""Lease: the lock on a store's folder that keeps a second core out, and that no death of a core can leave behind."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from monitor.kernel.clock import Clock
from monitor.store.contract import StoreBusy


class Lease:
    """A lock the kernel holds for this process; it ends with it, also after `kill -9`."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._file: int | None = None

    def take(self) -> None:
        """StoreBusy, naming the holder, if another has it."""
        file = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(file, 200, 0).decode(errors="replace").strip()
            os.close(file)
            raise StoreBusy(
                f"another core has the store in {self._folder} open ({holder or 'it does not say who it is'})",
                hint="stop that core, or give this one a folder of its own",
            ) from None
        self._file = file
        with suppress(OSError):  # a full disk; the lock is held all the same
            os.ftruncate(file, 0)
            os.pwrite(file, f"process {os.getpid()}, since {self._clock.now():%Y-%m-%d %H:%M:%S} UTC\n".encode(), 0)

    def give_back(self) -> None:
        """Let go; nothing if it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
