"""Processes: those of one terminal as the host's kernel shows them, found by mark and session, and signalled safely."""

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from monitor.abilities.terminal.program import MARK

PROC = Path("/proc")
_LOOKS = 2


class Process(NamedTuple):
    """One process; its number may be given to another one once it has ended, its start cannot."""

    pid: int
    session: int
    start: int


def is_in_view(container: str, main: int, proc: Path = PROC) -> bool:
    """Whether this agent sees a container's processes under the daemon's numbers, and may look into and signal them."""
    try:
        ours = container in (proc / str(main) / "cgroup").read_text()
        (proc / str(main) / "environ").read_bytes()
        os.kill(main, 0)
    except OSError:
        return False
    return ours


def find_processes(ids: Iterable[str], proc: Path = PROC) -> list[Process]:
    """All that carry a terminal's mark, and all of the sessions those are in."""
    marks = {f"{MARK}={id}".encode() for id in ids}
    found: dict[int, Process] = {}
    # One that starts another program just now shows no environment: a second look sees it.
    for _ in range(_LOOKS):
        folders = [folder for folder in proc.iterdir() if folder.name.isdigit()]
        seen = [each for folder in folders if (each := read_process(folder)) is not None]
        marked = {each.pid: each for each in seen if _is_marked(proc / str(each.pid), marks)}
        # What an exec starts has a session of its own: the container's other processes are in none of these.
        sessions = {each.session for each in marked.values()}
        leading = {each.session for each in marked.values() if each.pid == each.session}
        found |= marked | {each.pid: each for each in seen if each.session in sessions & leading}
    return list(found.values())


def send(process: Process, numbers: Iterable[signal.Signals], proc: Path = PROC) -> None:
    """Signal this very process, or nobody: the number cannot be given to another one while it is held open."""
    try:
        held = os.pidfd_open(process.pid)
    except OSError:
        return
    try:
        if read_process(proc / str(process.pid)) == process:
            for number in numbers:
                with suppress(OSError):
                    signal.pidfd_send_signal(held, number)
    finally:
        os.close(held)


def inner_pid(pid: int, proc: Path = PROC) -> int:
    """The number a process has inside its container; 0 where it cannot be seen."""
    try:
        text = (proc / str(pid) / "status").read_text()
    except OSError:
        return 0
    line = next((line for line in text.splitlines() if line.startswith("NSpid:")), "")
    return int(line.split()[-1]) if line else 0


def read_process(folder: Path) -> Process | None:
    """proc(5); a zombie is none: it does nothing any more."""
    try:
        text = (folder / "stat").read_text(errors="replace")
    except OSError:
        return None
    # The name may hold anything, brackets and blanks too.
    fields = text.rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in "ZX":
        return None
    return Process(int(folder.name), int(fields[3]), int(fields[19]))


def _is_marked(folder: Path, marks: set[bytes]) -> bool:
    try:
        return not marks.isdisjoint((folder / "environ").read_bytes().split(b"\0"))
    except OSError:
        return False
