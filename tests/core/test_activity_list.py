"""The record asked for by outcome, operation and time, over HTTP as screens do."""

from typing import Any

import pytest

from monitor.abilities.build.calls import BuildImage
from monitor.features.activity.spec import CancelActivity
from monitor.kernel.errors import HostError
from monitor.kernel.ids import first_id, new_id
from monitor.kernel.permission import Level
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.acts import Restart
from monitor.resources.deployment.operations.deploy import Deploy
from tests.core.web import Web, fields, web_of
from tests.core.world import World


@pytest.fixture
async def web(world: World) -> Web:
    """A deploy, a minute later a failed build, a minute later a restart; asked about by an admin."""
    await world.deployment("web")
    await world.build("app")
    await world.do(Deploy(target="web"))
    await world.clock.advance(60)
    world.host.fail_next(BuildImage, HostError("no"))
    await world.do(RunBuild(target="app"))
    await world.clock.advance(60)
    await world.do(Restart(target="web"))
    return await web_of(world, await world.app.user("boss", admin=True))


async def found(web: Web, query: str) -> list[str]:
    answer = (await web.get(f"/activity?{query}")).raise_for_status().json()
    assert answer["total"] == len(answer["items"])
    return [a["operation"] for a in answer["items"]]


async def test_any_of_several_outcomes_and_operations(web: Web) -> None:
    assert await found(web, "state=failed") == ["build.run"]
    assert await found(web, "operation=deployment.deploy") == ["deployment.deploy"]
    several = "operation=deployment.deploy&operation=build.run&operation=deployment.restart"
    assert await found(web, several) == ["deployment.restart", "build.run", "deployment.deploy"]
    assert await found(web, f"{several}&state=failed&state=cancelled") == ["build.run"]
    assert await found(web, "state=queued&state=running") == []
    assert fields(await web.get("/activity?state=fialed")) == ["state[0]"]
    assert fields(await web.get("/activity?state=failed&state=")) == ["state[1]"]
    assert fields(await web.get("/activity?operation=")) == ["operation[0]"]


async def test_from_one_time_to_another(world: World, web: Web) -> None:
    actions = "operation=deployment.deploy&operation=build.run&operation=deployment.restart"
    listed: list[dict[str, Any]] = (await web.get(f"/activity?{actions}")).json()["items"]
    restarted, built, deployed = (a["created"] for a in listed)
    assert await found(web, f"{actions}&since={built}") == ["deployment.restart", "build.run"]
    assert await found(web, f"{actions}&before={built}") == ["deployment.deploy"]
    assert await found(web, f"{actions}&since={deployed}&before={restarted}") == ["build.run", "deployment.deploy"]
    assert await found(web, f"{actions}&since={built.replace('Z', '%2B00:00')}") == ["deployment.restart", "build.run"]
    assert await found(web, "since=9999-12-31T23:59:59Z") == []
    assert await found(web, "before=0001-01-01T00:00:00Z") == []
    assert fields(await web.get("/activity?since=yesterday")) == ["since"]
    assert fields(await web.get("/activity?since=2026-01-01T00:00:00")) == ["since"]


async def test_on_one_server(world: World, web: Web) -> None:
    listed: list[dict[str, Any]] = (await web.get("/activity?operation=deployment.deploy")).json()["items"]
    server = listed[0]["server"]
    assert server
    assert await found(web, f"server={server}") == ["deployment.restart", "build.run", "deployment.deploy"]
    assert await found(web, f"server={server}&before={listed[0]['created']}") == []
    assert await found(web, "server=no-such-one") == []


async def test_for_who_may_read_less(world: World, web: Web) -> None:
    ann = await world.app.user("ann")
    await world.grant(ann, "deployment", "web", Level.READ)
    hers = await web_of(world, ann)
    query = "operation=deployment.deploy&operation=build.run&operation=deployment.restart"
    assert await found(hers, query) == ["deployment.restart", "deployment.deploy"]
    assert await found(hers, f"{query}&state=failed") == []
    mine: list[dict[str, Any]] = (await hers.get(f"/activity?{query}")).json()["items"]
    assert await found(hers, f"server={mine[0]['server']}") == ["deployment.restart", "deployment.deploy"]


def test_the_first_id_of_a_time_is_below_all_made_then_and_later(world: World) -> None:
    now = world.clock.now()
    assert first_id(now) <= new_id(now)
    assert len(first_id(now)) == 26
    assert first_id(now.replace(year=now.year - 1)) < first_id(now) < first_id(now.replace(year=now.year + 1))


async def test_by_name_as_by_id(world: World, web: Web) -> None:
    ann = await world.app.user("ann", admin=True)
    await world.ended(await world.app.run(Restart(target="web"), ann))
    for user in ("ann", ann.user):
        assert await found(web, f"user={user}&operation=deployment.restart") == ["deployment.restart"]
    assert await found(web, "user=nobody") == []
    assert await found(web, "server=host&operation=deployment.deploy") == ["deployment.deploy"]
    assert await found(web, "server=nowhere") == []


async def test_a_cancel_says_what_was_cancelled(world: World, web: Web) -> None:
    world.host.machine.durations["start"] = 60
    running = await world.app.run(Restart(target="web"))
    await world.app.run(CancelActivity(target=running.id))
    (record,) = (await web.get("/activity?operation=activity.cancel")).json()["items"]
    assert record["summary"] == f"asked to cancel restart of deployment web, asked for by {running.who.name}"
