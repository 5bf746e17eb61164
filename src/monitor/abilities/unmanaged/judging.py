"""Judging: whether a container is still the one, and still nobody's, that core decided about. Pure."""

from collections.abc import Mapping

from monitor.abilities.container.calls import Label
from monitor.abilities.unmanaged.calls import Unmanaged
from monitor.kernel.errors import HostError, NotFound


def judge(meant: Unmanaged, id: str, labels: Mapping[str, str]) -> None:
    """NotFound for another container; HostError for one that belongs to a deployment of any Monitor."""
    if id != meant.id:
        raise NotFound(f"there is no container with the id {meant.id[:12]} on this host")
    carried = (labels.get(Label.CORE, ""), labels.get(Label.DEPLOYMENT, ""))
    if carried != (meant.core, meant.deployment):
        raise HostError(
            f"the container {meant.name} belongs to a deployment: its labels say so.",
            hint="ask for it through its deployment; if that is another Monitor's, there",
        )
