"""Tabs: what 50 open tabs cost core beyond one, while 20 deployments a second change."""

import asyncio
import json
import os
import time
from pathlib import Path

import httpx2
from websockets.asyncio.client import connect

from benchmarks.figures import Figure, median
from benchmarks.rig import Rig

TABS = 50
RATE = 20
SECONDS = 15
RUNS = 4
COUNT = 100
TOPICS = ("server.changes", "deployment.changes", "build.changes", "activity.watch", "activity.runs")


def figures(rig: Rig) -> list[Figure]:
    """One: the difference of medians; each change makes two events, of the deployment and of the record."""
    for index in range(COUNT):
        rig.deployment(f"tab-{index:03}", "nginx:1.27", environment=[{"name": "STAGE", "value": "production"}])
    one: list[float] = []
    many: list[float] = []
    frames = 0.0
    for _ in range(RUNS):
        one.append(asyncio.run(_share(rig, 1))[0])
        share, frames = asyncio.run(_share(rig, TABS))
        many.append(share)
    more = median(many) - median(one)
    beside = f"one tab {_spread(one)}, {TABS} tabs {_spread(many)} with {frames:,.0f} frames/s"
    name = f"{TABS} open tabs beyond one, at {RATE} changes/s"
    return [Figure(name, more, "% of a cpu", "≤ 10 %", more <= 10, beside)]


async def _share(rig: Rig, tabs: int) -> tuple[float, float]:
    """Percent of a cpu core uses with so many tabs open, and how many frames a second it sends."""
    opened, received = asyncio.Semaphore(0), [0]
    open_tabs = [asyncio.create_task(_tab(rig, opened, received)) for _ in range(tabs)]
    for _ in open_tabs:
        await opened.acquire()
    await asyncio.sleep(1)
    core = rig.processes["core"].pid
    before, begun = _cpu(core), time.perf_counter()
    received[0] = 0
    await _change(rig)
    used, passed = _cpu(core) - before, time.perf_counter() - begun
    for tab in open_tabs:
        tab.cancel()
    await asyncio.gather(*open_tabs, return_exceptions=True)
    return 100 * used / passed, received[0] / passed


async def _tab(rig: Rig, opened: asyncio.Semaphore, received: list[int]) -> None:
    """One websocket with the topics a tab has open on any page."""
    url = f"ws://127.0.0.1:{rig.core_port}/api/live"
    headers = {"Authorization": f"Bearer {rig.key}"}
    async with connect(url, additional_headers=headers, max_size=None, compression=None) as socket:
        for id, topic in enumerate(TOPICS):
            await socket.send(json.dumps({"id": id, "op": "subscribe", "topic": {"topic": topic}}))
        for _ in TOPICS:
            await socket.recv()
        opened.release()
        async for _ in socket:
            received[0] += 1


async def _change(rig: Rig) -> None:
    headers = {"Authorization": f"Bearer {rig.key}"}
    base = f"http://127.0.0.1:{rig.core_port}/api"
    async with httpx2.AsyncClient(base_url=base, headers=headers) as api:
        begun = time.perf_counter()
        for number in range(SECONDS * RATE):
            words = {"description": f"change {number} of {begun}"}
            answer = await api.patch(f"/deployments/tab-{number % COUNT:03}", json=words)
            answer.raise_for_status()
            await asyncio.sleep(max(0.0, begun + (number + 1) / RATE - time.perf_counter()))


def _spread(values: list[float]) -> str:
    return f"{min(values):.1f} – {median(values):.1f} – {max(values):.1f} %"


def _cpu(pid: int) -> float:
    """Seconds of cpu used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(f) for f in fields[11:13]) / os.sysconf("SC_CLK_TCK")
