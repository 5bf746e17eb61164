"""Networks: how those a container is on differ from those it was asked to join. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from monitor.abilities.container.swap import part
from monitor.abilities.drift.calls import Difference
from monitor.abilities.drift.words import difference

_BRIDGE = ("", "default", "bridge")


def network_differences(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """`wanted` is the body, `found` the daemon's whole description."""
    asked = asked_networks(wanted)
    joined = part(part(found, "NetworkSettings"), "Networks")
    for name in sorted(asked.keys() | joined.keys()):
        if name not in joined or name not in asked:
            told = ["joined" if name in side else None for side in (asked, joined)]
            yield difference(f"Network {name}", told[0], told[1] or "left")
            continue
        yield from _endpoint(name, asked[name], joined[name] or {})


def asked_networks(body: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Endpoint settings by network."""
    mode = str(part(body, "HostConfig").get("NetworkMode") or "")
    given = part(part(body, "NetworkingConfig"), "EndpointsConfig")
    own: dict[str, dict[str, Any]] = (
        {} if mode.startswith("container:") else {"bridge" if mode in _BRIDGE else mode: {}}
    )
    return own | {"bridge" if name in _BRIDGE else name: settings or {} for name, settings in given.items()}


def _endpoint(name: str, asked: dict[str, Any], said: dict[str, Any]) -> Iterator[Difference]:
    """Aliases beyond those asked for are Docker's and Monitor's own: the id, the name."""
    aliases = cast("list[str]", asked.get("Aliases") or [])
    there = cast("list[str]", said.get("Aliases") or said.get("DNSNames") or [])
    if missing := sorted(set(aliases) - set(there)):
        yield difference(f"Network {name} aliases", sorted(aliases), sorted(set(aliases) - set(missing)))
    for key in ("IPv4Address", "IPv6Address"):
        one, other = (part(side, "IPAMConfig").get(key) or None for side in (asked, said))
        if one != other:
            yield difference(f"Network {name} {key}", one, other)
