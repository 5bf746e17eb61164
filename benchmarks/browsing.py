"""Browsing: what a person waits for in a real Chromium: a kill outside, a thousand rows, 100,000 lines, a switch."""

import asyncio
import subprocess
import threading
import time

from playwright.async_api import expect

from benchmarks.figures import Figure, median, percentile
from benchmarks.rig import PREFIX, Rig, docker
from tests.browser import figures as screens
from tests.browser.chromium import chromium
from tests.browser.fleet import Fleet
from tests.browser.measure import delay
from tests.browser.visits import Visits

KILLS = 30
RUNS = 3


def figures(rig: Rig) -> list[Figure]:
    """On the rig's own core and Docker: the kill; on simulated hosts: the rest."""
    rig.deployment("seen", f"{PREFIX}:base", restart="no")
    rig.act("/deployments/seen/deploy")
    return [asyncio.run(_kills(rig)), *asyncio.run(_many())]


async def _kills(rig: Rig) -> Figure:
    url = f"http://127.0.0.1:{rig.core_port}"
    delays: list[float] = []
    async with chromium() as browser:
        page = await (await browser.new_context(base_url=url)).new_page()
        await page.goto("/deployments?q=seen")
        await page.get_by_label("Name", exact=True).fill("bench")
        await page.get_by_label("Password", exact=True).fill("bench bench")
        await page.get_by_role("button", name="Sign in").click()
        for _ in range(KILLS):
            await expect(page.locator("[data-row] [data-state='ok']").first).to_be_attached(timeout=20_000)
            delays.append(await delay(page, _kill, "[data-row] [data-state='bad']"))
            await asyncio.to_thread(docker, "start", f"{PREFIX}-seen")
    p95 = percentile(delays, 95) * 1000
    beside = f"median {median(delays) * 1000:.0f} ms of {KILLS}, the kill itself included"
    return Figure("kill outside → row in the browser, p95", p95, "ms", "≤ 300 ms", p95 <= 300, beside)


def _kill() -> float:
    pid = docker("inspect", "-f", "{{.State.Pid}}", f"{PREFIX}-seen").strip()
    at = time.time()
    threading.Thread(target=subprocess.run, args=(["kill", "-9", pid],), kwargs={"check": True}).start()
    return at


async def _many() -> list[Figure]:
    fleet = await Fleet(scale=1000).start()
    try:
        async with chromium() as browser:
            visits = Visits(browser, fleet.url)
            rows = [await screens.scroll_list(await visits.visit(), "/deployments") for _ in range(RUNS)]
            lines = [
                await screens.scroll_log(await visits.visit(), fleet, f"site-{n + 1}", 100_000) for n in range(RUNS)
            ]
            switched = await screens.switch_pages(await visits.visit())
            await visits.end(check=False)
    finally:
        await fleet.stop()
    return [
        *_scrolled("1,000 deployments scrolled", rows),
        *_scrolled("100,000 log lines scrolled", lines),
        Figure("switch of page, median", switched, "ms", "≤ 150 ms", switched <= 150, "1,000 deployments, six pages"),
    ]


def _scrolled(name: str, runs: list[screens.Scrolled]) -> list[Figure]:
    task = median([run.longest_task for run in runs])
    rows = max(run.rows for run in runs)
    all_tasks = ", ".join(f"{run.longest_task:.0f}" for run in runs)
    return [
        Figure(f"{name}: longest task", task, "ms", "≤ 200 ms", task <= 200, f"runs: {all_tasks} (0: none over 50)"),
        Figure(f"{name}: rows drawn", rows, "", "≤ 150", rows <= 150),
    ]
