"""Beside: what a new container that runs beside the old one does to take its place, with no moment without an answer.

Docker answers a name on a network people made with the addresses of all who have it, as container name or as alias;
an alias is fixed when a container joins. So the new one leaves and joins again, once it is up and before anybody asks
it anything, and only then are the names exchanged; meanwhile both answer. Before the old one is stopped it leaves and
joins again without them, while it still serves: a client that takes the first address it is given would else meet one
that has just stopped listening.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from monitor.abilities.container.endpoints import Endpoints, named
from monitor.abilities.container.shield import whole
from monitor.abilities.container.swap import Swap
from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, HostError, NotFound

_DRAIN = 1.5
"""Seconds in which who was given the old one's address gets through to it: what was lost is sent again after one."""


async def give_aliases(docker: Engine, swap: Swap, joined: Endpoints) -> bool:
    """Let the new one join its networks again, now with aliases and its name to be; whether it kept its addresses.

    Docker gives the lowest address that is free, so they stay unless a lower one has become free since the start.
    """
    before = _addresses(described(await docker.inspect(swap.new)))
    for network, settings in joined.items():
        await whole(docker.disconnect(network, swap.new))
        await whole(docker.connect(network, swap.new, named(settings, swap.name)))
    return _addresses(described(await docker.inspect(swap.new))) == before


async def take_place(docker: Engine, swap: Swap) -> None:
    """Exchange the names. The old one loses its restart policy first: once stopped it must not come back."""
    await whole(docker.set_restart_policy(swap.old, "no"))
    await whole(docker.rename(swap.old, swap.aside))
    await whole(docker.rename(swap.new, swap.name))


async def step_back(docker: Engine, clock: Clock, old: Described) -> None:
    """Let the old one be found by no alias any more, and finish what it was asked. Its address stays, and with it every
    open connection, which only pauses.
    """
    left = [network for network, endpoint in _networks(old).items() if _aliases(endpoint, old)]
    for network in left:
        # It goes soon: what cannot be done now is not needed then.
        with suppress(Conflict, HostError, NotFound):
            await whole(docker.disconnect(network, old.id))
            await whole(docker.connect(network, old.id, {}))
    if left:
        await clock.sleep(_DRAIN)


async def come_forward(docker: Engine, old: Described, new: Described) -> None:
    """Undo that, for an old one that is put back: with the aliases of the new one."""
    had = _networks(old)
    for network, endpoint in _networks(new).items():
        aliases = _aliases(endpoint, new)
        if not aliases or _aliases(had.get(network, {}), old):
            continue
        if network in had:
            await whole(docker.disconnect(network, old.id))
        await whole(docker.connect(network, old.id, {"Aliases": aliases}))


async def restart(docker: Engine, swap: Swap, note: Callable[[str], None]) -> None:
    """What it connected to meanwhile it did from addresses that are gone: let it begin again."""
    note("Docker gave the new container another address when it got its aliases: it is restarted.")
    await whole(docker.restart(swap.new, swap.terms.stop_timeout))


def _addresses(seen: Described) -> dict[str, tuple[str, str]]:
    return {n: (e.get("IPAddress") or "", e.get("GlobalIPv6Address") or "") for n, e in _networks(seen).items()}


def _networks(seen: Described) -> dict[str, dict[str, Any]]:
    return seen.network_settings.networks or {}


def _aliases(endpoint: Mapping[str, Any], seen: Described) -> list[str]:
    """Those people gave; Docker adds the beginning of its id."""
    return [alias for alias in endpoint.get("Aliases") or () if alias != seen.id[:12]]
