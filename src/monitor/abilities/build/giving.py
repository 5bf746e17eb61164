"""Giving: a finished build's image to registries; it is made, whatever becomes of that and of the agent."""

from msgspec import structs

from monitor.abilities.agent.contract import Run
from monitor.abilities.build.calls import BuildImage, Built
from monitor.abilities.push.calls import Delivered
from monitor.abilities.push.deliver import Give, deliver


async def pushed(run: Run, job: BuildImage, built: Built, give: Give) -> Built:
    """With what registries have of it, if that was asked for."""
    run.keep(built)
    if not job.push:
        return built

    def so_far(delivered: Delivered) -> Built:
        return structs.replace(built, pushed=delivered.to)

    return so_far(await deliver(run, job.push, give, lambda delivered: run.keep(so_far(delivered))))
