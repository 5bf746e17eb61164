"""The asynchronous client against a real core on loopback."""

import asyncio
from contextlib import aclosing

import pytest

from monitor.client import AsyncClient
from monitor.client.asks import changes
from monitor.features.activity.spec import GetOutput, OutputLine
from monitor.features.sign_in.spec import GetMe
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import NotFound, Unavailable
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import FollowLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.spec import SERVER
from tests.client.served import PASSWORD, ServedCore


async def web(client: AsyncClient, name: str) -> None:
    await client.create(
        DEPLOYMENT, name, DeploymentConfig(server="alpha", image=LiteralImage(image="web:1"), stable_for=0)
    )


async def test_create_list_get_update_delete(served: ServedCore) -> None:
    async with AsyncClient(served.url, key=served.key) as client:
        made = await client.create(SERVER, "gamma", ServerConfig(), tags=("async",))
        assert [one.name async for one in client.all(SERVER, tag="async")] == ["gamma"]
        assert (await client.list(SERVER, tag="async")).total == 1
        assert (await client.update(SERVER, made.id, {"port": 1234})).config.port == 1234
        assert await client.delete(SERVER, "gamma") is None
        with pytest.raises(NotFound):
            await client.get(SERVER, "gamma")


async def test_follow_and_wait_over_a_cut_line(served: ServedCore) -> None:
    async with AsyncClient(served.cable.url, key=served.key) as client:
        await web(client, "async-cut")
        served.host.machine.durations["start"] = 1.0
        served.host.machine.exits["web:1"] = 3
        try:
            accepted = await client.run(Deploy(target="async-cut"))
            waiting = asyncio.ensure_future(client.wait(accepted, timeout=30))
            lines: list[OutputLine] = []
            async for event in client.follow(accepted):
                if isinstance(event, OutputLine):
                    lines.append(event)
                elif event.steps and not served.cable.cuts:
                    await asyncio.to_thread(served.do, served.cable.cut())
            ended = await waiting
        finally:
            served.host.machine.durations.clear()
            served.host.machine.exits.clear()
        assert isinstance(ended, Activity)
        assert ended.state is State.FAILED
        assert served.cable.cuts == 1
        assert lines
        assert tuple(lines) == await client.run(GetOutput(target=accepted.id))


async def test_waiting_ends_in_time(served: ServedCore) -> None:
    async with AsyncClient(served.url, key=served.key) as client:
        await web(client, "async-slow")
        served.host.machine.durations["start"] = 5
        try:
            with pytest.raises(TimeoutError):
                await client.wait(await client.run(Deploy(target="async-slow")), timeout=0.3)
        finally:
            served.host.machine.durations.clear()


async def test_changes_are_seen_as_they_happen(served: ServedCore) -> None:
    async with AsyncClient(served.url) as client:
        await client.sign_in("admin", PASSWORD)
        seen: list[tuple[str, bool]] = []
        async with aclosing(client.subscribe(changes(SERVER))) as items:
            async for item in items:
                if item.data is not None and item.data.name == "alpha":
                    made = await client.create(SERVER, "delta", ServerConfig())
                elif item.data is not None and item.data.name == "delta":
                    seen.append((item.key, True))
                    await client.delete(SERVER, "delta")
                elif seen and item.key == seen[0][0]:
                    seen.append((item.key, item.data is not None))
                    break
        assert seen == [(made.id, True), (made.id, False)]


async def test_a_topic_of_what_is_not_there_is_refused(served: ServedCore) -> None:
    async with AsyncClient(served.url, key=served.key) as client:
        with pytest.raises(NotFound):
            await anext(client.subscribe(FollowLog(target="nowhere")))


async def test_a_core_that_is_not_there_is_said_so() -> None:
    async with AsyncClient("http://127.0.0.1:1", key="k") as client:
        with pytest.raises(Unavailable):
            await client.run(GetMe())
        with pytest.raises(Unavailable):
            await client.wait("01", timeout=5)
