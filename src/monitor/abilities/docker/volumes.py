"""Volumes: what a Docker daemon is asked about its volumes; raises as Connection does."""

from typing import Any

from monitor.abilities.container.storage import mount_of
from monitor.abilities.docker.connection import WRITE
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.names import container_segment

MEASURED = 45.0
"""Seconds the daemon may walk through all volumes to say how large they are."""


class Volumes:
    """One daemon's. A volume's name has the same shape as a container's."""

    def __init__(self, docker: Engine) -> None:
        self._docker = docker

    async def all(self) -> list[dict[str, Any]]:
        """Every volume."""
        told = await self._docker.ask("GET", "/volumes")
        return told.get("Volumes") or []

    async def inspect(self, name: str) -> dict[str, Any]:
        """All the daemon knows of one; NotFound."""
        return await self._docker.ask("GET", f"/volumes/{container_segment(name)}")

    async def sizes(self) -> list[dict[str, Any]]:
        """Every volume with its size, counted file by file."""
        return (await self._docker.disk_use.count("volume", limit=MEASURED)).get("Volumes") or []

    async def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make one. The judge sees first what a container that mounts it would reach."""
        options: dict[str, str] = body.get("DriverOpts") or {}
        self._docker.judge(mount_of(str(body.get("Name", "")), str(body.get("Driver", "")), options))
        return await self._docker.ask("POST", "/volumes/create", body=body, limit=WRITE)

    async def remove(self, name: str) -> None:
        """Remove it with all it holds; Conflict while a container has it."""
        await self._docker.ask("DELETE", f"/volumes/{container_segment(name)}", limit=WRITE)
