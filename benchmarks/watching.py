"""Watching: from the kill of a container outside Monitor to its change on core's websocket."""

import json
import subprocess
import threading
import time

from websockets.sync.client import ClientConnection, connect

from benchmarks.figures import Figure, median, percentile
from benchmarks.rig import PREFIX, Rig, docker

RUNS = 50


def figures(rig: Rig) -> list[Figure]:
    """One: p95 of the delay."""
    rig.deployment("watched", f"{PREFIX}:base", restart="no")
    rig.act("/deployments/watched/deploy")
    delays: list[float] = []
    headers = {"Authorization": f"Bearer {rig.key}"}
    with connect(f"ws://127.0.0.1:{rig.core_port}/api/live", additional_headers=headers) as socket:
        socket.send(json.dumps({"id": 1, "op": "subscribe", "topic": {"topic": "deployment.changes"}}))
        socket.recv()
        for _ in range(RUNS):
            delays.append(_kill(socket))
            docker("start", f"{PREFIX}-watched")
            _wait_for(socket, "running")
    p95 = percentile(delays, 95) * 1000
    beside = f"median {median(delays) * 1000:.0f} ms of {RUNS}, the kill itself included"
    return [Figure("kill outside → change on the websocket, p95", p95, "ms", "≤ 200 ms", p95 <= 200, beside)]


def _kill(socket: ClientConnection) -> float:
    pid = int(docker("inspect", "-f", "{{.State.Pid}}", f"{PREFIX}-watched"))
    begun = time.perf_counter()
    killer = threading.Thread(target=subprocess.run, args=(["kill", "-9", str(pid)],), kwargs={"check": True})
    killer.start()
    _wait_for(socket, "exited")
    delay = time.perf_counter() - begun
    killer.join()
    return delay


def _wait_for(socket: ClientConnection, state: str) -> None:
    while True:
        frame = json.loads(socket.recv(timeout=20))
        if frame["kind"] == "change" and frame["data"] and frame["data"]["status"]["state"] == state:
            return
