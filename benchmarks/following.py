"""Following: how fast a container's log comes to a client, against `docker logs -f`, and how soon a line is seen."""

import asyncio
import json
import os
import subprocess
import time
from pathlib import Path
from typing import IO

from playwright.async_api import expect
from websockets.sync.client import connect

from benchmarks.figures import Figure, median, percentile, spread
from benchmarks.rig import PREFIX, Rig, docker, make_image, wait_until
from monitor.client import Client
from monitor.resources.deployment.operations.log import FollowLog
from tests.browser.chromium import chromium
from tests.browser.measure import delay

LINES = 200_000
RUNS = 5
PRINTED = 30
_WRITE = (
    "for(i=0;i<COUNT;i++) printf "
    '"%d INFO handled request path=/v1/things/%d status=200 took=12ms user=ana trace=0123456789abcdef\\n", i, i%977'
)
LARGE = 1_000_000


def figures(rig: Rig) -> list[Figure]:
    """Five: the rate, the delay on the websocket and in the browser, and what a large log costs core."""
    for name, count in (("writer", LINES), ("large", LARGE)):
        script = f"awk 'BEGIN {{ {_WRITE.replace('COUNT', str(count))} }}'; exec sleep 100000"
        make_image(rig.folder / name, f"{PREFIX}:{name}", script)
    rig.deployment("writer", f"{PREFIX}:writer", restart="no")
    rig.act("/deployments/writer/deploy")
    wait_until(lambda: _written(f"{PREFIX}-writer") >= LINES, 120)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(RUNS):
        theirs.append(_theirs())
        ours.append(_ours(rig))
    ratio = median(theirs) / median(ours)
    beside = f"{LINES:,} lines: ours {spread(ours)}, docker logs -f {spread(theirs)}"
    return [
        Figure("log follow to a client / `docker logs -f`", ratio, "×", "≥ 0.5 ×", ratio >= 0.5, beside),
        *_delays(rig),
        *_large(rig),
    ]


def _written(container: str) -> int:
    last = docker("logs", "--tail", "1", container).split()
    return int(last[0]) + 1 if last else 0


def _theirs() -> float:
    """Seconds until the docker CLI has printed all of the log it follows."""
    begun = time.perf_counter()
    with subprocess.Popen(["docker", "logs", "-f", f"{PREFIX}-writer"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        left = LINES
        while left > 0:
            left -= process.stdout.read1(1 << 20).count(b"\n")
        took = time.perf_counter() - begun
        process.kill()
    return took


def _ours(rig: Rig) -> float:
    """The same until a client has every line of the live topic."""
    with Client(f"http://127.0.0.1:{rig.core_port}", key=rig.key) as client:
        begun = time.perf_counter()
        left = LINES
        for item in client.subscribe(FollowLog(target="writer", tail=-1)):
            left -= len(item.data.lines) if item.data else 0
            if left <= 0:
                break
        return time.perf_counter() - begun


def _delays(rig: Rig) -> list[Figure]:
    """From the moment a program in a container is given a line to print, to the line at the client."""
    rig.deployment("printer", f"{PREFIX}:base", restart="no")
    rig.act("/deployments/printer/deploy")
    command = ["docker", "exec", "-i", f"{PREFIX}-printer", "sh", "-c", "while read x; do echo $x > /proc/1/fd/1; done"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as printer:
        assert printer.stdin is not None
        said = printer.stdin
        socket, seen = _on_socket(rig, said), asyncio.run(_in_browser(rig, said))
        said.close()
    return [_delay("on the websocket", socket), _delay("on the screen", seen)]


def _delay(where: str, delays: list[float]) -> Figure:
    p95 = percentile(delays, 95) * 1000
    beside = f"{spread(delays)}, {len(delays)} lines"
    return Figure(f"line printed → {where}, p95", p95, "ms", "≤ 300 ms", p95 <= 300, beside)


def _print(said: IO[bytes], word: str) -> float:
    """Let the container print a word; when it was told to."""
    at = time.time()
    said.write(f"{word}\n".encode())
    said.flush()
    return at


def _on_socket(rig: Rig, said: IO[bytes]) -> list[float]:
    url = f"ws://127.0.0.1:{rig.core_port}/api/live"
    topic = {"topic": "deployment.follow_log", "target": "printer", "tail": 0}
    delays: list[float] = []
    with connect(url, additional_headers={"Authorization": f"Bearer {rig.key}"}) as socket:
        socket.send(json.dumps({"id": 1, "op": "subscribe", "topic": topic}))
        time.sleep(1)
        for number in range(PRINTED):
            begun = _print(said, f"socket-{number}")
            while f'socket-{number}"' not in socket.recv(timeout=20):
                pass
            delays.append(time.time() - begun)
            time.sleep(0.1)
    return delays


async def _in_browser(rig: Rig, said: IO[bytes]) -> list[float]:
    delays: list[float] = []
    async with chromium() as browser:
        page = await (await browser.new_context(base_url=f"http://127.0.0.1:{rig.core_port}")).new_page()
        await page.goto("/deployments/printer/log")
        await page.get_by_label("Name", exact=True).fill("bench")
        await page.get_by_label("Password", exact=True).fill("bench bench")
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.locator("[data-line]").first).to_be_attached(timeout=20_000)
        for number in range(PRINTED):
            word = f"screen-{number}-"
            delays.append(await delay(page, lambda word=word: _print(said, word), "[role='log']", word))
            await asyncio.sleep(0.1)
    return delays


def _large(rig: Rig) -> list[Figure]:
    """What core holds while it passes 100 MB on to a slow reader, and how long a search of them takes."""
    rig.deployment("large", f"{PREFIX}:large", restart="no")
    rig.act("/deployments/large/deploy")
    wait_until(lambda: _written(f"{PREFIX}-large") >= LARGE, 180)
    core = rig.processes["core"].pid
    begun, size, most = time.perf_counter(), 0, 0
    before = _memory(core)
    with rig.api.stream("GET", "/deployments/large/log_file") as answer:
        for piece in answer.iter_raw():
            size += len(piece)
            most = max(most, _memory(core))
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    found = rig.get("/deployments/large/log?search=things/976%20status")
    searched = time.perf_counter() - begun
    grown = (most - before) / 1e6
    lines = f"{found['found']:,} of {found['searched']:,} lines"
    return [
        Figure(
            "core while 100 MB of log are downloaded: grows by",
            grown,
            "MB",
            "≤ 16 MB",
            grown <= 16,
            f"{size / 1e6:.0f} MB in {took:.1f} s",
        ),
        Figure("search in 100 MB of log", searched, "s", "≤ 60 s", searched <= 60, lines),
    ]


def _memory(pid: int) -> int:
    """Bytes of it that are in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
