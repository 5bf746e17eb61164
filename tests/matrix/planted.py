"""A type to plant holes in: `crate`, kept on a server."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import Acted, ActOnContainer, ContainerVerb
from monitor.core.context import QueryContext
from monitor.kernel.job import Job
from monitor.kernel.marks import refers_to
from monitor.kernel.operation import Action, AnswerHandler, Edit, Handler, Needs, Query
from monitor.kernel.permission import Access, Level, Right
from monitor.kernel.resource import Behaviour, Hooks, ResourceType
from monitor.kernel.stream import Item, Snapshot, Stream, StreamHandler


class CrateConfig(Struct, frozen=True, kw_only=True):
    server: Annotated[str, refers_to("server", Level.EXECUTE)]


class CrateInfo(Struct, frozen=True, kw_only=True):
    note: str = ""


class Ship(Action, frozen=True, kw_only=True, tag="crate.ship"):
    """Sound."""


class Look(Query[str], frozen=True, kw_only=True, tag="crate.look"):
    """Sound."""

    needs: ClassVar[Needs] = Right.INSPECT


class Label(Edit[str], frozen=True, kw_only=True, tag="crate.label"):
    """A hole: an edit that says it needs no more than reading."""

    needs: ClassVar[Needs] = Level.READ


class Sweep(Edit[str], frozen=True, kw_only=True, tag="crate.sweep"):
    """A hole: anybody signed in may ask for this edit of all."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False


class Odd(Query[str], frozen=True, kw_only=True, tag="crate.odd"):
    """Nothing at hand fits its parameter."""

    code: Annotated[str, Meta(pattern=r"^zebra-[0-9]{9}$")]


class Watch(Stream[str], frozen=True, kw_only=True, tag="crate.watch"):
    """Sound, but for the handler of `leaking`."""

    targeted: ClassVar[bool] = False


async def prepare(ctx: Any, op: Ship) -> Job[Acted]:
    return Job(server=ctx.record.stored.config.server, work=ActOnContainer(name="box", verb=ContainerVerb.START))


async def prepare_elsewhere(ctx: QueryContext, op: Ship) -> Job[Acted]:
    """A hole: the job goes to whichever server comes first."""
    servers = [s for s in ctx.parts.catalog.all("server") if s not in ctx.record.references]
    return Job(server=servers[0], work=ActOnContainer(name="box", verb=ContainerVerb.START))


async def settle(ctx: Any, op: Ship, result: Acted) -> None:
    return


async def answer(ctx: QueryContext, op: Any) -> str:
    return "nothing"


async def tell_of_all(ctx: QueryContext, op: Look) -> str:
    """A hole: a handler that asks nobody."""
    return " ".join(r.stored.name for r in ctx.parts.catalog.all("crate").values())


async def touch_all(ctx: Any, op: Label) -> str:
    """A hole: it writes to others too."""
    for record in ctx.parts.catalog.all("crate").values():
        ctx.changes.put("info.crate", record.id, CrateInfo(note="mine"))
    return "done"


async def no_change(ctx: QueryContext, topic: Watch) -> AsyncIterator[Item[str] | Snapshot]:
    yield Snapshot.DONE


async def leak(ctx: QueryContext, topic: Watch) -> AsyncIterator[Item[str] | Snapshot]:
    """A hole: a topic that shows everybody everything."""
    for id, record in ctx.parts.catalog.all("crate").items():
        yield Item(key=id, data=record.stored.name)
    yield Snapshot.DONE


CRATE: ResourceType[CrateConfig, CrateInfo, Any] = ResourceType(
    name="crate",
    plural="crates",
    title="Crate",
    config=CrateConfig,
    info=CrateInfo,
    operations=(Ship, Look),
    streams=(Watch,),
)
HANDLERS: tuple[Handler | StreamHandler, ...] = (
    Ship.by(prepare, settle, result=Acted),
    AnswerHandler(Look, answer),
    StreamHandler(Watch, no_change),
)
SOUND: Behaviour[Any, Any, Any] = Behaviour(
    type=CRATE, handlers=HANDLERS, hooks=Hooks(server_of=lambda config: config.server)
)


def having(operation: Any, handler: Any) -> Behaviour[Any, Any, Any]:
    """The type with one more operation."""
    type = replace(CRATE, operations=(*CRATE.operations, operation))
    return replace(SOUND, type=type, handlers=(*HANDLERS, handler))


def handled(*handlers: Any) -> Behaviour[Any, Any, Any]:
    """The type with other handlers."""
    return replace(SOUND, handlers=handlers)


def configured(config: Any) -> Behaviour[Any, Any, Any]:
    """The type with another config."""
    return replace(SOUND, type=replace(CRATE, config=config))
