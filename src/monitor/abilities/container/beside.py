"""Beside: what a new container that runs beside the old one does to take its place, with no moment without an answer.

Docker answers a name on a network people made with the addresses of all who have it, as container name or as alias;
an alias is fixed when a container joins. So the new one leaves and joins again, once it is up and before anybody asks
it anything, and only then are the names exchanged; meanwhile both answer.
"""

from collections.abc import Callable

from monitor.abilities.container.endpoints import Endpoints, named
from monitor.abilities.container.shield import whole
from monitor.abilities.container.swap import Swap
from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine


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


async def restart(docker: Engine, swap: Swap, note: Callable[[str], None]) -> None:
    """What it connected to meanwhile it did from addresses that are gone: let it begin again."""
    note("Docker gave the new container another address when it got its aliases: it is restarted.")
    await whole(docker.restart(swap.new, swap.terms.stop_timeout))


def _addresses(seen: Described) -> dict[str, tuple[str, str]]:
    networks = seen.network_settings.networks or {}
    return {n: (e.get("IPAddress") or "", e.get("GlobalIPv6Address") or "") for n, e in networks.items()}
