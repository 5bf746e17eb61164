"""The `monitor` command as the demo's user runs it: a profile folder of its own, every command shown."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from parts.environment import VENV
from parts.say import GiveUp, say

from tour.place import Place

MONITOR = str(VENV / "bin/monitor")
DROPPED = ("MONITOR_", "XDG_", "PYTHONPATH")


def environment(place: Place) -> dict[str, str]:
    """The machine's, without what could change the demo, and with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
    path = f"{kept.get('PATH', os.defpath)}:/usr/local/sbin:/usr/sbin:/sbin"
    return {**kept, "PATH": path, "HOME": str(place.home), "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


def monitor(place: Place, *arguments: str, extra: Mapping[str, str] | None = None, hidden: bool = False) -> str:
    """Run one command to its end and answer what it printed; GiveUp with its own words when it fails."""
    if not hidden:
        say(f"  $ monitor {shlex.join(arguments)}")
    done = subprocess.run(
        [MONITOR, *arguments],
        check=False,
        cwd=place.folder,
        env={**environment(place), **(extra or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    with place.log("commands").open("a") as log:
        log.write(f"$ monitor {arguments[0]} {arguments[1]} …\n{done.stdout}{done.stderr}\n")
    if done.returncode:
        raise GiveUp(f"monitor {arguments[0]} {arguments[1]} failed:\n{(done.stdout + done.stderr).strip()[-3000:]}")
    return done.stdout


def home(place: Place) -> Path:
    """Make the profile folder."""
    place.home.mkdir(mode=0o700, exist_ok=True)
    return place.home
