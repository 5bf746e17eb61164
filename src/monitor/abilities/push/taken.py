"""Taken: a version's own tag that a registry has already, for another image, is never given to this one."""

from monitor.abilities.docker.distribution import pushed_digest
from monitor.abilities.docker.engine import Engine
from monitor.kernel.errors import HostError, MonitorError


async def refuse_taken(docker: Engine, reference: str, auth: str, image_id: str = "") -> None:
    """HostError where the registry has another image as `reference` than this one; without one, where it has any.

    A registry that does not say is asked no further: the push tells why.
    """
    try:
        digest = await pushed_digest(docker, reference, auth)
    except MonitorError:
        return
    known = (await docker.image(image_id)).get("RepoDigests") or () if image_id else ()
    if digest and not any(str(one).endswith(f"@{digest}") for one in known):
        raise taken(reference)


def taken(reference: str) -> HostError:
    """What is said then."""
    return HostError(
        f"the registry has another image as {reference} already, and a version's tag is never given to a second one",
        hint="another build pushes there, or one did before: push somewhere else, or run it with a higher `version`",
    )
