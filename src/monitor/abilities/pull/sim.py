"""A simulated host's way of fetching an image."""

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.container.sim_pull import pull, pull_from
from monitor.abilities.pull.calls import Pulled, PullImage
from monitor.testing.machine import Machine


async def pull_image(run: Run, job: PullImage) -> Pulled:
    """The same step."""
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    async with run.step("pull"), machine.held.image(job.image):
        machine.need_docker()
        await machine.perform(run, "pull", job.image)
        if job.origin is not None:
            pull_from(machine, job.image, job.origin, job.auth)
        else:
            pull(machine, job.image, job.auth)
    return Pulled(image=job.image, image_id=machine.image_id(job.image))


JOBS = (JobHandler(PullImage, pull_image),)
