"""The fleet that pages are tested on: what it promises to hold, and that what a test does to it reaches clients."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest
import pytest_asyncio

from monitor.client import AsyncClient
from monitor.features.activity.spec import GetOutput, ListActivity, WatchRuns
from monitor.features.keys.spec import CreateKey
from monitor.kernel.activity import State
from monitor.kernel.errors import Unavailable
from monitor.kernel.standard import changes_stream
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.log import FollowLog, ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.spec import SERVER
from tests.browser import deployments, servers, writings
from tests.browser.fleet import Fleet


@pytest_asyncio.fixture(loop_scope="session")
async def client(fleet: Fleet) -> AsyncIterator[AsyncClient]:
    """The admin's."""
    made = await fleet.app.run(CreateKey(name="test"), fleet.world.people["ana"])
    async with AsyncClient(fleet.url, key=made.secret) as client:
        yield client


async def test_the_world_is_all_there(client: AsyncClient) -> None:
    hosts = {s.name: s.status async for s in client.all(SERVER)}
    assert Counter(s.state for s in hosts.values()) == {"up": 40, "down": 1, "waiting": 1}
    assert "connection refused" in hosts[servers.DOWN].reason
    assert not hosts[servers.SILENT].docker
    assert round(hosts[servers.FULL].disk) == 93
    assert len({s.agent.version for s in hosts.values() if s.agent}) == 2
    found = {d.name: d.status async for d in client.all(DEPLOYMENT)}
    assert len(found) == deployments.SCALE
    assert found[deployments.UNHEALTHY].health == "unhealthy"
    assert (found[deployments.RESTARTING].state, found[deployments.RESTARTING].restarts) == ("restarting", 6)
    assert all(found[name].state == "exited" for name in deployments.STOPPED)
    assert found[deployments.NEVER_DEPLOYED].state == "not_deployed"
    assert found[deployments.OUTDATED].outdated
    assert sum(s.state == "running" for s in found.values()) > 200
    assert (await client.list(BUILD)).total == 18


async def test_the_record_is_told_in_order(client: AsyncClient) -> None:
    page = await client.run(ListActivity(limit=200))
    assert page.total > 800
    assert [a.id for a in page.items] == sorted((a.id for a in page.items), reverse=True)
    assert {a.state.value for a in page.items} >= {"running", "queued", "succeeded", "failed"}
    waiting = next(a for a in page.items if a.state.value == "queued")
    running = next(a for a in page.items if a.state.value == "running")
    assert running.id in waiting.waiting_for
    failed = [a for a in page.items if a.what and a.what.name == "media-worker" and a.state.value == "failed"]
    output = await client.run(GetOutput(target=failed[0].id))
    assert [line.text for line in output][-len(writings.AWKWARD) - 1 : -1] == [
        text.decode("utf-8", "replace") for text in writings.AWKWARD
    ]


async def test_every_build_has_sixteen_runs(client: AsyncClient) -> None:
    runs = [item.data async for item in first(client, WatchRuns(type="build"), 18)]
    assert {len(r.items) for r in runs} == {16}
    assert [r.items[-1].state.value for r in runs].count("failed") == 1


async def test_a_container_killed_outside_is_told_at_once(client: AsyncClient, fleet: Fleet) -> None:
    async with aclosing(client.subscribe(changes_stream(DEPLOYMENT)())) as changes:
        async for item in changes:
            if item.data.name == "site-1":
                break
        began = time.monotonic()
        fleet.kill("site-1")
        async for item in changes:
            if item.data.name == "site-1" and item.data.status.state == "exited":
                break
        assert time.monotonic() - began < 3
    fleet.revive("site-1")


async def test_lines_arrive_in_order_however_many(client: AsyncClient, fleet: Fleet) -> None:
    topic = FollowLog(target="site-2", tail=1)
    seen: list[str] = []
    async with aclosing(client.subscribe(topic)) as log:
        async for item in log:
            if not seen:
                fleet.write_many("site-2", 3000)
            seen += [line.text.split(" ")[0] for line in item.data.lines]
            if len(seen) >= 3001:
                break
    assert seen[1:] == [str(number) for number in range(1, 3001)]


async def test_a_log_holds_old_lines_with_their_times(client: AsyncClient) -> None:
    lines = (await client.run(ReadLog(target=deployments.AWKWARD, tail=300))).lines
    assert len({line.at for line in lines}) > 200
    assert [line.at for line in lines] == sorted(line.at for line in lines)


async def test_a_server_goes_and_comes_back(client: AsyncClient, fleet: Fleet) -> None:
    fleet.take_down("web-12")
    await until(lambda: fleet.world.view("web-12").link.value == "down")
    assert (await client.get(SERVER, "web-12")).status.state == "down"
    fleet.bring_up("web-12")
    await until(lambda: fleet.world.view("web-12").link.value == "up")


async def test_others_act_and_fail(fleet: Fleet) -> None:
    fleet.fail_deploy("auth-web", "no room")
    failed = await fleet.ended(await fleet.deploy("auth-web"))
    assert (failed.state.value, failed.error, failed.who.name) == ("failed", "no room", "jon")
    assert (await fleet.ended(await fleet.deploy("auth-web"))).state.value == "succeeded"
    changed = await fleet.change("auth-web", stop_timeout=12)
    assert changed.config.stop_timeout == 12


async def test_core_crashes_and_is_back_on_its_port(client: AsyncClient, fleet: Fleet) -> None:
    await fleet.crash(stay=True)
    with pytest.raises(Unavailable):
        await client.get(SERVER, "web-1")
    await fleet.reopen()
    await until(lambda: fleet.world.view("web-1").link.value == "up")
    assert (await client.get(SERVER, "web-1")).status.state == "up"
    page = await client.run(ListActivity(state=(State.RUNNING,)))
    assert [a.operation for a in page.items] == ["build.run"], "a running job is attached again"


@pytest.mark.parametrize(("scale", "setup"), [(0, False), (-1, True)])
async def test_there_are_empty_worlds_too(scale: int, setup: bool) -> None:
    fleet = await Fleet(scale=scale).start()
    try:
        assert bool(fleet.token) is setup
        assert fleet.app.core.people.has_admin() is not setup
    finally:
        await fleet.stop()


async def first(client: AsyncClient, topic: Any, count: int) -> AsyncIterator[Any]:
    """The first items of a topic."""
    async with aclosing(client.subscribe(topic)) as items:
        async for item in items:
            yield item
            count -= 1
            if not count:
                return


async def until(true: Any) -> None:
    """Wait for it, not long."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.02)
