"""Images: what a Docker daemon is asked about its images; raises as Connection does."""

from typing import Any

from monitor.abilities.docker.connection import WRITE, Connection
from monitor.abilities.docker.names import image_segments

_LISTED = 30.0
"""Seconds: the daemon works out sizes of thousands."""


class Images:
    """One daemon's."""

    def __init__(self, docker: Connection) -> None:
        self._docker = docker

    async def all(self) -> list[dict[str, Any]]:
        """Every image but those that are only another's parents."""
        return await self._docker.ask("GET", "/images/json", limit=_LISTED)

    async def everything(self) -> list[dict[str, Any]]:
        """Every image, those that are only another's parents too."""
        return await self._docker.ask("GET", "/images/json", {"all": "1"}, limit=_LISTED)

    async def inspect(self, reference: str) -> dict[str, Any]:
        """All the daemon knows of one; NotFound."""
        return await self._docker.ask("GET", f"/images/{image_segments(reference)}/json")

    async def history(self, reference: str) -> list[dict[str, Any]]:
        """How it was made, newest first."""
        return await self._docker.ask("GET", f"/images/{image_segments(reference)}/history")

    async def remove(self, reference: str, *, force: bool = False, parents: bool = True) -> None:
        """Take one name from it, or with its last name (or its id) remove it; Conflict while something uses it.

        `parents`: untagged images it was made from go with it where nothing else is made from them.
        """
        query = {"force": "1" if force else "0", "noprune": "0" if parents else "1"}
        await self._docker.ask("DELETE", f"/images/{image_segments(reference)}", query, limit=WRITE)
