"""Wants: what a container body names that must be on its host before, and what of it is not. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.endpoints import endpoints
from monitor.abilities.container.findings import entries
from monitor.kernel.offers import DockerOffers

_LOCAL = ("", "local")
_SHARED = ("NetworkMode", "PidMode", "IpcMode")
_CONTAINER = "container:"


class Wants(NamedTuple):
    """By name, each once."""

    networks: tuple[str, ...]
    log_driver: str
    volume_drivers: tuple[str, ...]
    runtime: str
    containers: tuple[str, ...]
    """Whose namespaces or volumes it shares: names or ids."""
    devices: tuple[str, ...]
    """Paths on the host."""


class Lack(NamedTuple):
    """One thing that is missing."""

    what: str
    """`no network shop`"""
    way: str
    """The way out: `make the network first, or check its name`."""


def wants(body: Mapping[str, Any]) -> Wants:
    """Of a body in whatever spelling."""
    spelled = canonical(body)
    host = _object(spelled.get("HostConfig"))
    shared = [str(host.get(key) or "") for key in _SHARED]
    given = [mode.removeprefix(_CONTAINER) for mode in shared if mode.startswith(_CONTAINER)]
    given += [str(item).partition(":")[0] for item in _items(host.get("VolumesFrom"))]
    return Wants(
        networks=tuple(endpoints(spelled)),
        log_driver=str(_part(host, "LogConfig", "Type")),
        volume_drivers=tuple(dict.fromkeys(name for name in _volume_drivers(host) if name not in _LOCAL)),
        runtime=str(host.get("Runtime") or ""),
        containers=tuple(dict.fromkeys(name for name in given if name)),
        devices=tuple(dict.fromkeys(path for item in _items(host.get("Devices")) if (path := _path(item)))),
    )


def lacking(wanted: Wants, offers: DockerOffers) -> tuple[Lack, ...]:
    """What its Docker has not, of what it tells."""
    found = [
        Lack(f"no network {name}", "make the network first, or check its name")
        for name in wanted.networks
        if offers.networks and not offers.has_network(name)
    ]
    if wanted.log_driver and _is_missing(wanted.log_driver, offers.log_drivers):
        found.append(Lack(f"no log driver {wanted.log_driver}", "set the log driver up there, or choose another"))
    found += [
        Lack(f"no volume driver {name}", "set the volume driver up there, or choose another")
        for name in wanted.volume_drivers
        if _is_missing(name, offers.volume_drivers)
    ]
    if wanted.runtime and _is_missing(wanted.runtime, offers.runtimes):
        found.append(Lack(f"no runtime {wanted.runtime}", "set the runtime up there, or leave it out"))
    return tuple(found)


def _is_missing(name: str, there: tuple[str, ...]) -> bool:
    """A plug-in may be told with a tag, or without; `none` is no driver."""
    spellings = {name, f"{name}:latest", name.removesuffix(":latest")}
    return bool(there) and name != "none" and spellings.isdisjoint(there)


def _volume_drivers(host: Mapping[str, Any]) -> Iterator[str]:
    yield str(host.get("VolumeDriver") or "")
    for item in _items(host.get("Mounts")):
        yield str(_part(_object(item), "VolumeOptions", "DriverConfig", "Name"))


def _part(given: Mapping[str, Any], *keys: str) -> Any:
    """What stands there, in whatever case the keys are; empty text where nothing does."""
    found: Any = given
    for key in keys:
        found = next((value for _, known, value in entries(_object(found), (key,)) if known), "")
    return found


def _path(item: Any) -> str:
    return str(_part(_object(item), "PathOnHost"))


def _object(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _items(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
