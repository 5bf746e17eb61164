"""The agent's way of giving an image to registries."""

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.push.calls import Delivered, PushImage
from monitor.abilities.push.deliver import by_docker, deliver
from monitor.kernel.errors import HostError, NotFound


async def push_image(run: Run, job: PushImage) -> Delivered:
    """One step; its lines move as the pieces go."""
    try:
        await run.agent.docker.image(job.image_id)
    except NotFound:
        raise HostError(
            f"the image {job.image_id} is not on this host any more", hint="build it again: it gets a new version"
        ) from None
    return await deliver(run, job.to, by_docker(run, job.image_id), run.keep)


JOBS = (JobHandler(PushImage, push_image),)
