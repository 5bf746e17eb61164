"""Shape: values of a body and of the daemon's answer brought to one form, so that only what means another differs."""

import posixpath
import re
from collections.abc import Callable
from typing import Any, cast

Shape = Callable[[Any], Any]
_ANONYMOUS = re.compile(r"[0-9a-f]{64}")
"""A volume nobody named."""
_BRIDGE = ("", "default", "bridge")


def plain(value: Any) -> Any:
    """Without what says nothing: null, false, 0, and what is empty, at every depth."""
    if isinstance(value, dict):
        kept = {key: plain(inner) for key, inner in cast("dict[str, Any]", value).items()}
        return {key: inner for key, inner in kept.items() if inner is not None} or None
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in cast("list[Any]", value)] or None
    return value or None


def unordered(value: Any) -> Any:
    """Of a list whose order says nothing."""
    return sorted(map(str, value or ())) or None


def capabilities(value: Any) -> Any:
    """`NET_ADMIN` and `cap_net_admin` are one."""
    return sorted({str(one).upper().removeprefix("CAP_") for one in value or ()}) or None


def security(value: Any) -> Any:
    """The daemon adds `label=disable` of its own where a namespace or all power is shared."""
    said = {str(one).replace("no-new-privileges:true", "no-new-privileges") for one in value or ()}
    return sorted(said - {"label=disable"}) or None


def binds(value: Any) -> Any:
    """Without those of volumes nobody named, which a replace carries over."""
    named = [str(one) for one in value or () if ":" in str(one) and not _ANONYMOUS.match(str(one))]
    return sorted(one.removesuffix(":rw") for one in named) or None


def mounts(value: Any) -> Any:
    """The same of the other way to mount."""
    given = cast("list[dict[str, Any]]", value or [])
    return plain([one for one in given if one.get("Source") and not _ANONYMOUS.fullmatch(str(one["Source"]))])


def ports(value: Any) -> Any:
    """`0.0.0.0` is what an empty address means, and `0` an empty port."""
    given = cast("dict[str, list[dict[str, str]] | None]", value or {})
    return {
        port: sorted(
            (
                "" if (to.get("HostIp") or "") == "0.0.0.0" else to.get("HostIp") or "",  # noqa: S104 - read, not bound
                (to.get("HostPort") or "0"),
            )
            for to in targets or ()
        )
        for port, targets in given.items()
    } or None


def restart(value: Any) -> Any:
    """`no` is what an empty policy means."""
    given = cast("dict[str, Any]", value or {})
    name = given.get("Name") or "no"
    return {"Name": name, "MaximumRetryCount": given.get("MaximumRetryCount") or 0} if name != "no" else None


def limit(value: Any) -> Any:
    """Nothing is no limit, and so is what is below 0."""
    return value if isinstance(value, int) and value > 0 else None


def network_mode(value: Any) -> Any:
    """A container's network by its kind alone: Docker says an id where a name was given."""
    mode = str(value or "")
    return None if mode in _BRIDGE else "container" if mode.startswith("container:") else mode


def namespace(value: Any) -> Any:
    """A namespace that is shared; `private` is what the daemon gives by itself, or not: it says nothing."""
    mode = str(value or "")
    return "container" if mode.startswith("container:") else mode if mode not in ("", "private", "shareable") else None


def logging(value: Any) -> Any:
    """Without a driver it is the daemon's own."""
    return plain(value)


def ulimits(value: Any) -> Any:
    """By name."""
    given = cast("list[dict[str, Any]]", value or [])
    return {str(one.get("Name")): (one.get("Soft"), one.get("Hard")) for one in given} or None


def folder(value: Any) -> Any:
    """A path without detours."""
    return posixpath.normpath(str(value)) if value else None


def signal(value: Any) -> Any:
    """`SIGTERM` is what none means."""
    name = str(value or "").upper()
    return None if name in ("", "SIGTERM", "TERM", "15") else name
