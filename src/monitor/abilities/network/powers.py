"""Powers: which host powers the body of a new network asks for. Pure; what is not known is one."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, cast

from monitor.abilities.container.findings import RAW, Finding, Rule, free, judge, unless
from monitor.kernel.permission import HostPower

_HOST = Finding(HostPower.NAMESPACES)


def network_powers(body: dict[str, Any]) -> frozenset[HostPower]:
    """Every power asked for; empty means a bridge of Docker's own making with private addresses."""
    return frozenset(finding.power for finding in judge(body, _BODY))


def _options(value: Any) -> Iterator[Finding]:
    """Others name devices of the host, as `parent` and the bridge's name do, or are a plug-in's."""
    for name in cast("dict[str, Any]", value) if isinstance(value, dict) else {"": None}:
        if name in ("parent", "com.docker.network.bridge.name"):
            yield _HOST
        elif name not in _HARMLESS:
            yield RAW


def _configs(value: Any) -> Iterator[Finding]:
    for item in cast("list[Any]", value) if isinstance(value, list) else [value]:
        yield from judge(item, dict.fromkeys(("Subnet", "IPRange", "Gateway", "AuxiliaryAddresses"), free))
        if isinstance(item, dict):
            yield from _subnet(cast("dict[str, Any]", item).get("Subnet"))


def _subnet(value: Any) -> Iterator[Finding]:
    """The host sends what is for a network's addresses to it: with public ones it would reach those no more."""
    if value in (None, ""):
        return
    try:
        private = ip_network(str(value), strict=False).is_private
    except ValueError:
        private = False
    if not private:
        yield _HOST


_HARMLESS = frozenset(
    {
        "com.docker.network.bridge.enable_icc",
        "com.docker.network.bridge.enable_ip_masquerade",
        "com.docker.network.container_iface_prefix",
        "com.docker.network.driver.mtu",
    }
)
_BODY: dict[str, Rule] = {
    # Macvlan and ipvlan join the network of a device of the host; what a plug-in reaches nobody knows.
    "Driver": unless(HostPower.NAMESPACES, "", "bridge"),
    "Options": _options,
    "IPAM": lambda value: judge(
        value,
        {"Driver": unless(HostPower.RAW, "", "default"), "Options": unless(HostPower.RAW, {}), "Config": _configs},
    ),
    **dict.fromkeys(("Name", "CheckDuplicate", "Internal", "Attachable", "EnableIPv6", "Labels"), free),
}
