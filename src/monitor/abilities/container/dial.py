"""Dial: asking a container whether it answers, at the address Docker gave it and at no other."""

import asyncio
import ipaddress
from typing import Any

from monitor.abilities.container.probes import HttpProbe, TcpProbe
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import NotFound

PATIENCE = 5.0
"""Seconds one try may take; less where less is left of the time that a container is given to come up."""
_LEAST = 1.0
"""Seconds every try may take, so that the last one is one."""
_LINE = 4096
"""Bytes of an answer that are read at most: its first line. The rest says nothing about whether it is up."""
_ROUTED = ("bridge",)
"""Drivers whose addresses belong to the container and are reached from its host. A macvlan's address is one of the
network outside, where another machine may have it.
"""


async def dialled(
    docker: Engine, clock: Clock, seen: Described, probe: HttpProbe | TcpProbe, left: float = PATIENCE
) -> str:
    """Why it does not answer, in a few words; empty if it does. `left`: seconds until nobody waits for it any more."""
    patience = min(PATIENCE, max(left, _LEAST))
    addresses = await _addresses(docker, seen)
    why = "it has no address of its own that this host reaches"
    for address in addresses:
        try:
            async with deadline(clock, patience):
                why = await _ask(address, probe)
        except TimeoutError:
            why = f"no answer within {patience:.2g} s at {_place(address, probe.port)}"
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as failure:
            why = f"{_reason(failure)} at {_place(address, probe.port)}"
        if not why:
            return ""
    return why


async def _addresses(docker: Engine, seen: Described) -> list[str]:
    """Its own, as Docker's address management gave them; none of what its labels, ports or environment say."""
    found: list[str] = []
    for name, endpoint in sorted((seen.network_settings.networks or {}).items()):
        given = [endpoint.get("IPAddress"), endpoint.get("GlobalIPv6Address")]
        usable = [address for address in given if address and _is_usable(address)]
        if usable and await _is_routed(docker, endpoint.get("NetworkID") or name):
            found += usable
    return found


def _is_usable(address: str) -> bool:
    """Not one that would lead to the host itself, or to a cloud's own services."""
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_unspecified or parsed.is_multicast or parsed.is_link_local)


async def _is_routed(docker: Engine, network: str) -> bool:
    try:
        told: dict[str, Any] = await docker.network(network)
    except NotFound:
        return False
    return told.get("Driver") in _ROUTED


async def _ask(address: str, probe: HttpProbe | TcpProbe) -> str:
    reader, writer = await asyncio.open_connection(address, probe.port, limit=_LINE)
    try:
        if isinstance(probe, TcpProbe):
            return ""
        place = _place(address, probe.port)
        lines = (f"GET {probe.path} HTTP/1.1", f"Host: {place}", "User-Agent: monitor", "Accept: */*")
        writer.write("\r\n".join((*lines, "Connection: close", "", "")).encode("ascii"))
        await writer.drain()
        status = _status((await reader.readuntil(b"\n")).decode("latin-1"))
        return "" if probe.status_from <= status <= probe.status_to else f"it answers {status} at {place}{probe.path}"
    finally:
        writer.transport.abort()


def _status(line: str) -> int:
    protocol, _, rest = line.partition(" ")
    if not protocol.startswith("HTTP/1.") or not rest[:3].isdecimal():
        raise ValueError("no HTTP answer")
    return int(rest[:3])


def _place(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _reason(failure: Exception) -> str:
    match failure:
        case ConnectionRefusedError():
            return "nothing listens"
        case EOFError() | ConnectionError():
            return "it closed the connection"
        case ValueError() | asyncio.LimitOverrunError():
            return "it speaks no HTTP/1"
        case _:
            return str(failure.strerror if isinstance(failure, OSError) and failure.strerror else failure)
