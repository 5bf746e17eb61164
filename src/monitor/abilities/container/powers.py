"""Powers: which host powers the final Engine body of a container asks for. Pure; what is not known is one."""

import re
from collections.abc import Iterator
from typing import Any, cast

from monitor.abilities.container import storage
from monitor.abilities.container.findings import RAW, Finding, Rule, entries, free, judge, unless
from monitor.kernel.permission import HostPower


def host_powers(body: dict[str, Any]) -> frozenset[HostPower]:
    """Every power asked for, in whatever spelling; empty means Docker's defaults and named volumes."""
    return frozenset(finding.power for finding in _findings(body))


def bind_sources(body: dict[str, Any]) -> tuple[str, ...]:
    """Host paths asked for, clean; never empty when BIND is among the powers: what has no path stands as it is."""
    return tuple(sorted({finding.source for finding in _findings(body) if finding.power is HostPower.BIND}))


def _findings(body: dict[str, Any]) -> Iterator[Finding]:
    for written, key, value in entries(body, (*_CONFIG, *_HOST_CONFIG)):
        if key in _CONFIG and key == written:
            yield from _CONFIG[key](value)
            continue
        # Old Engines take HostConfig's keys beside it too (moby, runconfig/config.go).
        yield RAW
        rule = _CONFIG.get(key) or _HOST_CONFIG.get(key)
        if rule is not None:
            yield from rule(value)


def _network_mode(value: Any) -> Iterator[Finding]:
    if value != "" and not _is_network(value):
        yield Finding(HostPower.NAMESPACES)


def _is_network(name: Any) -> bool:
    """Whether it can only be a network, not the host's or another container's namespace."""
    return isinstance(name, str) and name.casefold() != "host" and _NETWORK.fullmatch(name) is not None


def _security_opt(value: Any) -> Iterator[Finding]:
    options = cast("list[Any]", value) if isinstance(value, list) else [value]
    if not all(option in _HARDENING for option in options):
        yield Finding(HostPower.SECURITY)


def _oom_score(value: Any) -> Iterator[Finding]:
    if not isinstance(value, int) or value < 0:
        yield Finding(HostPower.CGROUP)


def _log_config(value: Any) -> Iterator[Finding]:
    """Other drivers make the daemon itself talk to sockets and addresses the body names."""
    types = unless(HostPower.RAW, "", "json-file", "local", "none", "journald")
    return judge(value, {"Type": types, "Config": lambda options: judge(options, dict.fromkeys(_LOG_OPTIONS, free))})


def _networking(value: Any) -> Iterator[Finding]:
    return judge(value, {"EndpointsConfig": _endpoints})


def _endpoints(value: Any) -> Iterator[Finding]:
    if not isinstance(value, dict):
        yield RAW
        return
    for name, endpoint in cast("dict[str, Any]", value).items():
        yield from _network_mode(name or " ")
        if endpoint is not None:
            yield from judge(endpoint, {"Aliases": free, "IPAMConfig": free})


def _ulimits(value: Any) -> Iterator[Finding]:
    """Real time, priority, locked memory and the kernel's own memory are taken from the whole host."""
    for item in cast("list[Any]", value) if isinstance(value, list) else [value]:
        yield from judge(item, {"Name": unless(HostPower.CGROUP, *_OWN_ULIMITS), "Soft": free, "Hard": free})


_OWN_ULIMITS = ("core", "cpu", "data", "fsize", "nofile", "nproc", "rss", "stack")
_NETWORK = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
_HARDENING = ("no-new-privileges", "no-new-privileges:true", "no-new-privileges=true")
_LOG_OPTIONS = (
    *("max-size", "max-file", "max-buffer-size", "compress", "mode"),
    *("tag", "labels", "labels-regex", "env", "env-regex"),
)

_HOST_CONFIG: dict[str, Rule] = {
    "AutoRemove": unless(HostPower.RAW, False),
    "Binds": storage.binds,
    "CapAdd": unless(HostPower.CAPABILITIES, []),
    "Capabilities": unless(HostPower.CAPABILITIES, []),
    "Cgroup": unless(HostPower.CGROUP, ""),
    "CgroupParent": unless(HostPower.CGROUP, ""),
    "CgroupnsMode": unless(HostPower.NAMESPACES, "", "private"),
    "DeviceCgroupRules": unless(HostPower.DEVICES, []),
    "DeviceRequests": unless(HostPower.DEVICES, []),
    "Devices": unless(HostPower.DEVICES, []),
    "IpcMode": unless(HostPower.NAMESPACES, "", "none", "private"),
    "Isolation": unless(HostPower.RAW, "", "default"),
    # A link shows the other container's environment.
    "Links": unless(HostPower.NAMESPACES, []),
    "LogConfig": _log_config,
    # An empty list unmasks what the default hides; only null is the default.
    "MaskedPaths": unless(HostPower.SECURITY),
    "Mounts": storage.mounts,
    "NetworkMode": _network_mode,
    "OomKillDisable": unless(HostPower.CGROUP, False),
    "OomScoreAdj": _oom_score,
    "PidMode": unless(HostPower.NAMESPACES, ""),
    "Privileged": unless(HostPower.PRIVILEGED, False),
    "ReadonlyPaths": unless(HostPower.SECURITY),
    # Even `runc`: the host's default may be a stricter one.
    "Runtime": unless(HostPower.RUNTIME, ""),
    "SecurityOpt": _security_opt,
    "Sysctls": unless(HostPower.SYSCTLS, {}),
    "Tmpfs": storage.tmpfs,
    "Ulimits": _ulimits,
    "UTSMode": unless(HostPower.NAMESPACES, ""),
    "UsernsMode": unless(HostPower.NAMESPACES, ""),
    "VolumeDriver": storage.volume_driver,
    "VolumesFrom": unless(HostPower.VOLUMES_FROM, []),
    # Limits, names and addresses of the container itself.
    **dict.fromkeys(("Memory", "MemoryReservation", "MemorySwap", "MemorySwappiness"), free),
    **dict.fromkeys(("NanoCpus", "CpuShares", "CpuPeriod", "CpuQuota", "CpusetCpus", "CpusetMems"), free),
    **dict.fromkeys(("BlkioWeight", "PidsLimit", "ShmSize", "CapDrop", "GroupAdd", "ReadonlyRootfs", "Init"), free),
    **dict.fromkeys(("Dns", "DnsOptions", "DnsSearch", "ExtraHosts", "PortBindings", "PublishAllPorts"), free),
    **dict.fromkeys(("RestartPolicy", "ConsoleSize"), free),
}
_CONFIG: dict[str, Rule] = {
    "HostConfig": lambda value: judge(value, _HOST_CONFIG),
    "NetworkingConfig": _networking,
    **dict.fromkeys(("Image", "Cmd", "Entrypoint", "Env", "WorkingDir", "User", "Shell", "Labels", "Volumes"), free),
    **dict.fromkeys(("Hostname", "Domainname", "ExposedPorts", "NetworkDisabled", "Healthcheck"), free),
    **dict.fromkeys(("AttachStdin", "AttachStdout", "AttachStderr", "OpenStdin", "StdinOnce", "Tty"), free),
    **dict.fromkeys(("StopSignal", "StopTimeout", "ArgsEscaped"), free),
}
"""Every key of a body that is judged or harmless (docs.docker.com/reference/api/engine); there are no others."""
HOST_KEYS = tuple(_HOST_CONFIG)
BODY_KEYS = tuple(_CONFIG)
"""The keys that are known, of HostConfig and of the body itself."""
