"""Offers: what a daemon has that containers ask for by name, from its own answers. Pure."""

from typing import Any, cast

from monitor.kernel.offers import DockerOffers


def offers_of(info: dict[str, Any], networks: list[dict[str, Any]]) -> DockerOffers:
    """From what GET /info and GET /networks answer."""
    plugins = cast("dict[str, list[str] | None]", info.get("Plugins") or {})
    return DockerOffers(
        networks=tuple(sorted({str(network.get("Name", "")) for network in networks})),
        network_ids=tuple(sorted({str(network.get("Id", "")) for network in networks})),
        log_drivers=tuple(sorted(plugins.get("Log") or ())),
        volume_drivers=tuple(sorted(plugins.get("Volume") or ())),
        runtimes=tuple(sorted(cast("dict[str, Any]", info.get("Runtimes") or {}))),
    )
