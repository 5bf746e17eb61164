"""Mounts: the file systems of a host that are worth showing, and how full they are; a dead one holds nobody up."""

import asyncio
import os
import re
import threading
from pathlib import Path

from msgspec import Struct

from monitor.kernel.clock import Clock, deadline
from monitor.kernel.hostview import Disk

_REAL = frozenset(
    {
        *("bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "hfsplus", "jfs", "ntfs", "ntfs3", "reiserfs"),
        *("ufs", "vfat", "xfs", "zfs"),
        *("cifs", "nfs", "nfs4", "smb3"),
    }
)
"""Types that hold files of their own: no pseudo file systems, overlays, snap images or mounted iso files."""
_ESCAPE = re.compile(r"\\([0-7]{3})")
WAIT = 0.5
"""Seconds a sample waits at most for file systems to answer."""


class Mount(Struct, frozen=True):
    """One line of the kernel's mount table."""

    device: str
    path: str


def real_mounts(table: str) -> tuple[Mount, ...]:
    """Those of a mount table (proc_pid_mounts(5)) that hold files: each device once, at its shortest path."""
    by_device: dict[str, Mount] = {}
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3 or fields[2] not in _REAL or fields[0].startswith("/dev/loop"):
            continue
        mount = Mount(_unescape(fields[0]), _unescape(fields[1]))
        held = by_device.get(mount.device)
        if held is None or len(mount.path) < len(held.path):
            by_device[mount.device] = mount
    return tuple(sorted(by_device.values(), key=lambda mount: mount.path))


def holding(table: str, folder: str) -> str:
    """The file system a folder is on, by the path it is shown at; empty where it is none of those that are shown."""
    device, longest = "", ""
    for line in table.splitlines():
        fields = line.split(" ")
        path = _unescape(fields[1]) if len(fields) > 2 else ""
        # What was mounted later at the same place hides what was there.
        if path and len(path) >= len(longest) and f"{folder}/".startswith(f"{path.rstrip('/')}/"):
            device, longest = _unescape(fields[0]), path
    return next((mount.path for mount in real_mounts(table) if mount.device == device), "")


def table_of(proc: Path) -> Path:
    """The host's table, where that may be read; else one's own."""
    table = proc / "1" / "mounts"
    return table if os.access(table, os.R_OK) else proc / "mounts"


class DiskUsage:
    """How full the host's file systems are; one that does not answer keeps its last known figures."""

    def __init__(self, clock: Clock, table: Path, root: Path) -> None:
        self._clock = clock
        self._table = table
        self._root = root
        self._known: dict[str, Disk] = {}
        self._asked: dict[str, asyncio.Future[None]] = {}

    async def measure(self) -> tuple[Disk, ...]:
        """Every file system that ever answered, by mount path; at most WAIT seconds."""
        mounts = real_mounts(self._table.read_text(errors="replace"))
        for gone in self._known.keys() - {mount.path for mount in mounts}:
            del self._known[gone]
        pending = [self._ask(mount) for mount in mounts if mount.path not in self._asked]
        if pending:
            try:
                async with deadline(self._clock, WAIT):
                    await asyncio.wait(pending)
            except TimeoutError:
                pass
        return tuple(self._known[mount.path] for mount in mounts if mount.path in self._known)

    def _ask(self, mount: Mount) -> asyncio.Future[None]:
        # A thread of its own, not the loop's pool: a dead NFS server holds it for ever, and a daemon thread lets the
        # agent end all the same. None is started while an earlier one still waits.
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[None] = loop.create_future()
        self._asked[mount.path] = answered

        def keep(disk: Disk | None) -> None:
            self._asked.pop(mount.path, None)
            if disk is not None:
                self._known[mount.path] = disk
            else:
                self._known.pop(mount.path, None)
            if not answered.done():
                answered.set_result(None)

        def work() -> None:
            disk = _usage(mount, self._root)
            if not loop.is_closed():
                loop.call_soon_threadsafe(keep, disk)

        threading.Thread(target=work, name=f"statvfs {mount.path}", daemon=True).start()
        return answered


def _usage(mount: Mount, root: Path) -> Disk | None:
    try:
        stat = os.statvfs(root / mount.path.lstrip("/"))
    except OSError:
        return None
    used = (stat.f_blocks - stat.f_bfree) * stat.f_frsize
    # As df counts its percent: what is kept for root is room for nobody else, and full is when programs find it so.
    total = used + stat.f_bavail * stat.f_frsize
    if not total:
        return None
    inodes = max(stat.f_files - stat.f_ffree, 0)
    return Disk(mount.path, mount.device, total, used, stat.f_files, inodes)


def _unescape(text: str) -> str:
    """Blanks and the like stand in the table as octal numbers."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 8)), text)
