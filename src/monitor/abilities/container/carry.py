"""Carry: anonymous volumes of the container that is replaced, mounted into the new one at the same paths. Pure."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from monitor.abilities.docker.described import MountPoint

_ANONYMOUS = re.compile(r"[0-9a-f]{64}")


def carried(body: Mapping[str, Any], image: Mapping[str, Any], old: Sequence[MountPoint]) -> dict[str, Any]:
    """The body, in which every place that would get a fresh anonymous volume has the old one's, by name."""
    before = {posixpath.normpath(m.destination): m.name for m in old if _is_anonymous(m)}
    if not before:
        return dict(body)
    host: dict[str, Any] = body.get("HostConfig") or {}
    binds = [_bind(bind, before) for bind in _list(host, "Binds")]
    mounts = [_mount(mount, before) for mount in _list(host, "Mounts")]
    memory: dict[str, str] = host.get("Tmpfs") or {}
    taken = {*map(_bind_target, binds), *map(_mount_target, mounts), *map(posixpath.normpath, memory)}
    free = [place for place in _declared(body, image) if place in before and place not in taken]
    mounts += [{"Type": "volume", "Source": before[place], "Target": place} for place in free]
    kept = {key: value for key, value in (("Binds", binds), ("Mounts", mounts)) if value}
    return {**body, "HostConfig": {**host, **kept}}


def _is_anonymous(mount: MountPoint) -> bool:
    """Docker gives those a name of 64 hexadecimal digits, whatever made them."""
    return mount.type == "volume" and mount.driver == "local" and _ANONYMOUS.fullmatch(mount.name) is not None


def _declared(body: Mapping[str, Any], image: Mapping[str, Any]) -> list[str]:
    """Paths the image or the body declares a volume for."""
    config: dict[str, Any] = image.get("Config") or {}
    of_image: dict[str, Any] = config.get("Volumes") or {}
    of_body: dict[str, Any] = body.get("Volumes") or {}
    return sorted({posixpath.normpath(path) for path in (*of_image, *of_body)})


def _bind(bind: Any, before: Mapping[str, str]) -> Any:
    """A bind that names a path alone asks for an anonymous volume."""
    if not isinstance(bind, str) or ":" in bind:
        return bind
    name = before.get(posixpath.normpath(bind))
    return f"{name}:{bind}" if name else bind


def _bind_target(bind: Any) -> str:
    source, colon, rest = str(bind).partition(":")
    return posixpath.normpath(rest.split(":")[0] if colon else source)


def _mount(mount: Any, before: Mapping[str, str]) -> Any:
    if not isinstance(mount, dict):
        return mount
    given = cast("dict[str, Any]", mount)
    name = before.get(_mount_target(given))
    return {**given, "Source": name} if name and given.get("Type") == "volume" and not given.get("Source") else given


def _mount_target(mount: Any) -> str:
    given = cast("dict[str, Any]", mount) if isinstance(mount, dict) else {}
    return posixpath.normpath(str(given.get("Target") or ""))


def _list(host: Mapping[str, Any], key: str) -> list[Any]:
    value = host.get(key)
    return cast("list[Any]", value) if isinstance(value, list) else []
