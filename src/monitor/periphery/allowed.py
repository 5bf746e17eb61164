"""AllowedAddresses: who may call this agent, by IP address; nobody unless told."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

from monitor.kernel.errors import Invalid
from monitor.kernel.pinning import write_whole

_Address = IPv4Address | IPv6Address
_Network = IPv4Network | IPv6Network


class AllowedAddresses:
    """Addresses and networks, IPv4 and IPv6."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._networks = tuple(_network(entry) for entry in entries)

    def __contains__(self, peer: str) -> bool:
        try:
            address = _plain(ip_address(peer.partition("%")[0]))
        except ValueError:
            return False
        return any(address in network for network in self._networks if network.version == address.version)


def allowed_file(state: Path) -> Path:
    """Where join writes core's address, one entry a line."""
    return state / "allowed_ips"


def read_allowed(state: Path) -> tuple[str, ...]:
    """What join wrote."""
    try:
        lines = allowed_file(state).read_text().splitlines()
    except FileNotFoundError:
        return ()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def write_allowed(state: Path, entries: Iterable[str]) -> None:
    """Replace what an earlier join wrote."""
    checked = [str(_network(entry)) for entry in entries]
    write_whole(allowed_file(state), "".join(f"{entry}\n" for entry in checked).encode())


def _network(entry: str) -> _Network:
    try:
        network = ip_network(entry.strip(), strict=False)
    except ValueError:
        raise Invalid.field("allowed_ips", f"{entry!r} is no address or network; use 10.0.0.5 or 10.0.0.0/24") from None
    # ::ffff:10.0.0.0/104 means 10.0.0.0/8: peers are compared in their plain form.
    mapped = network.network_address.ipv4_mapped if isinstance(network, IPv6Network) else None
    if mapped is not None and network.prefixlen >= 96:
        return IPv4Network((mapped, network.prefixlen - 96), strict=False)
    return network


def _plain(address: _Address) -> _Address:
    """An IPv4 peer of an IPv6 socket comes as ::ffff:10.0.0.5."""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
