"""Matrix: every declared operation and topic asked for by every kind of caller, and what comes out held against the
oracle; holes are named. A new operation or type is in it by being declared.
"""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from msgspec import Struct

from monitor.core.context import QueryContext
from monitor.kernel.activity import Activity
from monitor.kernel.download import Download
from monitor.kernel.errors import Forbidden, MonitorError, NotFound, NotSignedIn
from monitor.kernel.operation import ActionHandler
from monitor.kernel.permission import Level
from monitor.kernel.standard import AnyType
from monitor.kernel.stream import Snapshot
from monitor.kernel.wire import from_user
from monitor.testing.lab import CANARY, Case, Lab
from monitor.testing.oracle import Place, Standing, Verdict, expected, standings
from monitor.testing.samples import parameters, unmarked


class Hole(Struct, frozen=True):
    """Where core and the oracle disagree."""

    name: str
    standing: str
    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.name} of {self.place} by {self.standing}: {self.says}"


class Asked(Struct, frozen=True):
    """One question: an operation or topic, who asks, and where."""

    name: str
    declared: Any
    op: Any
    case: Case
    place: Place


class Matrix:
    """Asks in a lab. CannotMake when an operation's parameters cannot be made up."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self._acted = False
        """Whether the last question may have changed something: it was not just refused."""

    async def holes(self) -> AsyncIterator[Hole]:
        """Everything but what configs name (nested.py)."""
        for hole in self.misnamed():
            yield hole
        for name in self.lab.registry.operations:
            async for hole in self.operation(name):
                yield hole
        for name in self.lab.registry.streams:
            async for hole in self.topic(name):
                yield hole

    def misnamed(self) -> list[Hole]:
        """Fields called like a resource type that do not say that they name one."""
        names = frozenset(self.lab.registry.types)
        said = "this field names a resource without saying so"
        return [
            Hole(f"{type.name}.create", "anybody", path, said)
            for type in self.lab.registry.types.values()
            for path in unmarked(type.config, names)
        ]

    async def operation(self, name: str) -> AsyncIterator[Hole]:
        """One operation by every caller at every place."""
        declared = self.lab.registry.operations[name]
        type, own_type = self._type(name)
        case: Case | None = None
        for standing in standings():
            for place in _places(declared, own_type):
                case = await self.lab.case(type, standing, None if self._acted else case)
                given = parameters(declared, self.lab.refer)
                if "name" in given:
                    given["name"] = self.lab.new_name()
                op = from_user({"op": name, "target": case.target(place), **given}, declared)
                for says in await self._ask(Asked(name, declared, op, case, place)):
                    yield Hole(name, standing.name, place, says)

    async def topic(self, name: str) -> AsyncIterator[Hole]:
        """One topic by every caller at every place, as far as its snapshot."""
        declared = self.lab.registry.streams[name]
        type, own_type = self._type(name)
        case: Case | None = None
        for standing in standings():
            for place in _places(declared, own_type):
                case = await self.lab.case(type, standing, case)
                op = from_user({"topic": name, "target": case.target(place)}, declared)
                for says in await self._listen(Asked(name, declared, op, case, place)):
                    yield Hole(name, standing.name, place, says)

    def _type(self, name: str) -> tuple[AnyType, AnyType | None]:
        """The type to make resources of, and the same if it is that of the operation (not for features)."""
        own = self.lab.registry.type_of(name)
        return own or next(iter(self.lab.registry.types.values())), own

    async def _ask(self, asked: Asked) -> list[str]:
        self.lab.reached = False
        foreign = asked.case.foreign.id
        before = self._stored(foreign)
        answer: Any = None
        verdict = Verdict.ALLOWED
        try:
            answer = await self.lab.app.run(asked.op, asked.case.caller)
        except MonitorError as failure:
            answer = failure.message
            verdict = Verdict.ALLOWED if self.lab.reached else _verdict(failure)
        self._acted = verdict is Verdict.ALLOWED
        says = self._compare(asked, verdict, answer)
        if self._stored(foreign) != before and not (asked.place is Place.FOREIGN and verdict is Verdict.ALLOWED):
            says.append("a foreign resource was changed")
        if isinstance(self.lab.app.core.handlers[asked.name], ActionHandler) and isinstance(answer, Activity):
            says += await self._strayed(answer)
        return says

    async def _listen(self, asked: Asked) -> list[str]:
        dispatcher = self.lab.app.core.dispatcher
        verdict, shown = Verdict.ALLOWED, list[Any]()
        try:
            record = dispatcher.find(asked.case.caller, asked.op)
            dispatcher.permit(asked.case.caller, asked.op, record)
        except MonitorError as failure:
            verdict = _verdict(failure)
            shown.append(failure.message)
        else:
            shown = await self._snapshot(asked, record)
        return self._compare(asked, verdict, shown)

    async def _snapshot(self, asked: Asked, record: Any) -> list[Any]:
        core = self.lab.app.core
        context = QueryContext(core.parts, asked.case.caller, record, core.dispatcher.run_other)
        events: Any = core.streams[asked.name].follow(context, asked.op)
        shown: list[Any] = []
        try:
            async for item in events:
                if item is Snapshot.DONE:
                    break
                shown.append(item)
        except MonitorError as failure:
            shown.append(failure.message)
        finally:
            await events.aclose()
        return shown

    def _compare(self, asked: Asked, verdict: Verdict, answer: Any) -> list[str]:
        standing, case = asked.case.standing, asked.case
        own_type = self.lab.registry.type_of(asked.name)
        due = expected(asked.declared, standing, asked.place, type=own_type is not None)
        says = [] if verdict is due else [f"{verdict} instead of {due}"]
        secret: list[str] = []
        if not standing.reads(Place.FOREIGN):
            secret += [case.foreign.name, *([] if asked.place is Place.FOREIGN else [case.foreign.id])]
        if not _reads_others(standing):
            type, _ = self._type(asked.name)
            secret += [other.name for name, other in self.lab.shared.items() if name != type.name]
            secret += [] if standing.reads(Place.OWN) else [CANARY]
        text = msgspec.json.encode(answer.name if isinstance(answer, Download) else answer).decode()
        return says + [f"the answer tells of what may not be read: {word}" for word in secret if word in text]

    async def _strayed(self, accepted: Activity) -> list[str]:
        """What is wrong about where an accepted action went to work."""
        now = await self.lab.gone_so_far(accepted)
        record = self.lab.app.core.parts.catalog.anywhere(now.what.id) if now.what else None
        if not now.server or record is None or now.server in (record.id, *record.references):
            return []
        return [f"its job went to server {now.server}, which its target does not name"]

    def _stored(self, id: str) -> Any:
        record = self.lab.app.core.parts.catalog.anywhere(id)
        return (record.stored, record.info) if record else None


def _places(declared: Any, type: AnyType | None) -> tuple[Place, ...]:
    if not declared.targeted:
        return (Place.TYPE,)
    return (Place.OWN, Place.FOREIGN, Place.ABSENT) if type else (Place.FOREIGN,)


def _verdict(failure: MonitorError) -> Verdict:
    verdicts = {NotSignedIn: Verdict.NOT_SIGNED_IN, Forbidden: Verdict.FORBIDDEN, NotFound: Verdict.NOT_FOUND}
    return next((verdict for kind, verdict in verdicts.items() if isinstance(failure, kind)), Verdict.ALLOWED)


def _reads_others(standing: Standing) -> bool:
    """Whether he may read resources of other types."""
    return standing.admin or any(h.on is Place.FOREIGN and h.level is not Level.NONE for h in standing.holds)
