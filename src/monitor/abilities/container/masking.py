"""Masking: a container's description without the values of its environment. Pure."""

from typing import Any

_MASK = "***"


def masked(told: dict[str, Any]) -> dict[str, Any]:
    """The same with each entry of the environment as `NAME=***`."""
    config: dict[str, Any] = told.get("Config") or {}
    entries: list[str] = config.get("Env") or []
    hidden = [f"{entry.partition('=')[0]}={_MASK}" for entry in entries]
    return {**told, "Config": {**config, "Env": hidden}}
