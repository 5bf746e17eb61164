"""Exclusive: what a container of a body holds that no second one could hold beside it. Pure; the unknown counts."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from monitor.abilities.container.findings import entries
from monitor.abilities.container.powers import BODY_KEYS, HOST_KEYS

_ANONYMOUS = re.compile(r"[0-9a-f]{64}")
_NETWORK = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
_ENDPOINT = ("Aliases", "IPAMConfig", "Links", "DriverOpts", "MacAddress")
_ADDRESSES = ("IPv4Address", "IPv6Address", "LinkLocalIPs")

Rule = Callable[[Any], Iterator[str]]


def held(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Each thing in a few words, `host port 8080`; empty: two containers of this body can run side by side."""
    return tuple(dict.fromkeys(_found(body)))


def lasting_mounts(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Of all that, what it can write to and what outlives it; anonymous volumes of its image are not in a body."""
    found = [
        what
        for _, key, inner in _entries(body.get("HostConfig"), HOST_KEYS)
        if key in _MOUNTS and inner not in ("", [], {})
        for what in _HOST_CONFIG[key](inner)
    ]
    return tuple(dict.fromkeys(found))


def _found(body: Mapping[str, Any]) -> Iterator[str]:
    for written, key, value in entries(body, BODY_KEYS):
        if not key:
            yield _unknown(written)
        elif key in _CONFIG:
            yield from _CONFIG[key](value)


def _host_config(value: Any) -> Iterator[str]:
    for written, key, inner in _entries(value, HOST_KEYS):
        if not key:
            yield _unknown(written)
        elif key in _HOST_CONFIG and inner not in (False, "", [], {}):
            yield from _HOST_CONFIG[key](inner)


def _ports(value: Any) -> Iterator[str]:
    for written, _, bindings in _entries(value, ()):
        protocol = written.partition("/")[2] or "tcp"
        for binding in _items(bindings):
            # Docker chooses a free one for an empty number or 0.
            for _, _, number in _entries(binding, ("HostPort",)):
                if _is_port(number):
                    yield f"host port {number}" + ("" if protocol == "tcp" else f"/{protocol}")


def _is_port(value: Any) -> bool:
    return isinstance(value, str | int) and bool(re.fullmatch(r"[\d-]+", str(value))) and str(value) != "0"


def _network_mode(value: Any) -> Iterator[str]:
    if value == "host":
        yield "the host's network"
    elif not isinstance(value, str) or _NETWORK.fullmatch(value) is None:
        yield "another container's network"


def _namespace(what: str, *own: str) -> Rule:
    def rule(value: Any) -> Iterator[str]:
        if value not in own:
            yield what

    return rule


def _just(what: str) -> Rule:
    def rule(value: Any) -> Iterator[str]:
        yield what

    return rule


def _devices(value: Any) -> Iterator[str]:
    for item in _items(value):
        paths = [inner for _, key, inner in _entries(item, ("PathOnHost",)) if key]
        yield f"device {paths[0]}" if paths else "a device"


def _binds(value: Any) -> Iterator[str]:
    for item in _items(value):
        source, *rest = item.split(":") if isinstance(item, str) else (repr(item), "", "", "")
        options = rest[1].split(",") if len(rest) == 2 else []
        if rest and "ro" not in options:
            yield _mounted(source, rest[0])


def _mounts(value: Any) -> Iterator[str]:
    for item in _items(value):
        told = {key: inner for _, key, inner in _entries(item, ("Type", "Source", "Target", "ReadOnly")) if key}
        fresh = told.get("Type") == "tmpfs" or (told.get("Type") == "volume" and not told.get("Source"))
        if not fresh and told.get("ReadOnly") is not True:
            yield _mounted(str(told.get("Source", "")), str(told.get("Target", "")))


def _mounted(source: str, target: str) -> str:
    if _ANONYMOUS.fullmatch(source):
        return f"the volume at {target}"
    return f"the host's {source}" if source.startswith("/") else f"the volume {source}"


def _networking(value: Any) -> Iterator[str]:
    for written, key, endpoints in _entries(value, ("EndpointsConfig",)):
        if not key:
            yield _unknown(written)
        for _, _, endpoint in _entries(endpoints, ()):
            yield from _endpoint(endpoint)


def _endpoint(value: Any) -> Iterator[str]:
    for written, key, inner in _entries(value, _ENDPOINT):
        if not key:
            yield _unknown(written)
        elif key == "MacAddress" and inner:
            yield f"MAC address {inner}"
        elif key == "IPAMConfig":
            for odd, name, address in _entries(inner, _ADDRESSES):
                if not name:
                    yield _unknown(odd)
                elif address:
                    yield f"address {address if isinstance(address, str) else ', '.join(map(str, _items(address)))}"


def _unknown(key: str) -> str:
    return f"{key}, which Monitor does not know"


def _items(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _entries(value: Any, known: tuple[str, ...]) -> Iterator[tuple[str, str, Any]]:
    """The entries of an object; what should be one and is not stands as one unknown entry."""
    if value is None:
        return iter(())
    if not isinstance(value, dict):
        return iter(((repr(value)[:40], "", value),))
    return entries(cast("dict[str, Any]", value), known)


_HOST_CONFIG: dict[str, Rule] = {
    "Binds": _binds,
    "DeviceCgroupRules": _just("devices"),
    "DeviceRequests": _just("GPUs or other devices"),
    "Devices": _devices,
    "IpcMode": _namespace("shared memory", "none", "private", "shareable"),
    "Mounts": _mounts,
    "NetworkMode": _network_mode,
    "PidMode": _namespace("the processes of the host or of another container"),
    "PortBindings": _ports,
    "Privileged": _just("every device of the host"),
    # A runtime may give devices to whoever asks it through the environment, as NVIDIA's does.
    "Runtime": _namespace("what its runtime gives it", "runc"),
    "VolumesFrom": _just("the volumes of another container"),
}
"""Of what is not in here two containers can have each their own."""
_MOUNTS = ("Binds", "Mounts", "VolumesFrom")
_CONFIG: dict[str, Rule] = {"HostConfig": _host_config, "NetworkingConfig": _networking}
