"""Operation: a thing one can ask for, as a value that carries its answer's type, its check and its kind."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

import msgspec
from msgspec import Struct

from monitor.kernel.activity import Activity
from monitor.kernel.permission import Access, Level, Right

if TYPE_CHECKING:
    from monitor.kernel.context import Context
    from monitor.kernel.job import Job

R = TypeVar("R")
T = TypeVar("T")
Needs = Level | Right | Access


class Kind(StrEnum):
    """How an operation runs: a query reads; an edit changes core's own state at once; an action works on hosts."""

    QUERY = "query"
    EDIT = "edit"
    ACTION = "action"


class StepInfo(Struct, frozen=True):
    """A step its job may take, as people read it."""

    name: str
    title: str
    meanwhile: str = ""
    """What stays true while it runs, or what its failure means; empty: what the operation says."""


class Operation(Struct, Generic[R], frozen=True, kw_only=True, tag_field="op"):
    """Base of every operation; a subclass gives `tag="type.verb"`, unique, and its answer as `R`.

    `target` is an id or a name of the type before the dot; operations on no single thing set `targeted = False`.
    """

    kind: ClassVar[Kind] = Kind.QUERY
    needs: ClassVar[Needs] = Level.READ
    targeted: ClassVar[bool] = True
    each: ClassVar[bool] = False
    """It is on no single thing, but on each of those the caller may: every one is asked for by itself."""
    routed: ClassVar[bool] = True
    """False: core asks for it itself; there is no route."""
    title: ClassVar[str] = ""
    """What stands on its button; empty: its verb."""
    danger: ClassVar[bool] = False
    """It takes away what cannot be brought back."""
    preview: ClassVar[str] = ""
    """The query that tells beforehand what it would take, asked with the same fields."""
    steps: ClassVar[tuple[StepInfo, ...]] = ()
    """All steps its job may take, in order."""
    meanwhile: ClassVar[str] = ""
    """What stays true while it runs; a step may say something nearer."""
    part: ClassVar[str] = ""
    """What of its target it is about, where that is not the whole (`containers`): screens offer it there."""
    attended: ClassVar[bool] = False
    """A person sits in front of it as long as it goes on: it takes no lane, is none of its target's runs, and has a
    screen and a command of its own instead of a button and a derived one."""
    counts: ClassVar[bool] = True
    """It is one of its target's runs, by whose ends screens say how that stands."""
    path: ClassVar[str] = ""
    """Features set their own route (below /api); resources derive theirs."""
    method: ClassVar[str] = ""
    """GET for queries and POST for the rest unless a feature says otherwise."""

    target: str = ""


class Query(Operation[R], Generic[R], frozen=True, kw_only=True):
    """Reads; unrecorded; the handler answers `R`."""

    @classmethod
    def by(cls, answer: "Callable[[Context, Self], Awaitable[R]]") -> "AnswerHandler":
        """Bind the coroutine that answers; a wrong request or answer type is refused by the type checker."""
        return AnswerHandler(operation=cls, answer=answer)


class Edit(Operation[R], Generic[R], frozen=True, kw_only=True):
    """Changes core's own documents; the change and its record are one write; the handler answers `R`."""

    kind: ClassVar[Kind] = Kind.EDIT
    needs: ClassVar[Needs] = Level.WRITE

    @classmethod
    def by(cls, answer: "Callable[[Context, Self], Awaitable[R]]") -> "AnswerHandler":
        """Bind the coroutine that answers; it never calls a host."""
        return AnswerHandler(operation=cls, answer=answer)


class Action(Operation[Activity], frozen=True, kw_only=True):
    """Works on a host as a job; the answer is the activity, accepted at once and ended later."""

    kind: ClassVar[Kind] = Kind.ACTION
    needs: ClassVar[Needs] = Level.EXECUTE

    @classmethod
    def by(
        cls,
        prepare: "Callable[[Context, Self], Awaitable[Job[T]]]",
        settle: "Callable[[Context, Self, T], Awaitable[None]]",
        *,
        result: type[T],
        check: "Callable[[Context, Self], None] | None" = None,
        look: "Callable[[Context, Self], Awaitable[None]] | None" = None,
        lanes: "Callable[[Context, Self], tuple[str, ...]] | None" = None,
        apart: bool = False,
        freeze: "Callable[[Context, Self], Self] | None" = None,
    ) -> "ActionHandler":
        """Bind the two halves of an action; see ActionHandler for the rest."""
        return ActionHandler(
            operation=cls,
            prepare=prepare,
            settle=settle,
            result=result,
            check=check,
            look=look,
            lanes=lanes,
            freeze=freeze,
            apart=apart,
        )


class AnswerHandler(msgspec.Struct, frozen=True):
    """Binds a query or edit to the coroutine that answers it."""

    operation: type[Any]
    answer: Callable[[Any, Any], Awaitable[Any]]
    before: Callable[[Any, Any], Awaitable[Any]] | None = None
    """An edit's slow part (hashing a password), run before edits are held up; `ctx.prepared` hands its answer on."""


class ActionHandler(msgspec.Struct, frozen=True):
    """Binds an action to `prepare` (everything the host needs) and `settle` (what the outcome changes here).

    `settle` is idempotent, runs only on success, and also after a restart of core.
    """

    operation: type[Any]
    prepare: Callable[[Any, Any], Awaitable[Any]]
    settle: Callable[[Any, Any, Any], Awaitable[None]]
    result: Any
    """Type of the job's result."""
    check: Callable[[Any, Any], None] | None = None
    """Refuses what cannot be meant before anything is recorded."""
    look: Callable[[Any, Any], Awaitable[None]] | None = None
    """The same, asking hosts: for reasons that are for the caller alone and not for who reads the record."""
    lanes: Callable[[Any, Any], tuple[str, ...]] | None = None
    """Lanes beside the target's own (a build: its builder's)."""
    freeze: Callable[[Any, Any], Any] | None = None
    """(context, operation) -> the operation as it is kept: with what it means at this moment in it."""
    lead: Callable[[Any, Any], Awaitable[Any]] | None = None
    """Instead of a job: has other actions run and answers a `Led`; asked again after a restart of core."""
    apart: bool = False
    """Takes those lanes alone: what it is about is part of the target, and others may be worked on meanwhile."""


class ForwardHandler(msgspec.Struct, frozen=True):
    """Binds an action to the one it stands for: that is asked for instead, by the same caller, with what it needs."""

    operation: type[Any]
    forward: Callable[[Any, Any], Operation[Any]]
    """(context, operation) -> what is asked for."""


Handler = AnswerHandler | ActionHandler | ForwardHandler


def tag_of(operation: type[Any]) -> str:
    """`deployment.deploy` of an operation, call, stream or job class."""
    tag = operation.__struct_config__.tag
    if not isinstance(tag, str) or "." not in tag:
        raise TypeError(f"{operation.__qualname__} needs tag='type.verb'")
    return tag
