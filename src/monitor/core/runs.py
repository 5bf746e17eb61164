"""Runs: how the last actions on each resource ended, kept in memory so that lists can show them."""

from sys import intern

import msgspec
from msgspec import structs

from monitor.core.bus import Bus
from monitor.core.catalog import Catalog, resource_kind
from monitor.core.memory import Listener, Memory
from monitor.features.activity.spec import Run, Runs
from monitor.kernel.activity import Activity, State, Who
from monitor.kernel.operation import Kind
from monitor.kernel.registry import Registry
from monitor.store.contract import Where

RUNS = "runs"
"""The bus's topic: Runs by the resource's id."""
_KEPT = 16
_LONGEST = 500
_PEOPLE = 20
"""So many more than before, and those no run names any more are forgotten."""
_ENDS = tuple(s.value for s in State if s.ended)


class RecentRuns:
    """The last runs of every resource of a type that has actions."""

    def __init__(self, memory: Memory, catalog: Catalog, registry: Registry, bus: Bus) -> None:
        self._memory = memory
        self._catalog = catalog
        self._bus = bus
        counted = (n for n, o in registry.operations.items() if o.kind is Kind.ACTION and o.counts and not o.attended)
        self._actions = set(counted)
        self._types = sorted({name.partition(".")[0] for name in self._actions} & registry.types.keys())
        self._runs: dict[str, Runs] = {}
        self._people: dict[Who, Who] = {}
        """One of each, however many runs name him."""
        self._most_people = _PEOPLE
        for type in self._types:
            memory.listen(resource_kind(type), self._forget(type))

    async def load(self) -> None:
        """Read them from the record: one look at an index and a few documents for each resource."""
        for type in self._types:
            for id in list(self._catalog.all(type)):
                where = [
                    Where(path="what.id", equals=id),
                    Where(path="operation", among=tuple(self._actions)),
                    Where(path="state", among=_ENDS),
                ]
                found = await self._memory.store.find("activity", where, descending=True, limit=_KEPT)
                self._put(type, id, [run_of(msgspec.json.decode(d.body, type=Activity)) for d in found.docs])

    def all(self) -> list[Runs]:
        """Of every resource that has any."""
        return list(self._runs.values())

    def of(self, resource: str) -> Runs | None:
        """Of one resource; None where there were none."""
        return self._runs.get(resource)

    def keep(self, activity: Activity) -> None:
        """An activity has ended, or was added to after its end."""
        what = activity.what
        if activity.operation not in self._actions or what is None or what.type not in self._types:
            return
        if self._catalog.get(what.type, what.id) is None:
            return
        known = self._runs.get(what.id)
        others = [r for r in known.items if r.activity != activity.id] if known else []
        self._put(what.type, what.id, [*others, run_of(activity)])
        self._bus.publish(RUNS, what.id, self._runs[what.id])

    def _put(self, type: str, id: str, runs: list[Run]) -> None:
        if runs:
            runs = [structs.replace(r, who=self._people.setdefault(r.who, r.who)) for r in runs]
            newest = sorted(runs, key=lambda r: (r.ended, r.activity))[-_KEPT:]
            self._runs[id] = Runs(resource=id, type=type, items=tuple(newest))
            if len(self._people) > self._most_people:
                self._people = {run.who: run.who for kept in self._runs.values() for run in kept.items}
                self._most_people = len(self._people) + _PEOPLE

    def _forget(self, type: str) -> Listener:
        def changed(id: str, value: object) -> None:
            if value is None and self._runs.pop(id, None) is not None:
                self._bus.publish(RUNS, id, None)

        return changed


def run_of(activity: Activity) -> Run:
    """What is kept of an activity that has ended."""
    ended = activity.ended or activity.created
    return Run(
        activity=activity.id,
        operation=intern(activity.operation),
        state=activity.state,
        ended=ended,
        seconds=round((ended - activity.started).total_seconds(), 3) if activity.started else 0.0,
        summary=activity.summary[:_LONGEST],
        error=activity.error[:_LONGEST],
        hint=activity.hint[:_LONGEST],
        who=activity.who,
    )
