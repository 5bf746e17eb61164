"""Endpoints: the networks a body joins and the aliases it has there, as the Engine must be asked for them. Pure."""

from collections.abc import Mapping
from typing import Any, cast

_BUILT_IN = ("", "default", "bridge", "host", "none")
"""Networks without names: on these Docker answers no alias."""

Endpoints = dict[str, dict[str, Any]]
"""Endpoint settings by network."""


def endpoints(body: Mapping[str, Any]) -> Endpoints:
    """Of each network people made that the body joins, the one it is made on first."""
    mode, given = _mode(body), _given(body)
    own: Endpoints = {} if mode in _BUILT_IN or ":" in mode else {mode: given.get(mode) or {}}
    return own | {name: settings or {} for name, settings in given.items() if name not in (*_BUILT_IN, mode)}


def made_on_one(body: Mapping[str, Any], *, aliases: bool = True) -> tuple[dict[str, Any], Endpoints]:
    """The body to create, which joins one network only, and the endpoints to add before the start: before API 1.44
    Docker takes no more than one at a time. Without `aliases` they are left out of both.
    """
    mode, given = _mode(body), _given(body)
    first: Endpoints = {name: settings or {} for name, settings in given.items() if name in (*_BUILT_IN, mode)}
    later = {name: settings for name, settings in endpoints(body).items() if name != mode}
    if not aliases:
        first, later = _nameless(first), _nameless(later)
    if not given:
        return dict(body), {}
    networking: dict[str, Any] = {**cast("dict[str, Any]", body["NetworkingConfig"]), "EndpointsConfig": first}
    return {**body, "NetworkingConfig": networking}, later


def named(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The settings with one alias more: a container that is renamed while others ask for it must answer all along."""
    aliases: list[str] = settings.get("Aliases") or []
    return {**settings, "Aliases": list(dict.fromkeys((*aliases, name)))}


def _nameless(given: Endpoints) -> Endpoints:
    return {name: {k: v for k, v in settings.items() if k != "Aliases"} for name, settings in given.items()}


def _mode(body: Mapping[str, Any]) -> str:
    host: dict[str, Any] = body.get("HostConfig") or {}
    return str(host.get("NetworkMode") or "")


def _given(body: Mapping[str, Any]) -> dict[str, Any]:
    networking: dict[str, Any] = body.get("NetworkingConfig") or {}
    return networking.get("EndpointsConfig") or {}
