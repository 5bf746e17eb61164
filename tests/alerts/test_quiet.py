"""Quiet: that nobody is told of an alert now is said to all who see it, live; by what, to who may read that."""

from monitor.kernel.permission import Level
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceConfig
from monitor.resources.maintenance.times import Once
from tests.alerts.rig import current, said
from tests.core.tab import Tab
from tests.core.world import World


async def test_who_may_not_read_what_an_alert_is_quiet_for_sees_that_it_is(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    await world.clock.advance(1)
    ann = await world.app.user("ann")
    await world.grant(ann, "deployment", "web", Level.READ)
    tab = Tab(world, ann)
    await tab.subscribe(1, "alert.watch")
    container = world.host.machine.named("web")
    assert container is not None
    world.host.machine.exit(container, 1)
    await world.clock.advance(30)

    async def quiet() -> tuple[str, str]:
        """As the list has it, and as it was told live."""
        [alert] = await current(world, ann)
        [live] = tab.held(1).values()
        assert (alert.subject.server_name, alert.silenced_by, alert.explained_as) == ("", "", "")
        return alert.quiet.value, live["quiet"]

    assert await quiet() == ("", "")
    # The world begins on 2026-01-01 at 00:00 UTC.
    when = Once(day="2026-01-01", start="00:00", minutes=10)
    await world.app.create(MAINTENANCE, "secret-works", MaintenanceConfig(when=when))
    await world.clock.advance(3)
    assert await quiet() == ("maintenance", "maintenance")
    assert "secret-works" not in str(tab.frames)
    await world.clock.advance(600)
    assert await quiet() == ("", "")
    world.host.down = "cut"
    await world.clock.advance(60)
    assert await quiet() == ("explained", "explained")
    assert (await said(world))[-1] == "opened host server-unreachable"
