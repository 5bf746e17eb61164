"""Terminals: from a key to its echo, and how fast output comes, beside `docker exec` on the same container."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from benchmarks.figures import Figure, median, percentile, spread
from benchmarks.rig import PREFIX, STEADY, Rig

KEYS = 200
RUNS = 5
_FLOOD = "yes | head -c 100000000"
_MONITOR = Path(sys.executable).with_name("monitor")


def figures(rig: Rig) -> list[Figure]:
    """Two; what the docker CLI takes stands beside each."""
    rig.deployment("terminals", f"{PREFIX}:base", command=["/bin/sh", "-c", STEADY], stable_for=0, network="none")
    rig.act("/deployments/terminals/deploy")
    return [_echo(rig), _output(rig)]


def _echo(rig: Rig) -> Figure:
    ours, theirs = _our_echo(rig), _their_echo()
    middle = median(ours) * 1000
    p95, their_p95 = (percentile(each, 95) * 1000 for each in (ours, theirs))
    beside = f"p95 {p95:.1f} ms of {KEYS}; docker exec {median(theirs) * 1000:.1f} ms, p95 {their_p95:.1f} ms"
    name = "a key typed in a terminal → its echo on the websocket, median"
    return Figure(name, middle, "ms", "≤ 25 ms", middle <= 25, beside)


def _our_echo(rig: Rig) -> list[float]:
    id = rig.post("/deployments/terminals/terminal", {"command": ["cat"]})["id"]
    headers = {"Authorization": f"Bearer {rig.key}"}
    delays: list[float] = []
    with connect(f"ws://127.0.0.1:{rig.core_port}/api/terminal/{id}", additional_headers=headers) as socket:
        while json.loads(socket.recv(timeout=20))["kind"] != "began":
            pass
        for _ in range(KEYS):
            begun = time.perf_counter()
            socket.send(b"a")
            while not isinstance(socket.recv(timeout=20), bytes):
                pass
            delays.append(time.perf_counter() - begun)
            time.sleep(0.01)
        socket.send(json.dumps({"op": "close"}))
        while not _is_end(socket.recv(timeout=20)):
            pass
    return delays


def _is_end(frame: Any) -> bool:
    return isinstance(frame, str) and json.loads(frame)["kind"] == "ended"


def _their_echo() -> list[float]:
    side, theirs = pty.openpty()
    argv = ["docker", "exec", "-it", f"{PREFIX}-terminals", "cat"]
    process = subprocess.Popen(argv, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    time.sleep(2)
    delays: list[float] = []
    for _ in range(KEYS):
        begun = time.perf_counter()
        os.write(side, b"a")
        os.read(side, 1)
        delays.append(time.perf_counter() - begun)
        time.sleep(0.01)
    os.write(side, b"\x03")
    process.wait(20)
    os.close(side)
    os.close(theirs)
    return delays


def _output(rig: Rig) -> Figure:
    url = f"http://127.0.0.1:{rig.core_port}"
    environment = {**os.environ, "MONITOR_URL": url, "MONITOR_KEY": rig.key}
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(RUNS):
        ours.append(_seconds([str(_MONITOR), "deployment", "terminal", "terminals", "-T"], environment))
        theirs.append(_seconds(["docker", "exec", f"{PREFIX}-terminals"], environment))
    ratio = median(theirs) / median(ours)
    beside = f"100 MB: ours {spread(ours)}, docker exec {spread(theirs)}, each with its own start"
    return Figure("output of a terminal / `docker exec`", ratio, "×", "≥ 0.3 ×", ratio >= 0.3, beside)


def _seconds(argv: list[str], environment: dict[str, str]) -> float:
    command = [*argv, *(["--"] if "terminal" in argv else []), "sh", "-c", _FLOOD]
    begun = time.perf_counter()
    done = subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment)
    if len(done.stdout) != 100_000_000:
        raise RuntimeError(f"{len(done.stdout)} bytes came")
    return time.perf_counter() - begun
