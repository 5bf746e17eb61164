"""Pushes: 100 bursts of 50 at once, from their sending to core's answer, while what they prompt is built."""

import asyncio
import subprocess
import time
from typing import Any

from benchmarks.figures import Figure, median, percentile
from benchmarks.git_server import serve_git
from benchmarks.rig import PREFIX, Rig, wait_until

BUILDS = 10
BURSTS = 100
AT_ONCE = 50
_GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.invalid")


class _Hook:
    """A build with a repository of its own and a webhook."""

    def __init__(self, rig: Rig, name: str, url: str) -> None:
        self.folder = rig.folder / "pushed" / name
        self.folder.mkdir(parents=True)
        subprocess.run([*_GIT, "init", "-q", "-b", "main", str(self.folder)], check=True)
        self.commit(0)
        source = {"url": f"{url}/{name}/.git", "branch": "main"}
        config = {"builder": {"kind": "server", "server": "bench"}, "source": source, "image": f"{PREFIX}-{name}"}
        self.id = rig.post("/builds", {"name": name, "config": config})["id"]
        told = rig.post(f"/builds/{name}/webhook_on", {})
        path = told["url"].partition("/api/")[2]
        body = b'{"ref": "refs/heads/main", "pusher": {"name": "bench"}, "commits": [' + b'{"id": "x"},' * 200 + b"{}]}"
        head = (
            f"POST /api/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-GitHub-Event: push\r\nX-Monitor-Token: {told['secret']}"
            f"\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.request = head.encode() + body

    def commit(self, number: int) -> str:
        """A push, as the repository sees it; the hash."""
        (self.folder / "Dockerfile").write_text(f"FROM {PREFIX}:base\nRUN echo {number} > /x\n")
        subprocess.run([*_GIT, "-C", str(self.folder), "add", "."], check=True)
        subprocess.run([*_GIT, "-C", str(self.folder), "commit", "-q", "-m", f"push {number}"], check=True)
        told = subprocess.run(["git", "-C", str(self.folder), "rev-parse", "HEAD"], check=True, capture_output=True)
        return told.stdout.decode().strip()


def figures(rig: Rig) -> list[Figure]:
    """Two: p95 of the answers; the most runs of one build at a time, each of which must be one that goes on."""
    (rig.folder / "pushed").mkdir()
    with serve_git(rig.folder / "pushed") as url:
        hooks = [_Hook(rig, f"pushed-{number}", url) for number in range(BUILDS)]
        times, most, heads = asyncio.run(_burst(rig, hooks))
        for hook in hooks:  # whatever was merged, the last push of each is built
            wait_until(lambda hook=hook: rig.get(f"/builds/{hook.id}")["info"]["commit"] == heads[hook.id], 300)
    runs = sum(rig.get(f"/activity?resource={hook.id}&operation=build.run&limit=200")["total"] for hook in hooks)
    p95 = percentile(times, 95) * 1000
    beside = f"median {median(times) * 1000:.0f} ms of {len(times):,}; {BURSTS} bursts, {BUILDS} builds, {runs} runs"
    return [
        Figure("webhook answered, 50 pushes at once, p95", p95, "ms", "≤ 50 ms", p95 <= 50, beside),
        Figure("runs of one build at a time, prompted by them", most, "", "≤ 2", most <= 2, "one goes on, one waits"),
    ]


async def _burst(rig: Rig, hooks: list[_Hook]) -> tuple[list[float], int, dict[str, str]]:
    times: list[float] = []
    heads: dict[str, str] = {}
    most = 0
    links = [await asyncio.open_connection("127.0.0.1", rig.core_port) for _ in range(AT_ONCE)]
    for number in range(BURSTS):
        hook = hooks[number % BUILDS]
        heads[hook.id] = hook.commit(number + 1)
        times += await asyncio.gather(*(_send(reader, writer, hook.request) for reader, writer in links))
        opened: list[Any] = rig.get("/activity?state=queued&state=running&operation=build.run&limit=200")["items"]
        most = max([most, *(sum(a["what"]["id"] == h.id for a in opened) for h in hooks)])
        await asyncio.sleep(0.2)
    for _, writer in links:
        writer.close()
    return times, most, heads


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> float:
    begun = time.perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    took = time.perf_counter() - begun
    if b" 202 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode())
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(int(length.partition(b":")[2]))
    return took
