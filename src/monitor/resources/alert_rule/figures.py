"""Figures: what of a server's sample a rule may watch, beside what is kept of it. Pure."""

from collections.abc import Mapping

from monitor.kernel.hostview import HostStats, percent
from monitor.kernel.measures import SERVER_MEASURES, Measure, Unit

_OWN = (
    Measure("disk", "File system", Unit.PERCENT, each="disk"),
    Measure("inodes", "Inodes of file system", Unit.PERCENT, each="disk"),
    Measure("temperature", "Temperature", Unit.CELSIUS, each="sensor"),
    Measure("load_per_core", "5-minute load per core", Unit.LOAD),
)
"""`disk`, `inodes` and `temperature` are kept as the worst of all; each is watched by itself, so that a full disk
beside a healthy one is an alert of its own, however they are ordered."""
OF_SERVERS = {**{measure.name: measure for measure in SERVER_MEASURES}, **{own.name: own for own in _OWN}}
PAST_OF = {"inodes": ("disk_inodes",), "temperature": ("sensor",), "disk": ("disk_used", "disk_total")}
"""Under which names history has them."""

Figures = dict[str, dict[str, float]]
"""By measure, by the thing it is of; of what there is one of, an empty text."""


def figures_of(stats: HostStats, figures: Mapping[str, float]) -> Figures:
    """All of one sample, of which these are kept."""
    found: Figures = {}
    for key, figure in figures.items():
        name, _, thing = key.partition(":")
        if name in PAST_OF:
            continue
        known = found.get(name)
        if known is None:
            found[name] = {thing: figure}
        else:
            known[thing] = figure
    found["inodes"] = found.get("disk_inodes", {})
    found["temperature"] = found.get("sensor", {})
    found["disk"] = {disk.mount: percent(disk.used, disk.total) for disk in stats.disks if disk.total}
    if stats.cores:
        found["load_per_core"] = {"": stats.load[1] / len(stats.cores)}
    return found
