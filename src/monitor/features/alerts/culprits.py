"""Culprits: which container likely causes a server's figure, by the newest sample of all of them."""

from collections.abc import Callable

from monitor.kernel.samples import ContainerSample, Sample
from monitor.resources.alert_rule.phrases import figure_in_words

_BY = {
    "cpu": ("cpu", "percent", "of one core"),
    "cpu_user": ("cpu", "percent", "of one core"),
    "load": ("cpu", "percent", "of one core"),
    "load5": ("cpu", "percent", "of one core"),
    "load15": ("cpu", "percent", "of one core"),
    "load_per_core": ("cpu", "percent", "of one core"),
    "pressure_cpu": ("cpu", "percent", "of one core"),
    "memory": ("memory", "bytes", "of memory"),
    "memory_used": ("memory", "bytes", "of memory"),
    "swap": ("memory", "bytes", "of memory"),
    "swap_used": ("memory", "bytes", "of memory"),
    "pressure_memory": ("memory", "bytes", "of memory"),
    "received": ("received", "rate", "in"),
    "sent": ("sent", "rate", "out"),
    "read": ("read", "rate", "read"),
    "written": ("written", "rate", "written"),
    "pressure_io": ("written", "rate", "written"),
    "cpu_iowait": ("written", "rate", "written"),
}
"""By which figure of containers one of a server is explained."""


class Culprits:
    """Of one sample; looked for only when somebody asks."""

    def __init__(self, server: str, sample: Sample, whose: Callable[[str, ContainerSample], str]) -> None:
        self._server = server
        self._sample = sample
        self._whose = whose

    def of(self, measure: str) -> tuple[str, str]:
        """`container shop, 180 % of one core`, and the deployment it is; nothing where none stands out."""
        by = _BY.get(measure)
        if by is None:
            return "", ""
        name, unit, words = by
        found = [(figure, c) for c in self._sample.containers if (figure := getattr(c, name)) is not None]
        most, container = max(found, key=lambda pair: pair[0], default=(0.0, None))
        if container is None or not most:
            return "", ""
        deployment = self._whose(self._server, container)
        return f"container {container.name}, {figure_in_words(most, unit)} {words}", deployment
