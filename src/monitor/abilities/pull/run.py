"""The agent's way of fetching an image."""

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.container.pull import pull
from monitor.abilities.pull.calls import Pulled, PullImage


async def pull_image(run: Run, job: PullImage) -> Pulled:
    """One step; its lines move as the pieces come."""
    async with run.step("pull"):
        await pull(run, job.image, job.auth)
        told = await run.agent.docker.image(job.image)
    return Pulled(image=job.image, image_id=told["Id"])


JOBS = (JobHandler(PullImage, pull_image),)
