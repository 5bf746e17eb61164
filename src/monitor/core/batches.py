"""Batches: what one is about, for one caller, and whether it may begin."""

from fnmatch import fnmatchcase
from typing import Any

from msgspec import structs

from monitor.core.batch import BatchRun, Means, skipped
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.edit_context import ActionContext
from monitor.kernel.batches import MOST, Chosen, Led, batch_operations
from monitor.kernel.errors import Conflict, Invalid, NotFound
from monitor.kernel.operation import ActionHandler, AnswerHandler, Handler
from monitor.kernel.standard import AnyType

_NAMED = 5


class Batches:
    """Answers `batch` and `batch_preview` of one type. What the caller may not read is never in one, nor named."""

    def __init__(self, means: Means, type: AnyType) -> None:
        self._means = means
        self._parts = means.parts
        self._type = type

    def handlers(self) -> list[Handler]:
        """None for a type without actions."""
        declared = batch_operations(self._type)
        if not declared:
            return []
        batch = ActionHandler(
            operation=declared["batch"],
            prepare=_no_job,
            settle=_nothing_to_settle,
            result=None,
            check=self.check,
            freeze=self.freeze,
            lead=self.lead,
        )
        return [batch, AnswerHandler(declared["batch_preview"], self.preview)]

    async def preview(self, ctx: QueryContext, op: Any) -> tuple[Chosen, ...]:
        """Every one it would be about, also what it would skip, with the reason."""
        return tuple(self._chosen(ctx.caller, op, record) for record in self._matching(ctx.caller, op))

    def check(self, ctx: ActionContext, op: Any) -> None:
        """Conflict where nothing would be done with any."""
        chosen = [self._chosen(ctx.caller, op, record) for record in self._matching(ctx.caller, op)]
        if not all(one.skipped for one in chosen):
            return
        reasons = [f"{one.name}: {one.skipped}" for one in chosen[:_NAMED]]
        more = f", and {len(chosen) - _NAMED} more" if len(chosen) > _NAMED else ""
        raise Conflict(f"nothing can be done with any of them now ({'; '.join(reasons)}{more})")

    def freeze(self, ctx: ActionContext, op: Any) -> Any:
        """What fits later is none of its: the list is made once."""
        ids = tuple(record.id for record in self._matching(ctx.caller, op))
        return structs.replace(op, ids=ids)

    async def lead(self, ctx: ActionContext, op: Any) -> Led:
        """Have them run, each permitted and recorded like any other."""
        child = self._parts.registry.operations[f"{self._type.name}.{op.operation.value}"]
        run = BatchRun(self._means, ctx.activity, child)
        return await run.to_its_end(op.ids, op.limit, stop_on_failure=op.stop_on_failure)

    def _matching(self, caller: Caller, op: Any) -> list[Record]:
        if not (op.pattern or op.tag or op.ids):
            raise Invalid.field("pattern", "say which: a pattern, a tag or a list; the pattern * means all")
        listed = {self._find(caller, ref).id for ref in op.ids}
        found = [r for r in self._parts.catalog.by_name(self._type.name) if self._fits(caller, op, r, listed)]
        if not found:
            raise Invalid.field("pattern", f"no {self._type.title.lower()} that you may read fits")
        if len(found) > MOST:
            raise Invalid.field("pattern", f"{len(found)} fit; {MOST} at most")
        return found

    def _fits(self, caller: Caller, op: Any, record: Record, listed: set[str]) -> bool:
        return (
            (not listed or record.id in listed)
            and (not op.pattern or fnmatchcase(record.stored.name, op.pattern))
            and (not op.tag or op.tag in record.stored.tags)
            and self._parts.permit.readable(caller, record.type, record.id)
        )

    def _find(self, caller: Caller, ref: str) -> Record:
        record = self._parts.catalog.find(self._type.name, ref)
        if record is None or not self._parts.permit.readable(caller, record.type, record.id):
            raise NotFound(f"there is no {self._type.name} called {ref[:80]!r}")
        return record

    def _chosen(self, caller: Caller, op: Any, record: Record) -> Chosen:
        name = f"{self._type.name}.{op.operation.value}"
        why = skipped(self._parts, caller, self._parts.registry.operations[name], record)
        return Chosen(id=record.id, name=record.stored.name, skipped=why)


async def _no_job(ctx: Any, op: Any) -> Any:
    raise TypeError("a batch has no job of its own")


async def _nothing_to_settle(ctx: Any, op: Any, result: Any) -> None:
    """Each of its activities settles itself."""
