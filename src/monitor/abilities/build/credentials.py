"""Credentials: what Docker is told of registries while it builds, in a folder of that build alone."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import msgspec

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import DOCKER_HUB, HUB_ADDRESS


def write_config(folder: Path, accounts: Sequence[RegistryAuth]) -> None:
    """Docker's config.json, readable by the agent alone. The folder is there, and goes with the job."""
    file = folder / "config.json"
    file.touch(mode=0o600)
    file.write_bytes(msgspec.json.encode(docker_config(accounts)))


def docker_config(accounts: Sequence[RegistryAuth]) -> dict[str, dict[str, dict[str, str]]]:
    """As `docker login` would have left it (docs.docker.com/reference/cli/docker/login). Pure."""
    return {"auths": {_address(one.domain): {"auth": encoded(one)} for one in accounts}}


def encoded(account: RegistryAuth) -> str:
    """Name and token as they stand in that file and on the wire."""
    return b64encode(f"{account.username}:{account.token}".encode()).decode()


def _address(domain: str) -> str:
    return HUB_ADDRESS if domain == DOCKER_HUB else domain
