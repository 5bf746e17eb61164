"""The demo's background processes: started, remembered in a file, and ended by exactly the ids that were started."""

import json
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from parts.engine import end_process
from parts.say import GiveUp

from tour.place import Place

PATIENCE = 15.0
"""Seconds a process gets to end by itself."""


def start(place: Place, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start one in a session of its own, its output in the folder's log, and remember it."""
    with place.log(name).open("ab") as out:
        process = subprocess.Popen(
            command,
            cwd=place.folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    process.returncode = 0  # it outlives this script, and Python would warn that nobody waits for it
    remembered = {**_remembered(place), name: {"pid": process.pid, "began": _began(process.pid)}}
    place.running.write_text(json.dumps(remembered))


def alive(place: Place, name: str) -> bool:
    """Whether the process remembered under this name still runs (and is not another one that got its id)."""
    known = _remembered(place).get(name)
    return known is not None and known["began"] != "" and _began(int(known["pid"])) == known["began"]


def all_alive(place: Place) -> bool:
    """Whether there are any, and none has ended."""
    names = list(_remembered(place))
    return bool(names) and all(alive(place, name) for name in names)


def stop(place: Place) -> list[str]:
    """End those that still run, the last started first; their names."""
    ended: list[str] = []
    for name, known in reversed(_remembered(place).items()):
        if alive(place, name):
            end_process(int(known["pid"]), seconds=PATIENCE)
            ended.append(name)
    place.running.unlink(missing_ok=True)
    return ended


def wait_until(place: Place, name: str, ready: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for a process to be ready; GiveUp with the end of its log when it ends or takes too long."""
    until = time.monotonic() + seconds
    while not ready():
        if not alive(place, name):
            raise GiveUp(f"{name} ended at once; the end of {place.log(name)}:\n{tail(place.log(name))}")
        if time.monotonic() > until:
            raise GiveUp(f"{name} is not ready after {seconds:.0f} s; the end of its log:\n{tail(place.log(name))}")
        time.sleep(0.05)


def tail(log: Path) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def _remembered(place: Place) -> dict[str, dict[str, str | int]]:
    try:
        return json.loads(place.running.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _began(pid: int) -> str:
    """Start time of a process in clock ticks since boot (proc(5), field 22 of stat); empty when it is gone or dead."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
