"""Population: fills an empty core with the whole fleet, its past first."""

from tests.browser import alerts, arrivals, happenings, people, pushes, registries, schedules, targets
from tests.browser.world import World


async def populate(world: World, *, scale: int, pace: float, hour: bool) -> None:
    """`scale` deployments; `pace` is how long simulated work takes, 1 like on a real host; `hour`: of past usage."""
    world.back(days=62)
    ana = await people.first_admin(world.app)
    world.people = await people.invite(world.app, ana)
    await arrivals.add_servers(world, pace)
    await arrivals.add_builds(world)
    await arrivals.add_deployments(world, scale)
    registries.stock(world)
    world.back(days=20)
    await people.entitle(world.app, ana)
    await happenings.live_through(world)
    await pushes.tell_of_pushes(world)
    await happenings.change_configs(world)
    await happenings.break_things(world)
    await happenings.start_building(world)
    if hour:  # last: core forgets usage when a sample comes after the clock was put back
        happenings.remember_usage(world)
    world.present()
    await arrivals.clean_up_by_itself(world)
    await registries.move_on(world)
    await happenings.tell_usage(world)
    await schedules.add_schedules(world)
    await alerts.remember_alerts(world)
    await targets.add_targets(world)
