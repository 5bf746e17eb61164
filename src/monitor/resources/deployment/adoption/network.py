"""A container's networks, published ports and names."""

from monitor.resources.deployment.adoption.told import Told, items, part

_BUILT_IN = ("bridge", "host", "none")


def network_fields(told: Told, left: list[str]) -> Told:
    """Ports, network or networks, host name, extra hosts, name servers."""
    host, made = part(told, "HostConfig"), part(told, "Config")
    id = str(told.get("Id", ""))
    mode = str(host.get("NetworkMode") or "default")
    mode = "bridge" if mode == "default" else mode
    joined = part(part(told, "NetworkSettings"), "Networks")
    hostname = str(made.get("Hostname") or "")
    inherits = mode == "host" or ":" in mode
    return {
        "ports": [p for key, bindings in part(host, "PortBindings").items() for p in _ports(key, bindings, left)],
        **_networks(mode, joined, (id[:12], str(told.get("Name", "")).lstrip("/")), left),
        "hostname": "" if inherits or id.startswith(hostname) else hostname,
        "extra_hosts": [_extra(entry) for entry in items(host, "ExtraHosts")],
        "dns": items(host, "Dns"),
    }


def _ports(key: str, bindings: list[Told] | None, left: list[str]) -> list[Told]:
    number, _, protocol = key.partition("/")
    found: list[Told] = []
    for binding in bindings or [{}]:
        port = str(binding.get("HostPort") or "0")
        if not port.isdigit():
            left.append(f"the range of host ports {port} for {key}")
            continue
        address = str(binding.get("HostIp") or "")
        found.append({"container": int(number), "host": int(port), "protocol": protocol or "tcp", "address": address})
    return found


def _networks(mode: str, joined: dict[str, Told], own: tuple[str, ...], left: list[str]) -> Told:
    if mode in _BUILT_IN or ":" in mode:
        left += [f"the network {name}, which it joined beside {mode}" for name in joined if name != mode]
        return {"network": mode}
    # A container made with a network's id has that as its mode.
    first = next((n for n, e in joined.items() if mode in (n, e.get("NetworkID"))), mode)
    rest = [name for name in joined if name != first]
    return {"networks": [_attachment(name, joined.get(name) or {}, own) for name in (first, *rest)]}


def _attachment(name: str, endpoint: Told, own: tuple[str, ...]) -> Told:
    fixed = part(endpoint, "IPAMConfig")
    return {
        "name": name,
        "aliases": [alias for alias in dict.fromkeys(items(endpoint, "Aliases")) if alias not in own],
        "ipv4_address": fixed.get("IPv4Address") or "",
        "ipv6_address": fixed.get("IPv6Address") or "",
    }


def _extra(entry: str) -> Told:
    name, _, address = entry.partition(":")
    return {"name": name, "address": address}
