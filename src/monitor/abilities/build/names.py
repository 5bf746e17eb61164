"""Names: what an image may be called on its builder. Others there mean their images by name: containers that are made
anew, and Dockerfiles that go on from one.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from monitor.abilities.docker.engine import Engine
from monitor.kernel.errors import HostError, NotFound
from monitor.kernel.ownership import BUILD_LABEL


async def refuse_foreign(docker: Engine, references: Iterable[str]) -> None:
    """HostError where one of these means an image that came from elsewhere."""
    for reference in references:
        try:
            told = await docker.image(reference)
        except NotFound:
            continue
        if not is_built(told):
            raise HostError(
                f"the builder has an image called {reference} that no build of Monitor made",
                hint="what runs or is built there may mean that one: give the build another image name, or take that "
                "name from the image first",
            )


def is_built(told: Mapping[str, Any]) -> bool:
    """Whether the daemon's description of an image is of one that a build made."""
    config: dict[str, Any] = told.get("Config") or {}
    return BUILD_LABEL in (config.get("Labels") or {})
