"""Pushing: what a Docker daemon is asked so that a registry gets an image; raises as Connection does."""

from collections.abc import AsyncGenerator
from typing import Any

from monitor.abilities.docker.connection import WRITE, Connection
from monitor.abilities.docker.frames import read_json
from monitor.abilities.docker.names import image_segments
from monitor.kernel.errors import HostError

_BEGIN = 600.0
"""Seconds until a registry has said anything."""
_NOBODY = "e30="
"""X-Registry-Auth of who does not say who asks; without one Engines up to 24 refuse to push."""


async def give_name(docker: Connection, image: str, repository: str, tag: str) -> None:
    """Let `repository:tag` mean the image from now on."""
    query = {"repo": repository, "tag": tag}
    await docker.ask("POST", f"/images/{image_segments(image)}/tag", query, limit=WRITE)


async def push(docker: Connection, repository: str, tag: str, auth: str = "") -> AsyncGenerator[dict[str, Any]]:
    """Progress of giving `repository:tag` to its registry; HostError when that refuses. `auth`: X-Registry-Auth."""
    headers = {"X-Registry-Auth": auth or _NOBODY}
    path = f"/images/{image_segments(repository)}/push"
    async with docker.stream("POST", path, {"tag": tag}, headers=headers, limit=_BEGIN) as answer:
        async for told in read_json(answer.chunks()):
            if "error" in told:
                raise HostError(str(told["error"]))
            yield told
