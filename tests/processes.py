"""Whether processes of this machine still run."""

from pathlib import Path


def alive(pid: int) -> bool:
    """One that has ended and waits for whoever inherited it to take note is not: that may take seconds."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
