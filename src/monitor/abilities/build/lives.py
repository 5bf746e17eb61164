"""Lives: names of an agent's runs, by which others on the same host see whether one is over."""

import os
import re
from pathlib import Path

PROC = Path("/proc")
_NAME = re.compile(r"[0-9a-f]+-(\d+)-(\d+)")


def name_of(agent: str) -> str:
    """This process's, as `agent-pid-start`; a number that is given to another process later has another start."""
    return f"{agent}-{os.getpid()}-{_start(os.getpid(), PROC)}"


def is_over(name: str, proc: Path = PROC) -> bool:
    """Whether the process is gone; what is no such name is nobody's to judge."""
    found = _NAME.fullmatch(name)
    return found is not None and _start(int(found[1]), proc) != found[2]


def is_on(name: str, proc: Path = PROC) -> bool:
    """Whether it runs."""
    return _NAME.fullmatch(name) is not None and not is_over(name, proc)


def _start(pid: int, proc: Path) -> str:
    """In ticks since the machine was started (proc(5), stat); empty when there is no such process."""
    try:
        return (proc / str(pid) / "stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
