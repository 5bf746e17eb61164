"""Named: the name an image has on this host so that a registry gets it. Who may not push there does not keep it either:
what others run under that name would be another image then.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from monitor.abilities.container.shield import finish
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.images import Images
from monitor.abilities.docker.pushing import give_name
from monitor.kernel.errors import MonitorError, NotFound


@asynccontextmanager
async def named(docker: Engine, image_id: str, repository: str, tag: str) -> AsyncGenerator[None]:
    """From here on it has the name; on any failure inside, what had it before has it again."""
    before = await _meant(docker, f"{repository}:{tag}")
    await give_name(docker, image_id, repository, tag)
    try:
        yield
    except BaseException:
        if before != image_id:
            with suppress(MonitorError):
                await finish(_give_back(docker, before, repository, tag))
        raise


async def _meant(docker: Engine, reference: str) -> str:
    try:
        return str((await docker.image(reference))["Id"])
    except NotFound:
        return ""


async def _give_back(docker: Engine, before: str, repository: str, tag: str) -> None:
    """To nobody where nobody had it, unless the image has no other name: it would go with that."""
    if before:
        await give_name(docker, before, repository, tag)
        return
    reference = f"{repository}:{tag}"
    if len((await docker.image(reference)).get("RepoTags") or ()) > 1:
        await Images(docker).remove(reference, parents=False)
