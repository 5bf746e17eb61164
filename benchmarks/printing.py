"""Printing: from the moment a process prints its first line to that line on a browser's socket."""

import json
import time
from datetime import datetime

from websockets.sync.client import ClientConnection, connect

from benchmarks.figures import Figure, median, percentile
from benchmarks.rig import PREFIX, Rig

RUNS = 20
_PROGRAM = "trap 'exit 0' TERM; sleep 1; echo first; while :; do sleep 1000 & wait; done"


def figures(rig: Rig) -> list[Figure]:
    """One: the 95th percentile; a browser draws what it got within its next frame, 17 ms."""
    rig.deployment("printing", f"{PREFIX}:base", command=["/bin/sh", "-c", _PROGRAM], stable_for=0)
    delays: list[float] = []
    headers = {"Authorization": f"Bearer {rig.key}"}
    with connect(f"ws://127.0.0.1:{rig.core_port}/api/live", additional_headers=headers) as socket:
        for number in range(RUNS):
            rig.act("/deployments/printing/deploy")
            delays.append(_first_line(socket, number + 1))
    p95 = percentile(delays, 95) * 1000
    beside = f"median {median(delays) * 1000:.0f} ms of {RUNS}"
    return [Figure("a container's first line → on the websocket, p95", p95, "ms", "≤ 300 ms", p95 <= 300, beside)]


def _first_line(socket: ClientConnection, id: int) -> float:
    topic = {"topic": "deployment.follow_log", "target": "printing"}
    socket.send(json.dumps({"id": id, "op": "subscribe", "topic": topic}))
    try:
        while True:
            frame = json.loads(socket.recv(timeout=20))
            came = time.time()
            if frame.get("id") == id and frame["kind"] == "append":
                for line in frame["data"].get("lines", ()):
                    if line["text"] == "first":
                        return came - datetime.fromisoformat(line["at"]).timestamp()  # when Docker got it
            if frame["kind"] == "error":
                raise RuntimeError(frame["data"])
    finally:
        socket.send(json.dumps({"id": id, "op": "unsubscribe"}))
