"""Buildx: where this host has the docker CLI's plugin for BuildKit, which is run as the program it is."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PLUGIN_FOLDERS = tuple(
    Path(folder)
    for folder in (
        "/usr/local/lib/docker/cli-plugins",
        "/usr/local/libexec/docker/cli-plugins",
        "/usr/lib/docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
    )
)
"""Where the docker CLI looks for plugins of the whole system, in its order; a user's own are that user's."""
_LEAST = (1, 39)
"""Docker 18.09: the first Engine with a BuildKit in it."""
_PARENT = (1, 42)
"""Docker 23.0: the first whose BuildKit puts steps below the control group a build names (moby/buildkit#2430)."""


def find_buildx(folders: Sequence[Path] = PLUGIN_FOLDERS) -> Path | None:
    """The plugin's path."""
    for folder in folders:
        plugin = folder / "docker-buildx"
        if plugin.is_file() and os.access(plugin, os.X_OK):
            return plugin
    return None


def has_buildkit(version: dict[str, Any]) -> bool:
    """Whether an Engine, by what it says of itself, has BuildKit in it."""
    return str(version.get("Os", "linux")) == "linux" and _api(version) >= _LEAST


def takes_parent(version: dict[str, Any]) -> bool:
    """Whether its BuildKit heeds `--cgroup-parent`; older ones ignore it without a word."""
    return _api(version) >= _PARENT


def _api(version: dict[str, Any]) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in str(version.get("ApiVersion", "")).split("."))
    except ValueError:
        return ()
