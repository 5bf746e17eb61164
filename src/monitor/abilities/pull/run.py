"""The agent's way of fetching an image."""

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.container.failures import as_host_error, told
from monitor.abilities.container.pull import pull, pull_from
from monitor.abilities.pull.calls import Pulled, PullImage
from monitor.kernel.errors import MonitorError


async def pull_image(run: Run, job: PullImage) -> Pulled:
    """One step; its lines move as the pieces come."""
    async with run.step("pull"), run.agent.held.image(job.image):
        try:
            await (pull_from(run, job.image, job.origin, job.auth) if job.origin else pull(run, job.image, job.auth))
            found = await run.agent.docker.image(job.image)
        except MonitorError as failure:
            raise told(as_host_error(failure)) from failure
    return Pulled(image=job.image, image_id=found["Id"])


JOBS = (JobHandler(PullImage, pull_image),)
