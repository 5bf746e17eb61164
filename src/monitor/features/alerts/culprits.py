"""Culprits: which container or process likely causes a server's figure: by the newest sample of its containers, and by
what the host says of its programs.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Literal, NamedTuple

from monitor.abilities.stats.calls import TopProgram
from monitor.kernel.hostview import HostStats
from monitor.kernel.samples import ContainerSample, Sample
from monitor.resources.alert_rule.conditions import DiskFull, ServerFigure
from monitor.resources.alert_rule.phrases import figure_in_words


class _By(NamedTuple):
    name: str
    unit: str
    words: str


_CPU = _By("cpu", "percent", "of one core")
_MEMORY = _By("memory", "bytes", "of memory")
_WRITTEN = _By("written", "rate", "written")
_BY = {
    **dict.fromkeys(("cpu", "cpu_user", "load", "load5", "load15", "load_per_core", "pressure_cpu"), _CPU),
    **dict.fromkeys(("memory", "memory_used", "swap", "swap_used", "pressure_memory"), _MEMORY),
    "received": _By("received", "rate", "in"),
    "sent": _By("sent", "rate", "out"),
    "read": _By("read", "rate", "read"),
    **dict.fromkeys(("written", "pressure_io", "cpu_iowait"), _WRITTEN),
}
"""By which figure of containers one of a server is explained."""
_PROGRAMS: dict[_By, Literal["cpu", "memory"]] = {_CPU: "cpu", _MEMORY: "memory"}
_DISKS = ("disk", "disk_used")
_DOCKERS = "Docker's "
_SHARE = 0.1
"""Of what is used: what takes less explains little."""
_OLD = timedelta(hours=6)
"""What Docker takes is counted about once an hour, where it can be."""
_NOBODY = 0.0, None
_LEAST = {_CPU: 5.0}
"""Who uses less explains nothing: of a peak that is over, or a low level, the busiest of idle ones is no cause."""

Fields = dict[str, Any]
"""Of an alert."""
Whose = Callable[[ContainerSample], str]
"""The deployment a container is, if it is one's."""


class Culprits:
    """Of one sample; looked for only when somebody asks."""

    def __init__(self, sample: Sample, whose: Whose) -> None:
        self._sample = sample
        self._whose = whose

    def of(self, what: ServerFigure | DiskFull, thing: str) -> tuple[str, str]:
        """`container shop, 180% of one core`, and the deployment it is; nothing where none stands out."""
        measure = "disk" if isinstance(what, DiskFull) else "" if what.under else what.measure
        if measure in _DISKS:
            return docker_on(self._sample.stats, thing), ""
        by = _BY.get(measure)
        if by is None:
            return "", ""
        most, container = _most(self._sample.containers, by)
        return (_container(container, most, by), self._whose(container)) if container else ("", "")


def docker_on(stats: HostStats, mount: str) -> str:
    """`Docker's volumes, 41 GiB of the 80 GiB used`: what takes most of a file system, of all that Docker has there."""
    use, disk = stats.docker_use, next((one for one in stats.disks if one.mount == mount), None)
    if use is None or disk is None or use.mount != mount or stats.at - use.at > _OLD:
        return ""
    found = {
        "images": use.images,
        "volumes": use.volumes,
        "build cache": use.build_cache,
        "containers, what they wrote into themselves": use.containers,
    }
    what, most = max(found.items(), key=lambda pair: pair[1])
    if most < _SHARE * disk.used or most > disk.used:
        return ""
    size, used = (figure_in_words(figure, "bytes") for figure in (most, disk.used))
    return f"{_DOCKERS}{what}, {size} of the {used} used"


def names_nobody(culprit: str) -> bool:
    """Whether no container is named: whoever may read the server may know what all of Docker takes there."""
    return culprit.startswith(_DOCKERS)


def programs_by(measure: str) -> Literal["cpu", "memory"] | None:
    """By what a host's programs are asked for; None: they say nothing about that figure."""
    by = _BY.get(measure)
    return _PROGRAMS.get(by) if by else None


def blamed(measure: str, programs: Iterable[TopProgram], containers: Iterable[ContainerSample], whose: Whose) -> Fields:
    """The busiest container with its busiest process; or one that is in none, where that uses more. Nothing where the
    host names none: then it stays as it was.
    """
    by, programs = _BY[measure], tuple(programs)
    samples = {sample.id: sample for sample in containers}
    most, container = _most(samples.values(), by)
    alone = next((one for one in programs if one.container not in samples and one.of_all), None)
    if alone is not None and alone.of_all > max(most, _LEAST.get(by, 0.0)):
        return {"culprit": "", "culprit_of": "", "culprit_process": _process(alone, alone.of_all, by)}
    inside = next((one for one in programs if container and one.container == container.id), None)
    if container is None or inside is None:
        return {}
    return {
        "culprit": _container(container, most, by),
        "culprit_of": whose(container),
        "culprit_process": _process(inside, inside.used, by),
    }


def _most(samples: Iterable[ContainerSample], by: _By) -> tuple[float, ContainerSample | None]:
    found = [(figure, one) for one in samples if (figure := getattr(one, by.name))]
    most, one = max(found, key=lambda pair: pair[0], default=_NOBODY)
    return (most, one) if most >= _LEAST.get(by, 0.0) else _NOBODY


def _container(container: ContainerSample, used: float, by: _By) -> str:
    return f"container {container.name}, {figure_in_words(used, by.unit)} {by.words}"


def _process(one: TopProgram, used: float, by: _By) -> str:
    """`process backup (pid 812, user root), 97% of one core`. A process may call itself anything: that is data."""
    name, user = ("".join(c if c.isprintable() else "?" for c in text) for text in (one.name, one.user))
    many = used > one.used
    first = "largest" if by is _MEMORY else "busiest"
    who = f"{one.processes} processes {name} ({first} " if many else f"process {name} ("
    whose = f", user {user}" if user else ""
    return f"{who}pid {one.pid}{whose}), {figure_in_words(used, by.unit)} {by.words}"
