"""A container's HostConfig: what has a field of its own, and the rest as a raw patch."""

from typing import Any

import msgspec

from monitor.kernel.errors import Conflict
from monitor.resources.deployment.adoption.storage import storage_fields
from monitor.resources.deployment.adoption.told import Told, items, part

_NANO = 1_000_000_000
_DEFAULT_SHM = 64 * 1024 * 1024
_TYPED = frozenset(
    (
        *("NetworkMode", "PortBindings", "RestartPolicy", "Binds", "Mounts", "Tmpfs", "Memory", "MemorySwap"),
        *("MemoryReservation", "NanoCpus", "CpuShares", "CpusetCpus", "PidsLimit", "ShmSize", "Ulimits", "CapAdd"),
        *("CapDrop", "GroupAdd", "SecurityOpt", "Devices", "DeviceRequests", "Sysctls", "IpcMode", "PidMode"),
        *("UTSMode", "UsernsMode", "Privileged", "ReadonlyRootfs", "Init", "ExtraHosts", "Dns", "LogConfig"),
    )
)
"""Said by a field."""
_DAEMONS = frozenset(
    (
        "AutoRemove",
        "ContainerIDFile",
        "ConsoleSize",
        "Isolation",
        "CgroupnsMode",
        "Runtime",
        "MaskedPaths",
        "ReadonlyPaths",
    )
)
"""Filled in by the daemon, or looked at by itself."""
_MASKED = ("/proc/kcore", "/proc/keys", "/sys/firmware")
"""Some of what every daemon hides from a container that is not given more."""


def host_fields(given: Told, left: list[str]) -> Told:
    """Conflict for a container that removes itself: there would be nothing to go back to."""
    if given.get("AutoRemove"):
        raise Conflict(
            "it removes itself when it ends (--rm): a deployment keeps its container",
            hint="make it again without --rm, then adopt it",
        )
    patch = {k: v for k, v in given.items() if k not in _TYPED | _DAEMONS and _says_something(k, v)}
    if given.get("Runtime") not in (None, "", "runc"):
        patch["Runtime"] = given["Runtime"]
    masked = given.get("MaskedPaths")
    if not given.get("Privileged") and masked is not None and not set(_MASKED) <= set(masked):
        patch |= {"MaskedPaths": masked, "ReadonlyPaths": given.get("ReadonlyPaths") or []}
    stored, more = storage_fields(given)
    patch |= more
    requests: list[Told] = given.get("DeviceRequests") or []
    gpus = _gpus(requests)
    if requests and not gpus:
        patch["DeviceRequests"] = requests
    return {
        **_behaviour(given),
        **_limits(given),
        **_security(given),
        **stored,
        "gpus": gpus,
        "host_config": msgspec.json.encode(patch).decode() if patch else "",
    }


def _says_something(key: str, value: Any) -> bool:
    nothing = value in (None, "", 0, [], {}, False) or (key, value) in (("MemorySwappiness", -1), ("OomScoreAdj", 0))
    return not nothing


def _behaviour(given: Told) -> Told:
    policy: Told = given.get("RestartPolicy") or {}
    log: Told = given.get("LogConfig") or {}
    options: dict[str, str] = log.get("Config") or {}
    plain = log.get("Type") in (None, "", "json-file") and not options
    return {
        "restart": policy.get("Name") or "no",
        "restart_max_retries": policy.get("MaximumRetryCount") or 0,
        "log_driver": "" if plain else log.get("Type") or "",
        "log_options": [{"name": k, "value": v} for k, v in sorted(options.items())],
        "init": bool(given.get("Init")),
    }


def _limits(given: Told) -> Told:
    memory, swap = given.get("Memory") or 0, given.get("MemorySwap") or 0
    shm, pids = given.get("ShmSize") or 0, given.get("PidsLimit") or 0
    return {
        "memory": memory,
        # Twice the memory is what the daemon fills in; -1 also where the kernel counts no swap.
        "memory_swap": 0 if swap in (2 * memory, -1) or not memory else swap,
        "memory_reservation": given.get("MemoryReservation") or 0,
        "cpus": (given.get("NanoCpus") or 0) / _NANO,
        "cpu_shares": given.get("CpuShares") or 0,
        "cpuset_cpus": given.get("CpusetCpus") or "",
        "pids_limit": max(pids, 0),
        "shm_size": 0 if shm == _DEFAULT_SHM else shm,
        "ulimits": [
            {"name": u["Name"], "soft": u["Soft"], "hard": None if u["Hard"] == u["Soft"] else u["Hard"]}
            for u in items(given, "Ulimits")
        ],
    }


def _security(given: Told) -> Told:
    privileged = bool(given.get("Privileged"))
    ipc = given.get("IpcMode") or ""
    options: list[str] = given.get("SecurityOpt") or []
    return {
        "cap_add": given.get("CapAdd") or [],
        "cap_drop": given.get("CapDrop") or [],
        "group_add": given.get("GroupAdd") or [],
        # The daemon says this of a privileged one, or one in the host's namespaces, by itself.
        "security_opt": [option for option in options if option != "label=disable"],
        "devices": [_device(d) for d in items(given, "Devices")],
        "sysctls": [{"name": k, "value": v} for k, v in sorted(part(given, "Sysctls").items())],
        "ipc_mode": "" if ipc == "private" else ipc,
        "pid_mode": given.get("PidMode") or "",
        "uts_mode": given.get("UTSMode") or "",
        "userns_mode": given.get("UsernsMode") or "",
        "privileged": privileged,
    }


def _device(given: Told) -> Told:
    inside = given.get("PathInContainer") or ""
    return {
        "path_on_host": given["PathOnHost"],
        "path_in_container": "" if inside == given["PathOnHost"] else inside,
        "permissions": given.get("CgroupPermissions") or "rwm",
    }


def _gpus(requests: list[Told]) -> str:
    if len(requests) != 1 or requests[0].get("Capabilities") != [["gpu"]] or requests[0].get("Driver"):
        return ""
    ids: list[str] = requests[0].get("DeviceIDs") or []
    count = requests[0].get("Count") or 0
    if ids:
        return f"device={','.join(ids)}"
    return "all" if count == -1 else str(count) if count > 0 else ""
