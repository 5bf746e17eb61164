"""Volumes: what the volumes of a body that are there already would let its container reach."""

from collections.abc import Mapping
from typing import Any

from monitor.abilities.container.storage import mount_of, volume_names
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.volumes import Volumes
from monitor.kernel.errors import NotFound, PolicyRefused


async def judge_volumes(docker: Engine, body: Mapping[str, Any]) -> None:
    """PolicyRefused if one was made elsewhere with options the host does not allow: it is a bind mount by its name."""
    volumes = Volumes(docker)
    for name in volume_names(body):
        try:
            told = await volumes.inspect(name)
        except NotFound:
            continue
        try:
            docker.judge(mount_of(name, told.get("Driver") or "", told.get("Options") or {}))
        except PolicyRefused as refused:
            raise PolicyRefused(
                f"the volume {name} is more than a volume: {refused.message}", hint=refused.hint
            ) from None
