"""History through a whole core with simulated hosts: each sample once, whatever dies, and gaps where there are gaps."""

from datetime import timedelta
from typing import Any

from monitor.core.history.names import container_entity, deployment_entity
from monitor.kernel.errors import Invalid, NotFound
from monitor.kernel.past import Past
from monitor.kernel.permission import Level, Right
from monitor.kernel.standard import standard_operations
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.usage import DeploymentUsageHistory as DeploymentPast
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.server.operations.usage import ContainerUsageHistory, UsageHistory
from monitor.resources.server.spec import SERVER
from monitor.testing.usage import steady
from tests.core.world import World, refused


async def past(world: World, **asked: Any) -> Past:
    return await world.app.run(UsageHistory(target="host", **asked))


def column(told: Past, key: str = "cpu") -> tuple[float | None, ...]:
    return next(series.mean for series in told.series if series.key == key)


def count(told: Past, key: str = "cpu") -> int:
    return sum(value is not None for value in column(told, key))


async def test_every_ten_seconds_a_sample(world: World) -> None:
    await world.clock.advance(600)
    told = await past(world, metrics=("cpu", "memory", "disk_used"))
    assert (told.step, told.resolution, told.points) == (10, 10, len(column(told)))
    assert count(told) == 60
    assert {series.key for series in told.series} == {"cpu", "memory", "disk_used:/"}
    cpu = next(series for series in told.series if series.key == "cpu")
    assert (cpu.measure, cpu.unit, cpu.title, cpu.least) == ("cpu", "percent", "CPU", ())
    assert {value for value in cpu.mean if value is not None} == {12.5}
    assert column(told, "disk_used:/")[-1] == steady(world.clock).disks[0].used


async def test_what_came_while_core_was_cut_off_is_delivered_late(world: World) -> None:
    await world.clock.advance(300)
    world.host.down = "cut"
    await world.clock.advance(1200)
    assert count(await past(world)) == 30
    world.host.down = ""
    await world.clock.advance(30)
    told = await past(world)
    assert count(told) in (151, 152, 153)
    known = [value is not None for value in column(told)]
    first, last = known.index(True), len(known) - known[::-1].index(True)
    assert all(known[first:last]), "no gap is left"


async def test_a_core_that_is_killed_loses_nothing_and_counts_nothing_twice(world: World) -> None:
    await world.clock.advance(1000)
    await world.app.crash()
    await world.clock.advance(20)
    told = await past(world)
    assert count(told) == 102
    await world.app.stop()
    await world.app.start()
    await world.clock.advance(20)
    assert count(await past(world)) == 104


async def test_an_agent_that_dies_leaves_a_gap_no_longer_than_that(world: World) -> None:
    await world.clock.advance(300)
    world.host.crash()
    await world.clock.advance(300)
    assert 59 <= count(await past(world)) <= 60


async def test_an_hour_is_kept_for_a_core_that_is_away(world: World) -> None:
    await world.clock.advance(60)
    world.host.down = "cut"
    await world.clock.advance(3 * 3600)
    world.host.down = ""
    await world.clock.advance(10)
    told = await past(world, since=world.clock.now() - timedelta(hours=4), points=2000)
    known = [value is not None for value in column(told)]
    assert 360 <= sum(known) <= 368
    assert any(known[: known.index(True) + 7])
    assert not any(known[-700:-370]), "what was not kept is a gap"


async def test_a_deployments_past_goes_on_over_redeploys(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.clock.advance(300)
    await world.update(DEPLOYMENT, "web", config={"command": ["other"]})
    await world.do(Deploy(target="web"))
    await world.clock.advance(300)
    told: Past = await world.app.run(DeploymentPast(target="web"))
    assert count(told) >= 58
    assert {series.key for series in told.series} == {
        *("cpu", "memory", "received", "sent", "read", "written", "pids"),
    }


async def test_nobodys_containers_are_kept_by_their_name(world: World) -> None:
    world.host.machine.start(world.host.machine.create("db", {"Image": "web:1"}))
    await world.clock.advance(120)
    told: Past = await world.app.run(ContainerUsageHistory(target="host", container="db"))
    assert count(told) == 12
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.READ)
    assert (await refused(world, ContainerUsageHistory(target="host", container="db"), ann)).status == 403
    await world.grant(ann, "server", "host", Level.READ, rights=(Right.UNMANAGED,))
    assert count(await world.app.run(ContainerUsageHistory(target="host", container="db"), ann)) == 12


async def test_a_host_cannot_speak_for_another_servers_deployment(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    [real] = world.host.containers.values()
    other = await world.app.server("other")
    host = world.app.simulated("other")
    host.images.add("web:1")
    host.machine.start(host.machine.create("web", {"Image": "web:1", "Labels": dict(real.view.labels)}))
    await world.clock.advance(60)
    deployment = await world.app.get(DEPLOYMENT, "web")
    open_ = world.app.core.parts.history
    assert len(open_._open[deployment_entity(deployment.id)]) == 1
    assert container_entity(other.id, "web") in open_._open


async def test_only_who_may_read_it(world: World) -> None:
    ann = await world.app.user("ann")
    await world.deployment("web")
    assert (await refused(world, UsageHistory(target="host"), ann)).status == 404
    assert (await refused(world, DeploymentPast(target="web"), ann)).status == 404
    await world.grant(ann, "deployment", "web", Level.READ)
    assert (await world.app.run(DeploymentPast(target="web"), ann)).series == ()


async def test_what_cannot_be_asked(world: World) -> None:
    now = world.clock.now()
    unknown = await refused(world, UsageHistory(target="host", metrics=("cpux",)))
    assert isinstance(unknown, Invalid)
    assert "cpux" in str(unknown)
    assert isinstance(await refused(world, UsageHistory(target="host", since=now + timedelta(hours=1))), Invalid)
    assert isinstance(await refused(world, UsageHistory(target="nowhere")), NotFound)


async def test_what_was_deleted_has_no_past(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.machine.start(world.host.machine.create("db", {"Image": "web:1"}))
    await world.clock.advance(400)
    store = world.app.core.parts.memory.store
    kept = {entity.partition("/")[0] for entity in await store.entities()}
    assert kept == {"server", "deployment", "container", "cursor", "rolled"}
    await world.do(Delete(target="web", container=Keep.REMOVE))
    await world.clock.advance(70)
    assert await store.entities("deployment/") == []
    await world.app.run(standard_operations(SERVER)["delete"](target="host"))
    await world.clock.advance(70)
    assert await store.entities() == ["rolled"]
