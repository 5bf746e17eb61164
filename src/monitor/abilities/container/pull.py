"""Pull: fetching an image into the daemon, its progress as lines a person can follow."""

from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.calls import Origin, RegistryAuth
from monitor.abilities.container.progress import Progress
from monitor.abilities.container.registry import auth_header, hint_of
from monitor.abilities.docker.names import split_reference
from monitor.abilities.docker.pushing import give_name
from monitor.kernel.errors import HostError, MonitorError, Unavailable


async def pull(run: Run, reference: str, auth: RegistryAuth | None = None) -> None:
    """Step `pull`. HostError when the registry has not got it, or says that to whoever `auth` names."""
    header = auth_header(auth, reference)
    clock = run.agent.clock
    progress = Progress(clock.monotonic())
    try:
        async with aclosing(run.agent.docker.pull(reference, header)) as messages:
            async for told in messages:
                _print(run, progress.take(told, clock.monotonic()))
        _print(run, progress.end())
    except Unavailable:
        raise
    except MonitorError as failure:
        message = failure.message if reference in failure.message else f"cannot pull {reference}: {failure.message}"
        raise HostError(f"{message.rstrip('.')}.", hint=hint_of(message, auth)) from failure


async def pull_from(run: Run, reference: str, origin: Origin, auth: RegistryAuth | None = None) -> None:
    """The same for an image that is called `reference` here and elsewhere otherwise."""
    await pull(run, origin.reference, auth)
    repository, tag = split_reference(reference)
    await give_name(run.agent.docker, origin.reference, repository, tag)


def is_from(image: dict[str, Any], origin: Origin) -> bool:
    """Whether an image, as the daemon describes it, is the one that is meant."""
    digest = origin.reference.rpartition("@")[2]
    digests = [str(one).rpartition("@")[2] for one in image.get("RepoDigests") or ()]
    # containerd's images have their digest as their id.
    return origin.image_id == image.get("Id") or digest in (*digests, image.get("Id"))


def _print(run: Run, lines: Sequence[str]) -> None:
    for line in lines:
        run.output(line.encode() + b"\n")
