"""The store's folder and files, closed to everyone but core's own user."""

import os
import stat
from pathlib import Path

from monitor.kernel.errors import Unavailable


def prepare_folder(folder: Path) -> None:
    """Make it (0700) if it is missing. Unavailable if it cannot be made or others can write into it."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
            _keep(folder.parent)
        mode = folder.stat().st_mode
    except OSError as wrong:
        raise Unavailable(f"the folder {folder} for the store cannot be made: {wrong.strerror}") from wrong
    if not stat.S_ISDIR(mode):
        raise Unavailable(f"{folder}, where the store should be, is not a folder")
    if mode & 0o022:
        raise Unavailable(
            f"others may write into {folder}, where the store should be", hint=f"run: chmod 700 -- {folder}"
        )


def prepare_file(file: Path) -> None:
    """Make an empty file (0600) if it is missing, and close an open one. SQLite gives its side files the same mode."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
    file.chmod(0o600)


def _keep(folder: Path) -> None:
    """Make the folder's new entry survive power loss."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
