"""Asking at a terminal: secrets typed unseen, and what to do when nobody is there."""

import getpass
import os
import pwd
import sys
from pathlib import Path

from monitor.kernel.errors import Invalid


def ask(what: str) -> str:
    """A secret typed unseen; Invalid when nobody can be asked."""
    if not sys.stdin.isatty():
        raise Invalid(f"{what} is needed, and there is no terminal to ask at", hint="give it on standard input")
    return getpass.getpass(f"{what}: ")


def ask_new(what: str) -> str:
    """A new secret, typed twice."""
    first = ask(what)
    if ask(f"{what} again") != first:
        raise Invalid("the two differ; nothing was changed")
    return first


def act_as_owner(folder: Path) -> None:
    """As root, go on as whoever owns the folder, so that the server can read what is written there."""
    if os.geteuid() != 0 or not folder.exists():
        return
    owner = folder.stat()
    if not owner.st_uid:
        return
    try:
        os.initgroups(pwd.getpwuid(owner.st_uid).pw_name, owner.st_gid)
    except KeyError:
        os.setgroups([])
    os.setegid(owner.st_gid)
    os.seteuid(owner.st_uid)
