"""Past: activities that have ended already, put into a core's record as if it had run them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct, structs

from monitor.core.caller import Caller
from monitor.core.catalog import info_kind
from monitor.core.collections import Collected
from monitor.core.memory import Changes
from monitor.kernel.activity import Activity, Line, State, Step, What
from monitor.kernel.collection import Collection
from monitor.kernel.ids import new_id
from monitor.kernel.operation import Operation, tag_of
from monitor.kernel.wire import encode
from monitor.testing.clock import ShiftedClock
from monitor.testing.core import CoreInProcess


class PastStep(Struct, frozen=True):
    """One step: how long it took, what it printed, and how it ended."""

    name: str
    seconds: float
    output: tuple[bytes, ...] = ()
    outcome: str = "succeeded"
    exit_code: int | None = None


class Past:
    """Records at the times it is given; on return the clock goes with the machine's again."""

    def __init__(self, app: CoreInProcess, clock: ShiftedClock) -> None:
        self._app = app
        self._clock = clock

    async def ended(
        self,
        caller: Caller,
        op: Operation[Any],
        began: datetime,
        steps: Sequence[PastStep] = (),
        *,
        state: State = State.SUCCEEDED,
        summary: str = "",
        error: str = "",
        hint: str = "",
        server: str = "",
        waited: float = 0.0,
        info: Any = None,
        item: tuple[Collection[Any], Any] | None = None,
    ) -> Activity:
        """An action of `caller` on the target of `op` that began then; `info` is what it left there.

        In `info` the field `activity`, if there is one, becomes the activity's id, and so does the id of an `item` it
        left in a collection.
        """
        core = self._app.core
        record = core.parts.catalog.anywhere(op.target)
        assert record is not None  # noqa: S101 - whoever tells a past knows of whom
        started = began + timedelta(seconds=waited)
        done, lines = _lived(steps, started)
        end = max([started, *(step.ended for step in done if step.ended)])
        self._clock.set_to(end)
        activity = Activity(
            id=new_id(began),
            operation=tag_of(type(op)),
            who=caller.who,
            what=What(record.type, record.id, record.stored.name),
            origin=caller.origin,
            state=state,
            created=began,
            started=started,
            ended=end,
            summary=summary,
            error=error,
            hint=hint,
            steps=done,
            server=server,
            request=encode(op).decode(),
        )
        changes = Changes()
        if info is not None:
            named = {"activity": activity.id} if hasattr(info, "activity") else {}
            changes.put(info_kind(record.type), record.id, structs.replace(info, **named))
        if item is not None:
            collection, left = item
            kept = structs.replace(left, id=activity.id, who=caller.who)
            changes.put(collection.name, activity.id, Collected(resource=record.id, item=kept))
        for line in lines:
            await core.outputs.add(activity.id, line)
        await core.outputs.end(activity.id)
        await core.journal.write(activity, "closed", changes)
        self._clock.set_back(timedelta())
        return activity


def _lived(steps: Sequence[PastStep], started: datetime) -> tuple[tuple[Step, ...], list[Line]]:
    """The steps one after the other, and their output spread evenly over each."""
    done: list[Step] = []
    lines: list[Line] = []
    at = started
    for step in steps:
        ended = at + timedelta(seconds=step.seconds)
        done.append(Step(step.name, at, ended, step.outcome, step.exit_code))
        for number, data in enumerate(step.output):
            moment = at + timedelta(seconds=step.seconds * (number + 1) / (len(step.output) + 1))
            lines.append(Line(seq=len(lines) + 1, at=moment, step=step.name, stream="stdout", data=data))
        at = ended
    return tuple(done), lines
