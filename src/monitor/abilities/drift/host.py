"""Host: how a container's HostConfig differs from the one it was asked to have. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.abilities.container.swap import part
from monitor.abilities.drift import shape
from monitor.abilities.drift.calls import Difference
from monitor.abilities.drift.shape import Shape
from monitor.abilities.drift.words import difference

IN_PLACE: dict[str, Shape] = {
    "RestartPolicy": shape.restart,
    "Memory": shape.limit,
    "MemoryReservation": shape.limit,
    "KernelMemory": shape.limit,
    "NanoCpus": shape.limit,
    "CpuShares": shape.limit,
    "CpuPeriod": shape.limit,
    "CpuQuota": shape.limit,
    "CpuRealtimePeriod": shape.limit,
    "CpuRealtimeRuntime": shape.limit,
    "CpusetCpus": shape.plain,
    "CpusetMems": shape.plain,
    "BlkioWeight": shape.limit,
    "PidsLimit": shape.limit,
}
"""What `docker update` can change of a container that is there."""
MADE: dict[str, Shape] = {
    "NetworkMode": shape.network_mode,
    "PortBindings": shape.ports,
    "PublishAllPorts": shape.plain,
    "Binds": shape.binds,
    "Mounts": shape.mounts,
    "VolumesFrom": shape.unordered,
    "Tmpfs": shape.plain,
    "ReadonlyRootfs": shape.plain,
    "Privileged": shape.plain,
    "CapAdd": shape.capabilities,
    "CapDrop": shape.capabilities,
    "SecurityOpt": shape.security,
    "GroupAdd": shape.unordered,
    "Devices": shape.plain,
    "DeviceRequests": shape.plain,
    "Sysctls": shape.plain,
    "PidMode": shape.namespace,
    "IpcMode": shape.namespace,
    "UTSMode": shape.namespace,
    "UsernsMode": shape.namespace,
    "ExtraHosts": shape.unordered,
    "Dns": shape.plain,
    "DnsOptions": shape.plain,
    "DnsSearch": shape.plain,
    "Init": shape.plain,
    "AutoRemove": shape.plain,
    "OomScoreAdj": shape.plain,
}
"""What only another container can have otherwise, and what the daemon says where nothing was asked."""
ASKED: dict[str, Shape] = {
    "ShmSize": shape.plain,
    "Ulimits": shape.ulimits,
    "Runtime": shape.plain,
    "CgroupParent": shape.plain,
    "OomKillDisable": shape.plain,
    "MemorySwappiness": shape.plain,
}
"""The same, where the daemon has a default of its own: compared only where something was asked."""
_UNSUPPORTED = ("MemoryReservation", "CpuShares", "CpusetCpus", "PidsLimit", "BlkioWeight")
"""What a daemon drops, with a warning, where the kernel has it not; none of them can be taken away in place but one."""


def host_differences(wanted: Mapping[str, Any], found: Mapping[str, Any], *, made: bool) -> Iterator[Difference]:
    """With `made` also what cannot change while the container lives."""
    shapes = {**IN_PLACE, **(MADE if made else {})}
    shapes |= {key: form for key, form in ASKED.items() if made and key in wanted}
    for key, form in shapes.items():
        one, other = form(wanted.get(key)), form(found.get(key))
        if one != other and not (key in _UNSUPPORTED and one is not None and other is None):
            yield difference(f"HostConfig.{key}", one, other)
    yield from _swap(wanted, found)
    if made:
        yield from _logging(wanted, found)


def _swap(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """Unasked it is twice the memory."""
    memory, asked, said = found.get("Memory") or 0, wanted.get("MemorySwap") or 0, found.get("MemorySwap") or 0
    if not memory or memory != wanted.get("Memory"):
        return  # it is told of memory already
    fine = (asked,) if asked else (0, 2 * memory)
    if said not in fine:
        yield difference("HostConfig.MemorySwap", asked or 2 * memory, said)


def _logging(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    asked, said = part(wanted, "LogConfig"), part(found, "LogConfig")
    for key in ("Type", "Config"):
        if asked.get("Type") and shape.plain(asked.get(key)) != shape.plain(said.get(key)):
            yield difference(f"HostConfig.LogConfig.{key}", asked.get(key), said.get(key))
