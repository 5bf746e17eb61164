"""Distribution: what a registry has under a reference now, asked through the daemon without fetching it."""

from typing import Any

from monitor.abilities.docker.connection import Connection, decode
from monitor.abilities.docker.names import image_segments

ASK = 30.0
"""Seconds a registry may take."""


async def pushed_digest(docker: Connection, reference: str, auth: str = "") -> str:
    """Its digest, `sha256:…`; `auth`: X-Registry-Auth. NotFound or HostError as the registry says."""
    headers = {"X-Registry-Auth": auth} if auth else {}
    path = f"/distribution/{image_segments(reference)}/json"
    async with docker.stream("GET", path, {}, headers=headers, limit=ASK) as answer:
        told = decode(await answer.body())
    descriptor: dict[str, Any] = told.get("Descriptor") or {}
    return str(descriptor.get("digest") or "")
