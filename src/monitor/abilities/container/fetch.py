"""Fetch: the image a container is to be made of, on this host and proved to be the one that is meant."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.calls import ReplaceContainer
from monitor.abilities.container.exact import exact_image
from monitor.abilities.container.pull import is_from, pull, pull_from
from monitor.abilities.container.swap import part
from monitor.kernel.errors import HostError, NotFound

Step = Callable[[str], AbstractAsyncContextManager[None]]


async def fetched(run: Run, job: ReplaceContainer, reference: str, step: Step) -> tuple[str, dict[str, Any]]:
    """What the body is to name, and the image as the daemon knows it; pulled, in a step, if asked or not there.

    {} if the body names none, which the daemon will say.
    """
    if not reference:
        return "", {}
    if job.image_id:
        named, image = await exact_image(run, job, reference)
    else:
        named, image = reference, await _present(run, job, reference)
        if image is None:
            async with step("pull"):
                await _pull(run, job, reference)
            image = await run.agent.docker.image(reference)
    return named, _proved(job, image, reference)


async def _present(run: Run, job: ReplaceContainer, reference: str) -> dict[str, Any] | None:
    """The image of that name on this host; None where it is to be asked for, is not there, or is another."""
    if job.pull:
        return None
    try:
        image = await run.agent.docker.image(reference)
    except NotFound:
        return None
    return None if job.origin is not None and not is_from(image, job.origin) else image


async def _pull(run: Run, job: ReplaceContainer, reference: str) -> None:
    if job.origin is not None:
        run.note(f"The image {reference} is not on this host; it is pulled as {job.origin.reference}.")
        await pull_from(run, reference, job.origin, job.auth)
        return
    if not job.pull:
        run.note(f"The image {reference} is not on this host.")
    await pull(run, reference, job.auth)


def _proved(job: ReplaceContainer, image: dict[str, Any], reference: str) -> dict[str, Any]:
    """The image, if it carries the labels asked for; an image of the same name by somebody else is refused."""
    labels = part(part(image, "Config"), "Labels")
    for name, value in job.image_labels:
        if labels.get(name) != value:
            raise HostError(
                f"the image {reference} on this host was not made by the build this deployment names "
                f"(its label {name} is {str(labels.get(name, ''))[:80]!r})",
                hint="another build gave an image the same name: give this one a name of its own, and run it",
            )
    return image
