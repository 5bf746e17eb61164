"""How the topic of recent runs is fed."""

from collections.abc import AsyncIterator

from msgspec import structs

from monitor.core.context import QueryContext
from monitor.core.parts import Parts
from monitor.core.runs import RUNS, RecentRuns
from monitor.core.topic import keyed
from monitor.features.activity.spec import Runs, WatchRuns
from monitor.kernel.stream import Item, Snapshot, StreamHandler


class RunsFeature:
    """Shows each caller the runs of what he may read."""

    def __init__(self, parts: Parts, runs: RecentRuns) -> None:
        self._parts = parts
        self._runs = runs

    def handlers(self) -> tuple[StreamHandler, ...]:
        """The topic."""
        return (StreamHandler(WatchRuns, self.watch),)

    def watch(self, ctx: QueryContext, topic: WatchRuns) -> AsyncIterator[Item[Runs] | Snapshot]:
        """Those of every resource, then each that changes; None once the resource is gone."""

        def show(id: str, runs: Runs) -> Runs | None:
            wanted = topic.type in ("", runs.type)
            if not wanted or not self._parts.permit.readable(ctx.caller, runs.type, id):
                return None
            return structs.replace(runs, items=runs.items[-topic.most :])

        return keyed(self._parts.bus, RUNS, lambda: [(r.resource, r) for r in self._runs.all()], show)
