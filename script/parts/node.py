"""Node: this machine's where it is new enough, else the locked one from PyPI in an environment of its own."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

from parts.environment import ROOT, python
from parts.packages import find, run
from parts.say import say

LEAST = (22, 12)
FOLDER = ROOT / ".cache/node"
LOCK = ROOT / "requirements/node.txt"
STAMP = FOLDER / ".monitor-setup"
PROGRAMS = ("node", "npm", "npx")
SETTINGS = Path("/etc/npmrc")
"""Where Debian's npm keeps the machine's settings; the one from PyPI would look beside itself."""


def environment() -> dict[str, str]:
    """What to run npm with: a Node of at least 22.12 is first on PATH. Installs one, saying so, if there is none."""
    known = dict(os.environ)
    if is_here():
        return known
    ensure()
    if SETTINGS.is_file() and "npm_config_globalconfig" not in {name.lower() for name in known}:
        known["npm_config_globalconfig"] = str(SETTINGS)
    return {**known, "PATH": f"{FOLDER / 'path'}{os.pathsep}{known.get('PATH', os.defpath)}"}


def is_here() -> bool:
    """Whether PATH has a Node that is new enough, and an npm that runs."""
    node, npm = find("node"), find("npm")
    return node is not None and npm is not None and version_of(_says(node)) >= LEAST and _says(npm) != ""


def version_of(said: str) -> tuple[int, ...]:
    """(22, 12, 0) of `v22.12.0`; empty of anything else."""
    found = re.fullmatch(r"v(\d+)\.(\d+)\.(\d+)", said)
    return tuple(int(part) for part in found.groups()) if found else ()


def ensure() -> bool:
    """Bring `.cache/node` to its locked state; whether anything was done."""
    if STAMP.is_file() and STAMP.read_text() == _stamp():
        return False
    least = ".".join(str(part) for part in LEAST)
    say(f"installing Node from PyPI into {FOLDER.relative_to(ROOT)}: PATH has none of at least {least} with npm")
    uv = [python(), "-m", "uv", "--quiet"]
    run([*uv, "venv", "--clear", "--python", python(), str(FOLDER)])
    install = ["sync", "--python", str(FOLDER / "bin/python"), "--require-hashes", "--only-binary", ":all:", str(LOCK)]
    run([*uv, "pip", *install])
    # Not its whole bin: that has a python, which must not come before anybody's.
    (FOLDER / "path").mkdir()
    for name in PROGRAMS:
        (FOLDER / "path" / name).symlink_to(Path("../bin") / name)
    STAMP.write_text(_stamp())
    return True


def _stamp() -> str:
    locked = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{locked} {sys.version.split()[0]} {ROOT}\n"


def _says(program: str) -> str:
    """Its version; empty when it does not run."""
    try:
        asked = subprocess.run([program, "--version"], check=False, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
