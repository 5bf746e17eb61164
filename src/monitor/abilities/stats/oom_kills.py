"""Oom kills: how often the kernel has ended a process for want of memory, of whatever group it was: of
version 1 of control groups no parent counts those of the groups below it.
"""

from pathlib import Path


def oom_kills(proc: Path) -> int | None:
    """Since boot; None where the kernel does not count them (before 4.13). A kill is counted before its victim ends."""
    try:
        lines = (proc / "vmstat").read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        name, _, value = line.partition(" ")
        if name == "oom_kill" and value.isdecimal():
            return int(value)
    return None
