"""Addresses: what nothing is sent to, whatever service it is. Pure."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_CLOUDS = tuple(
    ipaddress.ip_network(known)
    for known in (
        *("168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32"),
        *("fd00:ec2::/32", "fd20:ce::254/128", "fd00:c1::a9fe:a9fe/128", "fd00:42::42/128"),
    )
)
"""Where clouds answer questions about the machine beside 169.254.0.0/16: Azure, Alibaba, Oracle; over IPv6 AWS, Google,
Oracle, Scaleway."""
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96")))
"""NAT64 (RFC 6052), a network's own (RFC 8215), and SIIT (RFC 2765)."""
_ISATAP = (0x00005EFE, 0x02005EFE)
"""The third quarter of an address that ISATAP tunnels over IPv4 (RFC 5214)."""
_THIS_NETWORK = ipaddress.ip_network("0.0.0.0/8")


def refused(address: Address) -> str:
    """What an address is that nothing is sent to; empty for one that may be."""
    address = inner(address)
    v4 = address.version == 4
    kinds = (
        (address.is_loopback, "this machine itself"),
        (address.is_link_local, "a link-local address"),
        (address.is_unspecified or (v4 and address in _THIS_NETWORK), "no address of any machine"),
        (address.is_multicast, "a multicast address"),
        (address.is_reserved and v4, "a reserved address"),
        (any(address in known for known in _CLOUDS), "a cloud's metadata service"),
    )
    return next((what for is_so, what in kinds if is_so), "")


def inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    packed = int(address)
    translated = any(address in known for known in _TRANSLATED) or (packed >> 32 & 0xFFFFFFFF) in _ISATAP
    if translated or (packed >> 32 == 0 and packed > 0xFFFF):  # the latter: IPv4-compatible, long deprecated
        return ipaddress.IPv4Address(packed & 0xFFFFFFFF)
    return address
