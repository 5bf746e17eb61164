"""Compare: a container's description beside the body it was made of. Pure."""

from collections.abc import Mapping
from typing import Any

from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.swap import part
from monitor.abilities.drift.calls import Difference
from monitor.abilities.drift.host import host_differences
from monitor.abilities.drift.networks import network_differences
from monitor.abilities.drift.settings import setting_differences
from monitor.abilities.drift.words import bounded, difference


def differences(
    name: str, body: Mapping[str, Any], image: Mapping[str, Any], found: Mapping[str, Any], *, made: bool
) -> tuple[Difference, ...]:
    """All that differs from what `body` asks for, called `name`; `image` is the description of the image it runs.

    Without `made` only what can be changed while a container lives: the rest is as it was made.
    """
    wanted = canonical(body)
    called = str(found.get("Name") or "").lstrip("/")
    told = [difference("Name", name, called)] if called != name else []
    told += host_differences(part(wanted, "HostConfig"), part(found, "HostConfig"), made=made)
    told += network_differences(wanted, found)
    if made:
        told += setting_differences(wanted, part(image, "Config"), part(found, "Config"))
    return bounded(told)
