"""Nested: what a config names needs a level of its own; each such place is tried with every level, in every way."""

from collections.abc import AsyncIterator
from typing import Any

from msgspec import Struct

from monitor.core.caller import Caller
from monitor.kernel.errors import Forbidden, Invalid, MonitorError
from monitor.kernel.marks import needed_by
from monitor.kernel.permission import Level, Right
from monitor.kernel.standard import AnyType, standard_operations
from monitor.kernel.wire import from_user
from monitor.testing.lab import Lab
from monitor.testing.matrix import Hole
from monitor.testing.samples import Path, named, references, sample

LEVELS = (Level.NONE, Level.READ, Level.EXECUTE, Level.WRITE)
WAYS = ("create", "update", "keep")


class Question(Struct, frozen=True):
    """One reference of one type, named in one way by somebody with one level, and perhaps rights, on what it names."""

    type: AnyType
    path: Path
    needs: Level | Right
    way: str
    by_name: bool
    held: Level
    rights: tuple[Right, ...]

    def __str__(self) -> str:
        return f"{self.way} naming {named(self.path)} by {'name' if self.by_name else 'id'}"

    def due(self) -> str:
        """`allowed`, `forbidden` or `unknown`: the same as if what is named were not there."""
        if self.way == "keep" and (not self.by_name or self.held is not Level.NONE):
            return "allowed"
        if self.held is Level.NONE:
            return "unknown"
        if isinstance(self.needs, Right):
            return "allowed" if self.needs in self.rights else "forbidden"
        return "allowed" if LEVELS.index(self.held) >= LEVELS.index(self.needs) else "forbidden"


async def nested(lab: Lab) -> AsyncIterator[Hole]:
    """Holes in what configs may name."""
    for question in questions(lab):
        comes = await _answer(lab, question)
        if comes != question.due():
            name = f"{question.type.name}.{'create' if question.way == 'create' else 'update'}"
            yield Hole(
                name,
                f"{' and '.join((question.held, *question.rights))} on it",
                str(question),
                f"{comes} instead of {question.due()}",
            )
    for type in _written_by_anybody(lab):
        async for hole in _smuggled(lab, type):
            yield hole


def questions(lab: Lab) -> list[Question]:
    """All of them."""
    return [
        Question(type, path, needed_by(mark), way, by_name, held, rights)
        for type in _written_by_anybody(lab)
        for path, mark in references(type.config)
        for way in WAYS
        for by_name in (False, True)
        for held in LEVELS
        for rights in _rights(needed_by(mark))
    ]


def _written_by_anybody(lab: Lab) -> list[AnyType]:
    """Admins, who alone write the others, may name everything."""
    return [type for type in lab.registry.types.values() if not type.by_admins]


def _rights(needs: Level | Right) -> tuple[tuple[Right, ...], ...]:
    """None, all, and where one is needed all but that one."""
    others = tuple(right for right in Right if right not in (needs, Right.CREATE))
    return ((), others, (*others, needs)) if isinstance(needs, Right) else ((), others)


async def _answer(lab: Lab, asked: Question) -> str:
    mark = next(m for p, m in references(asked.type.config) if p == asked.path)
    other = await lab.make(lab.registry.types[mark["type"]])
    caller = await _somebody(lab, asked.type)
    if asked.held is not Level.NONE or asked.rights:
        await lab.grant(caller, mark["type"], other.id, asked.held, rights=asked.rights)
    spelled = other.name if asked.by_name else other.id
    given = _config(lab, asked, spelled)
    if asked.way == "create":
        return await _try(lab, caller, _create(lab, asked.type, given), asked)
    stored = _config(lab, asked, other.id if asked.way == "keep" else lab.refer(mark, ""))
    own = await lab.app.run(_create(lab, asked.type, stored))
    await lab.grant(caller, asked.type.name, own.id, Level.WRITE)
    top = str(asked.path[0])
    update = {"op": f"{asked.type.name}.update", "target": own.id, "description": "kept", "config": {top: given[top]}}
    return await _try(lab, caller, from_user(update, standard_operations(asked.type)["update"]), asked)


async def _try(lab: Lab, caller: Caller, op: Any, asked: Question) -> str:
    try:
        await lab.app.run(op, caller)
    except (Forbidden, Invalid) as refusal:
        field = f"config.{named(asked.path)}"
        if field not in [f.path for f in refusal.fields]:
            return f"refused without naming {field}: {refusal.message}"
        return "forbidden" if isinstance(refusal, Forbidden) else "unknown"
    except MonitorError as odd:
        return f"refused with {odd.status}"
    return "allowed"


async def _smuggled(lab: Lab, type: AnyType) -> AsyncIterator[Hole]:
    """Every text of a config is the id of a foreign server; no action may go to work there."""
    foreign = await lab.make(lab.registry.types["server"])
    caller = await _somebody(lab, type)
    try:
        config = sample(type.config, lab.refer, text=foreign.id)
        own = await lab.app.run(_create(lab, type, config), caller)
    except MonitorError:
        return
    if lab.app.core.parts.catalog.all(type.name)[own.id].server == foreign.id:
        yield Hole(f"{type.name}.create", "nothing on the server", "its config", "it lives on a server it may not name")
    for name, operation in lab.registry.operations.items():
        if lab.registry.type_of(name) is type and operation.targeted and name not in lab.registry.standard:
            try:
                answer = await lab.app.run(from_user({"op": name, "target": own.id}, operation), caller)
            except MonitorError:
                continue
            if operation.kind.value == "action" and (await lab.gone_so_far(answer)).server == foreign.id:
                yield Hole(name, "nothing on the server", "its config", "its job went to a server it may not name")


async def _somebody(lab: Lab, type: AnyType) -> Caller:
    """Somebody who may create the type and name every shared resource."""
    caller = await lab.user()
    await lab.share(type)
    for _, mark in references(type.config):
        rights = tuple(right for right in Right if right is not Right.CREATE)
        await lab.grant(caller, mark["type"], lab.shared[mark["type"]].id, Level.WRITE, rights=rights)
    await lab.grant(caller, type.name, "", rights=(Right.CREATE,))
    return caller


def _config(lab: Lab, asked: Question, spelled: str) -> dict[str, Any]:
    def refer(mark: dict[str, str], field: str) -> str:
        return spelled if field == named(asked.path) else lab.refer(mark, field)

    return sample(asked.type.config, refer, asked.path)


def _create(lab: Lab, type: AnyType, config: dict[str, Any]) -> Any:
    operation = standard_operations(type)["create"]
    return from_user({"op": f"{type.name}.create", "name": lab.new_name(), "config": config}, operation)
