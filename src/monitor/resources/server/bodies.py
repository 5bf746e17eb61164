"""Bodies: what the Engine is asked to make of what people write. Pure."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from monitor.abilities.container.powers import host_powers
from monitor.abilities.container.storage import mount_of
from monitor.abilities.network.powers import network_powers
from monitor.kernel.errors import Invalid
from monitor.kernel.permission import HostPower
from monitor.resources.server.operations.networks import CreateNetwork, Subnet
from monitor.resources.server.operations.things import Pair
from monitor.resources.server.operations.volumes import CreateVolume

BUILTIN = ("bridge", "host", "none")
_SECRET = re.compile(r"(?i)\b(pass|password|passwd)=")


def volume_body(op: CreateVolume) -> dict[str, Any]:
    """Body of `POST /volumes/create`. Invalid where a password would stand in the record for good."""
    options = _pairs("options", op.options)
    if any(_SECRET.search(f"{name}={value}") for name, value in options.items()):
        raise Invalid.field(
            "options", "a password here would stand in the record; name a file of the host: `credentials=/etc/share`"
        )
    return {"Name": op.volume, "Driver": op.driver, "DriverOpts": options, "Labels": _pairs("labels", op.labels)}


def volume_needs(body: dict[str, Any]) -> frozenset[HostPower]:
    """Host powers that making such a volume is."""
    return host_powers(mount_of(body["Name"], body["Driver"], body["DriverOpts"]))


def network_body(op: CreateNetwork) -> dict[str, Any]:
    """Body of `POST /networks/create`. Invalid names what Docker would refuse in its own words only."""
    if op.network in (*BUILTIN, "default"):
        raise Invalid.field("network", f"{op.network} is a name of Docker's own; take another")
    configs = [_config(at, given) for at, given in enumerate(op.subnets)]
    if op.ipv6 and not any(":" in config["Subnet"] for config in configs):
        raise Invalid.field("subnets", "IPv6 needs a subnet of its own addresses: `fd00:1::/64`")
    return {
        "Name": op.network,
        "Driver": op.driver,
        "Internal": op.internal,
        "Attachable": op.attachable,
        "EnableIPv6": op.ipv6,
        "Labels": _pairs("labels", op.labels),
        "Options": _pairs("options", op.options),
        **({"IPAM": {"Driver": "default", "Config": configs}} if configs else {}),
    }


def network_needs(body: dict[str, Any]) -> frozenset[HostPower]:
    """Host powers that making such a network is."""
    return network_powers(body)


def _config(at: int, given: Subnet) -> dict[str, str]:
    whole = _range(f"subnets[{at}].subnet", given.subnet)
    config = {"Subnet": str(whole)}
    if given.gateway:
        config["Gateway"] = _inside(f"subnets[{at}].gateway", given.gateway, whole)
    if given.ip_range:
        part = _range(f"subnets[{at}].ip_range", given.ip_range)
        if part.version != whole.version or not part.subnet_of(whole):  # pyright: ignore[reportArgumentType] - same version
            raise Invalid.field(f"subnets[{at}].ip_range", f"{part} is not a part of {whole}")
        config["IPRange"] = str(part)
    return config


def _range(field: str, text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError as wrong:
        raise Invalid.field(field, f"{wrong}; write it in CIDR form: `172.30.0.0/16`") from None


def _inside(field: str, text: str, whole: IPv4Network | IPv6Network) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        raise Invalid.field(field, f"{text!r} is no address") from None
    if address not in whole:
        raise Invalid.field(field, f"{address} is not in {whole}")
    return str(address)


def _pairs(field: str, pairs: tuple[Pair, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        if pair.name in found:
            raise Invalid.field(field, f"{pair.name} is given twice")
        found[pair.name] = pair.value
    return found
