"""Exact: the very image that ran once, whatever its reference means by now."""

from typing import Any

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.pull import pull
from monitor.abilities.docker.engine import Engine
from monitor.kernel.errors import HostError, MonitorError, NotFound, Unavailable

_HINT = "Choose another release, or bring the image back: push it again, or build it on this host."


async def exact_image(run: Run, job: ReplaceContainer, reference: str) -> tuple[str, dict[str, Any]]:
    """What to call it in a body, and the image as the daemon knows it; pulled by its digest if it is not there.

    It goes by its reference where that still means it, so that what shows the container shows a name.
    """
    docker = run.agent.docker
    image = await _known(docker, job.image_id)
    if image is None:
        return job.image_digest, await _pulled(run, job, reference)
    named = await _known(docker, reference)
    return (reference if named is not None and named.get("Id") == image.get("Id") else job.image_id), image


async def _pulled(run: Run, job: ReplaceContainer, reference: str) -> dict[str, Any]:
    gone = f"the image {reference} was deployed from ({job.image_id}) is not on this host any more"
    if not job.image_digest:
        raise HostError(f"{gone}, and no registry is known to have it.", hint=_HINT)
    async with run.step("pull"):
        run.note(f"The image is not on this host any more; it is pulled by its digest {job.image_digest}.")
        try:
            await pull(run, job.image_digest, job.auth)
        except Unavailable:
            raise
        except MonitorError as failure:
            raise HostError(f"{gone}, and cannot be had again: {failure.message}", hint=failure.hint or _HINT) from None
    return await run.agent.docker.image(job.image_digest)


async def _known(docker: Engine, reference: str) -> dict[str, Any] | None:
    try:
        return await docker.image(reference)
    except NotFound:
        return None
