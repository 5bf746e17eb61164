"""Storage: what of the host's files a container body asks for, in every spelling the daemon understands."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from monitor.abilities.container.findings import RAW, Finding, Rule, entries, free, judge
from monitor.kernel.permission import HostPower

_VOLUME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_LOCAL = (None, "", "local")
_VOLUME_MODES = frozenset({"", "ro", "rw", "z", "Z", "nocopy"})
_BIND_FLAGS = frozenset({"", "bind", "rbind", "ro", "rw", "nodev", "nosuid", "noexec", "noatime"})
_TMPFS_FLAGS = frozenset({"", "rw", "ro", "exec", "noexec", "suid", "nosuid", "nodev", "noatime", "defaults"})
_TMPFS_VALUES = frozenset({"size", "mode", "uid", "gid", "nr_inodes", "nr_blocks"})


def binds(value: Any) -> Iterator[Finding]:
    """HostConfig.Binds: `source:target[:mode]`; only a plain name as source is a volume."""
    for item in _items(value):
        source, *rest = item.split(":") if isinstance(item, str) else (repr(item), "", "", "")
        if not rest:
            continue
        if len(rest) > 2 or _VOLUME.fullmatch(source) is None:
            yield bind(source)
        elif not set(rest[1].split(",") if rest[1:] else ()) <= _VOLUME_MODES:
            yield RAW


def mounts(value: Any) -> Iterator[Finding]:
    """HostConfig.Mounts: volumes of the local driver and tmpfs are harmless, all other types bind."""
    for item in _items(value):
        if not isinstance(item, dict):
            yield bind(repr(item))
            continue
        given = cast("dict[str, Any]", item)
        yield from judge(given, _MOUNT)
        told = list(entries(given, ("Type", "Source")))
        sources = [source for _, key, source in told if key == "Source" and source != ""]
        kinds = [kind for _, key, kind in told if key == "Type"]
        if not kinds or any(kind not in ("volume", "tmpfs") for kind in kinds):
            yield from map(bind, sources or [""])
        else:
            named = [isinstance(source, str) and _VOLUME.fullmatch(source) is not None for source in sources]
            yield from (bind(source) for source, fine in zip(sources, named, strict=True) if not fine)


def volume_names(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the volumes a body (`canonical` or made by Monitor) mounts, whether they are there yet or not."""
    host = body.get("HostConfig")
    given = cast("dict[str, Any]", host) if isinstance(host, dict) else {}
    names = [str(item).partition(":")[0] for item in _items(given.get("Binds") or []) if ":" in str(item)]
    for item in _items(given.get("Mounts") or []):
        told = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
        names += [value for _, key, value in entries(told, ("Source",)) if key and isinstance(value, str)]
    return tuple(dict.fromkeys(name for name in names if _VOLUME.fullmatch(name)))


def mount_of(name: str, driver: str, options: Mapping[str, str]) -> dict[str, Any]:
    """The body of a container that mounts such a volume: what is asked of the host is the same for both."""
    config = {"Name": driver, "Options": dict(options)}
    mount = {"Type": "volume", "Source": name, "Target": "/", "VolumeOptions": {"DriverConfig": config}}
    return {"HostConfig": {"Mounts": [mount]}}


def tmpfs(value: Any) -> Iterator[Finding]:
    """HostConfig.Tmpfs: target → options; the daemon hands `bind` among them on to the kernel."""
    if not isinstance(value, dict):
        yield bind(repr(value))
        return
    for options in cast("dict[str, Any]", value).values():
        for option in str(options).split(","):
            name, equals, _ = option.partition("=")
            if name not in (_TMPFS_VALUES if equals else _TMPFS_FLAGS):
                yield bind(option)


def volume_driver(value: Any) -> Iterator[Finding]:
    """HostConfig.VolumeDriver and DriverConfig.Name: a plug-in decides itself what of the host it mounts."""
    if value not in _LOCAL:
        yield bind("")


def bind(source: Any) -> Finding:
    """A bind mount of this."""
    text = source if isinstance(source, str) else repr(source)
    # normpath keeps a double slash at the start.
    path = "/" + posixpath.normpath(text).lstrip("/") if text.startswith("/") else text
    return Finding(HostPower.BIND, path)


def _driver_options(value: Any) -> Iterator[Finding]:
    """Options of the local driver are those of mount(8): any but a size quota may reach anything."""
    if not isinstance(value, dict):
        yield bind(repr(value))
        return
    options = cast("dict[str, Any]", value)
    if any(option != "size" for option in options):
        yield from map(bind, _devices(options) or [""])


def _devices(options: dict[str, Any]) -> list[Any]:
    """What a bind of a folder names; empty where it is another mount: an overlay's folders stand in its options."""
    told = list(entries(options, ("type", "o", "device", "size")))
    kinds = [value for _, key, value in told if key == "type"]
    flags = {flag for _, key, value in told if key == "o" for flag in str(value).split(",")}
    plain = all(key for _, key, _ in told) and all(kind in ("", "none", "bind") for kind in kinds)
    return [value for _, key, value in told if key == "device"] if plain and flags <= _BIND_FLAGS else []


def _bind_options(_: Any) -> Iterable[Finding]:
    return (RAW, bind(""))


def _driver_config(value: Any) -> Iterator[Finding]:
    return judge(value, {"Name": volume_driver, "Options": _driver_options})


def _volume_options(value: Any) -> Iterator[Finding]:
    return judge(value, {"NoCopy": free, "Labels": free, "DriverConfig": _driver_config})


def _tmpfs_options(value: Any) -> Iterator[Finding]:
    return judge(value, {"SizeBytes": free, "Mode": free})


_MOUNT: dict[str, Rule] = {
    "Type": free,
    "Source": free,
    "Target": free,
    "ReadOnly": free,
    "Consistency": free,
    "BindOptions": _bind_options,
    "VolumeOptions": _volume_options,
    "TmpfsOptions": _tmpfs_options,
}
"""Type and Source are judged together."""


def _items(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
