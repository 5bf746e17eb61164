"""How the topic of recent runs is fed."""

from collections.abc import AsyncIterator

from monitor.core.context import QueryContext
from monitor.core.parts import Parts
from monitor.core.runs import RUNS, RecentRuns
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

    async def watch(self, ctx: QueryContext, topic: WatchRuns) -> AsyncIterator[Item[Runs] | Snapshot]:
        """Those of every resource, then each that changes; None once the resource is gone."""
        listener = self._parts.bus.listen(RUNS)
        known: set[str] = set()
        try:
            for runs in self._runs.all(topic.type):
                if self._parts.permit.readable(ctx.caller, runs.type, runs.resource):
                    known.add(runs.resource)
                    yield Item(key=runs.resource, data=runs)
            yield Snapshot.DONE
            async for id, runs in listener:
                if runs is None:
                    if id in known:
                        known.discard(id)
                        yield Item(key=id, data=None)
                elif topic.type in ("", runs.type) and self._parts.permit.readable(ctx.caller, runs.type, id):
                    known.add(id)
                    yield Item(key=id, data=runs)
        finally:
            self._parts.bus.leave(RUNS, listener)
