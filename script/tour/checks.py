"""What `--check` verifies, from outside: the web app, the published port, the live topics of the client, the record."""

import asyncio
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from contextlib import suppress

from parts.say import GiveUp, say

from monitor.client import AsyncClient
from monitor.features.activity.spec import ListActivity
from monitor.kernel.activity import Activity, State
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.log import FollowLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.operations.usage import Usage
from tour import source, web_page
from tour.steps import APP, SERVER, USER, Tour

PATIENCE = 20.0
FIRST = "Hello from Monitor"
RECORD: dict[str, tuple[int, tuple[str, ...]]] = {
    "server.create": (1, ()),
    "build.create": (1, ()),
    "build.run": (2, ("clone", "build", "inspect")),
    "deployment.create": (1, ()),
    "deployment.deploy": (2, ("create", "park", "start", "verify", "remove")),
}
"""Operations that must stand in the record: how often, and with which steps at least once."""


def everything(tour: Tour) -> None:
    """All of it; GiveUp naming the first thing that is not as promised."""
    say("checking from outside")
    web_page.expect(tour.url)
    expect_page(tour, FIRST)
    asyncio.run(_watch(tour))
    second = f"Version two, {secrets.token_hex(4)}"
    source.say_something_else(tour.place, second)
    with tour.timed("rebuild"):
        tour.build()
    with tour.timed("redeploy"):
        tour.deploy()
    expect_page(tour, second)
    asyncio.run(_look_back(tour))


def expect_page(tour: Tour, message: str) -> None:
    """The page answers through the published port and says this."""
    until = time.monotonic() + PATIENCE
    seen = "nothing"
    while message not in seen:
        if time.monotonic() > until:
            raise GiveUp(f"{tour.page} does not say {message!r} but: {seen[:500]}")
        with suppress(OSError, urllib.error.URLError):
            seen = urllib.request.urlopen(tour.page, timeout=5).read().decode()  # noqa: S310 - our own http address
        time.sleep(0.05)
    say(f"  ok: {tour.page} says {message!r}")


async def _watch(tour: Tour) -> None:
    async with AsyncClient(tour.url) as client:
        await client.sign_in(USER, tour.password)
        build = await client.get(BUILD, APP)
        _expect("the first build", build.info.version, "0.0.1")
        deployment = await client.get(DEPLOYMENT, APP)
        _expect("the deployment's state", deployment.status.state, "running")
        await _timed(tour, "log", lambda: _log_is_live(client, tour))
        await _timed(tour, "stats", lambda: _stats_are_live(client))


async def _log_is_live(client: AsyncClient, tour: Tour) -> None:
    """A request made after subscribing is seen as a line, without asking again."""
    wanted = f"/seen-{secrets.token_hex(4)}"
    asked = False
    async for item in client.subscribe(FollowLog(target=APP, tail=1)):
        if not asked:
            asked = True
            await asyncio.to_thread(_request, f"{tour.page.rstrip('/')}{wanted}")
        for line in item.data.lines if item.data is not None else ():
            if wanted in line.text:
                say(f"  ok: the log is live: {line.text.strip()}")
                return
    raise GiveUp("the log's live stream ended")


async def _stats_are_live(client: AsyncClient) -> None:
    """Two samples, the second younger than the first, with sane figures."""
    times = set[object]()
    async for item in client.subscribe(Usage(target=SERVER)):
        if item.data is None:
            continue
        times.add(item.data.at)
        if not (0 <= item.data.cpu <= 100 and 0 < item.data.memory_used < item.data.memory_total and item.data.cores):
            raise GiveUp(f"the server's usage makes no sense: {item.data}")
        if len(times) == 2:
            say(f"  ok: usage is live: cpu {item.data.cpu:.0f} %, load {item.data.load[0]:.2f}")
            return
    raise GiveUp("the usage's live stream ended")


async def _look_back(tour: Tour) -> None:
    async with AsyncClient(tour.url) as client:
        await client.sign_in(USER, tour.password)
        build = await client.get(BUILD, APP)
        _expect("the second build", build.info.version, "0.0.2")
        deployment = await client.get(DEPLOYMENT, APP)
        _expect("the deployed version", deployment.info.version, "0.0.2")
        page = await client.run(ListActivity(limit=200))
    for operation, (times, steps) in RECORD.items():
        done = [activity for activity in page.items if activity.operation == operation]
        _expect(f"{operation} in the record", [a.state for a in done], [State.SUCCEEDED] * times)
        _expect_steps(done, steps)
        if any(activity.who.name != USER for activity in done):
            raise GiveUp(f"the record does not say that {USER} did {operation}")
    say(f"  ok: {page.total} activities in the record, none missing")


def _expect_steps(done: list[Activity], steps: tuple[str, ...]) -> None:
    named = {step.name: step.outcome for activity in done for step in activity.steps}
    for step in steps:
        if named.get(step) != "succeeded":
            raise GiveUp(f"the record of {done[0].operation} has no step {step} that succeeded, but {named}")


def _expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise GiveUp(f"{what}: expected {wanted}, found {found}")
    say(f"  ok: {what}: {wanted if not isinstance(wanted, list) else f'{len(wanted)} times'}")


async def _timed(tour: Tour, name: str, work: Callable[[], Awaitable[None]]) -> None:
    with tour.timed(name):
        try:
            async with asyncio.timeout(PATIENCE):
                await work()
        except TimeoutError:
            raise GiveUp(f"{name}: nothing arrived live within {PATIENCE:.0f} s") from None


def _request(url: str) -> None:
    with suppress(urllib.error.URLError):
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own http address
