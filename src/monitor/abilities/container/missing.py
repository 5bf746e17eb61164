"""Missing: what a body needs of its host and this one has not, all at once and before anything is touched."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.published import Published, published
from monitor.abilities.container.wants import Lack, Wants, lacking, wants
from monitor.abilities.docker.described import Listed, listed
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.networks import Networks
from monitor.abilities.docker.offers import offers_of
from monitor.kernel.errors import HostError, MonitorError
from monitor.kernel.sentence import listed as in_a_row

_BUILT_IN = ("", "none", "json-file", "local", "journald")
"""Log drivers of every Docker: it is asked for the others alone, since to tell them takes it long."""
_IN_CONTAINER = Path("/.dockerenv")


async def missing(docker: Engine, body: dict[str, Any], replaces: Callable[[], Awaitable[str]]) -> HostError | None:
    """All of it with the ways out, or nothing where all is there, or it cannot be told now: then Docker will say it.
    `replaces` answers the id of the container that gives way, whose ports are free by then; or nothing.
    """
    try:
        docker.judge(body)  # what the host does not allow says nothing of what it has
        lacks, taken = await _lacks(docker, wants(body)), await _taken(docker, published(body), replaces)
    except MonitorError:
        return None
    return _told(lacks, taken) if lacks or taken else None


async def _lacks(docker: Engine, wanted: Wants) -> list[Lack]:
    drivers = wanted.volume_drivers or wanted.runtime or wanted.log_driver not in _BUILT_IN
    info = await docker.info() if drivers else {}
    networks = await Networks(docker).all() if wanted.networks else []
    found = list(lacking(wanted, offers_of(info, networks)))
    for name in wanted.containers:
        if await find_or_none(docker, name) is None:
            way = "start the container first whose network, processes or volumes it shares, or check its name"
            found.append(Lack(f"no container {name}", way))
    return [*found, *_devices(wanted)]


def _devices(wanted: Wants) -> list[Lack]:
    if _IN_CONTAINER.exists():  # there an agent sees devices of its own
        return []
    gone = [path for path in wanted.devices if not os.path.lexists(path)]
    return [Lack(f"no device {path}", "check the device's path: the host has no such device") for path in gone]


async def _taken(docker: Engine, wanted: tuple[Published, ...], replaces: Callable[[], Awaitable[str]]) -> list[Lack]:
    if not wanted:
        return []
    own = await replaces()
    others = [item for item in map(listed, await docker.containers()) if item.id != own]
    way = "publish another port, or stop what holds this one"
    return [
        Lack(f"port {port.port} is taken by the container {item.called}", way)
        for port in wanted
        for item in others
        if any(port.clashes(held) for held in _held(item))
    ]


def _held(item: Listed) -> list[Published]:
    """Of one that runs; Docker tells of no other."""
    return [Published(port.address, port.public_port, port.type) for port in item.ports or () if port.public_port]


def _told(lacks: list[Lack], taken: list[Lack]) -> HostError:
    """`this host has no network a and no log driver b; port 80 is taken by the container c.`"""
    parts = [f"this host has {in_a_row([lack.what for lack in lacks])}"] if lacks else []
    parts += [lack.what for lack in taken]
    return HostError(f"{'; '.join(parts)}.", hint="; ".join(dict.fromkeys(lack.way for lack in (*lacks, *taken))))
