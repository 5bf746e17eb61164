"""Sampling: the samples history takes, held against the rules on figures. What is and was well costs a look."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from monitor.core.catalog import Record
from monitor.core.history.history import Taken
from monitor.core.parts import Parts
from monitor.features.alerts.causes import cause_of
from monitor.features.alerts.culprits import Culprits
from monitor.features.alerts.filling import Filling
from monitor.features.alerts.keeper import Keeper
from monitor.features.alerts.live import Seen
from monitor.features.alerts.rulebook import Rulebook, Watch
from monitor.features.alerts.stored import Key
from monitor.features.alerts.subjects import subject_of
from monitor.kernel.measures import figures_by_owner
from monitor.kernel.samples import ContainerSample
from monitor.resources.alert_rule.conditions import FIGURES, ContainerFigure, DiskFull, ServerFigure
from monitor.resources.alert_rule.figures import Figures, figures_of

_LATE = 60.0
"""Seconds after which a sample tells of a time that is over."""
_NO_MORE = 300.0
"""Seconds without a figure, while its server sends others, after which there is none any more."""
NO_FIGURE = "it is not measured any more"
Whose = Callable[[str, ContainerSample], str]
_NO_FIGURES: dict[str, float] = {}


class Sampling:
    """Of one core."""

    def __init__(self, parts: Parts, book: Rulebook, keeper: Keeper, filling: Filling, whose: Whose) -> None:
        self._parts = parts
        self._book = book
        self._keeper = keeper
        self._filling = filling
        self._whose = whose

    def take(self, server: str, samples: Iterable[Taken]) -> None:
        """What a host recorded, oldest first; more than one where it could not be told in time."""
        record = self._parts.catalog.get("server", server)
        taken = list(samples)
        if record is None or not taken:
            return
        now = self._parts.clock.now().timestamp()
        for one in taken:
            self._take(record, one, late=one is not taken[-1] and now - one.at > _LATE)
        self._end_the_silent(server, now)

    def _take(self, record: Record, taken: Taken, *, late: bool) -> None:
        at, sample = taken.at, taken.sample
        watches = self._book.of("server", record.id)
        if watches.figures:
            figures = figures_of(sample.stats, taken.figures)
            culprits = Culprits(sample, partial(self._whose, record.id))
            for watch in watches.figures:
                self._figures(record, watch, at, figures, culprits, late=late)
        if sample.containers and self._book.has_container_figures:
            self._containers(record, at, sample.containers, late=late)

    def _figures(
        self, record: Record, watch: Watch, at: float, figures: Figures, culprits: Culprits, *, late: bool
    ) -> None:
        what, terms = watch.what, watch.terms
        found: Mapping[str, float | None]
        if isinstance(what, DiskFull):
            found = self._filling.hours(record.id, at, figures)
        elif isinstance(what, ServerFigure):
            found = figures.get(what.measure, _NO_FIGURES)
        else:
            return
        live = self._keeper.live
        for thing, value in found.items():
            if what.of and thing != what.of:
                continue
            key = Key(watch.rule, "server", record.id, thing)
            if key in live or (value is not None and terms.asks(value)):
                self._see(watch, key, record, at, value, late=late, culprit=partial(culprits.of, what, thing))

    def _containers(self, record: Record, at: float, samples: tuple[ContainerSample, ...], *, late: bool) -> None:
        """A deployment's containers count together, as history has them."""

        def owner(sample: ContainerSample) -> tuple[str, str, str]:
            deployment = self._whose(record.id, sample)
            return ("deployment", deployment, "") if deployment else ("server", record.id, sample.name)

        found = figures_by_owner(samples, owner)
        for (type, id, thing), figures in found.items():
            of = self._book.of(type, id)
            for watch in of.figures if type == "deployment" else of.container_figures:
                value = figures.get(watch.what.measure) if isinstance(watch.what, ContainerFigure) else None
                if value is not None:
                    self._see(watch, Key(watch.rule, type, id, thing), record, at, value, late=late)

    def _see(
        self,
        watch: Watch,
        key: Key,
        record: Record,
        at: float,
        value: float | None,
        *,
        late: bool,
        culprit: Callable[[], tuple[str, str]] | None = None,
    ) -> None:
        subject = partial(subject_of, self._parts, key.type, key.id, key.thing)
        seen = Seen(at=at, value=value, subject=subject, culprit=culprit, cause=cause_of(watch.what))
        self._keeper.see(watch, key, record.id, seen, late=late)

    def _end_the_silent(self, server: str, now: float) -> None:
        """A disk that was taken out, a container that is gone: nothing is stuck for want of figures."""
        for live in self._keeper.on(server):
            watch = self._book.find(live.key.rule, live.key.type, live.key.id)
            if watch is not None and isinstance(watch.what, FIGURES) and now - live.looked > _NO_MORE:
                self._keeper.end(live, NO_FIGURE)
