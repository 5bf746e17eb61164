"""Networks: what a Docker daemon is asked about its networks; raises as Connection does."""

from typing import Any

from monitor.abilities.docker.connection import WRITE
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.names import container_segment


class Networks:
    """One daemon's. A network's name has the same shape as a container's."""

    def __init__(self, docker: Engine) -> None:
        self._docker = docker

    async def all(self) -> list[dict[str, Any]]:
        """Every network, without the containers on it."""
        return await self._docker.ask("GET", "/networks")

    async def inspect(self, network: str) -> dict[str, Any]:
        """All the daemon knows of one, running containers on it included; NotFound."""
        return await self._docker.network(network)

    async def create(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make one. The judge sees the body first."""
        self._docker.judge_network(body)
        return await self._docker.ask("POST", "/networks/create", body=body, limit=WRITE)

    async def remove(self, network: str) -> None:
        """Remove it; refused by the daemon while a running container is on it."""
        await self._docker.ask("DELETE", f"/networks/{container_segment(network)}", limit=WRITE)
