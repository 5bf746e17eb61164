"""Cache: what a Docker daemon is asked about BuildKit's build cache; raises as Connection does."""

from typing import Any

import msgspec

from monitor.abilities.docker.engine import Engine

_MEASURED = 45.0
_PRUNED = 600.0
"""Seconds: thousands of records are looked at and deleted one by one."""


class BuildCache:
    """One daemon's own; not that of builders beside it."""

    def __init__(self, docker: Engine) -> None:
        self._docker = docker

    async def all(self) -> list[dict[str, Any]]:
        """Every record. Engines before 23 (API 1.42) measure everything else too."""
        told = await self._docker.disk_use.count("build-cache", limit=_MEASURED)
        return told.get("BuildCache") or []

    async def prune(self, *, unused_for: int = 0, keep: int = 0) -> set[str]:
        """Delete what was not used for so many seconds, of that only until `keep` bytes are left; ids of what is gone.
        What a build uses stays. The daemon's own sum of bytes also counts what images still hold: it is not told.
        """
        query = {"all": "true", "keep-storage": str(keep)}
        if unused_for:
            query["filters"] = msgspec.json.encode({"until": [f"{unused_for}s"]}).decode()
        told: dict[str, Any] = await self._docker.ask("POST", "/build/prune", query, limit=_PRUNED) or {}
        return set(told.get("CachesDeleted") or ())
