"""Powers: which host powers a container that stands has, as the Engine describes it, defaults spelled out."""

from typing import Any

from monitor.abilities.container.powers import host_powers
from monitor.kernel.permission import HostPower

_RUNTIMES = ("runc", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux")


def standing_powers(told: dict[str, Any]) -> frozenset[HostPower]:
    """Those of its HostConfig, without what the daemon fills in for a body that says nothing."""
    host: dict[str, Any] = told.get("HostConfig") or {}
    return host_powers({"HostConfig": {key: value for key, value in host.items() if not _is_default(key, value)}})


def _is_default(key: str, value: Any) -> bool:
    match key:
        case "MaskedPaths":
            return value is None or "/proc/kcore" in value
        case "ReadonlyPaths":
            return value is None or "/proc/sys" in value
        case "Runtime":
            return value in ("", *_RUNTIMES)
        case "IpcMode":
            return value in ("", "private", "shareable", "none")
        case "CgroupnsMode":
            # What a daemon with version 1 of control groups gives everybody.
            return True
        case _:
            return not value
