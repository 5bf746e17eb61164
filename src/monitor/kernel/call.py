"""Calls, feeds and sessions: what core may ask a host, as messages that carry their answer's type."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar, Generic, Protocol, TypeVar, get_args

from msgspec import Struct

from monitor.kernel.job import HostJob, JobEvent

R = TypeVar("R")
E = TypeVar("E")
I = TypeVar("I")  # noqa: E741 - what goes into a session
In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)


class Call(Struct, Generic[R], frozen=True, kw_only=True):
    """Base of every quick question to a host; a subclass gives `tag="ability.verb"` and its answer as `R`."""

    timeout: ClassVar[float] = 10.0


class Feed(Struct, Generic[E], frozen=True, kw_only=True):
    """Base of every stream from a host; a subclass gives `tag="ability.verb"` and its event as `E`."""


class Session(Struct, Generic[I, E], frozen=True, kw_only=True):
    """Base of every stream of both directions; a subclass gives `tag="ability.verb"`, what core sends as `I` and what
    the host sends as `E`.
    """


class Exchange(Protocol[In_contra, Out_co]):
    """One side of an open session. Sending waits while the other side reads slowly. Core's iteration ends when the
    host has ended the session; the host's handler is cancelled when core leaves.
    """

    async def send(self, message: In_contra) -> None:
        """Send a message; Unavailable once the other side is gone."""
        ...

    def __aiter__(self) -> AsyncIterator[Out_co]:
        """What the other side sends."""
        ...


class Host(Protocol):
    """One server as core sees it; remote or simulated, with the same behaviour (see tests/contracts).

    Every method raises Unavailable (the host does not answer), HostError (it answered that it could not) or
    PolicyRefused. All are safe to cancel.
    """

    async def call(self, call: Call[R]) -> R:
        """Ask and get the answer within the call's timeout."""
        ...

    def stream(self, feed: Feed[E]) -> AbstractAsyncContextManager[AsyncIterator[E]]:
        """Open a feed; it ends when the host ends it or the context is left."""
        ...

    def session(self, session: Session[I, E]) -> AbstractAsyncContextManager[Exchange[I, E]]:
        """Open a session; it ends when the host ends it, when the context is left, or when either side is lost."""
        ...

    async def start_job(self, id: str, work: HostJob[R], *, time_limit: float, secrets: tuple[str, ...]) -> None:
        """Hand a job over; on return the host has it. Starting the same id twice starts it once."""
        ...

    def follow_job(self, id: str, after: int) -> AbstractAsyncContextManager[AsyncIterator[JobEvent]]:
        """Events with `seq > after`, then live ones, up to and including JobEnded. UnknownJob if there is none."""
        ...

    async def cancel_job(self, id: str) -> None:
        """Ask the job to end (TERM, then KILL); it ends as cancelled unless it was done already."""
        ...

    async def forget_job(self, id: str) -> None:
        """Acknowledge: core has stored the end; the host may delete what it kept."""
        ...

    async def close(self) -> None:
        """Give connections back; open streams end."""
        ...


def answer_of(message: type[Any]) -> Any:
    """The type a Call answers, a Feed sends or a HostJob results in, as its declaration says."""
    for base in message.__orig_bases__:
        if args := get_args(base):
            return args[0]
    raise TypeError(f"{message.__qualname__} does not say what it answers")


def sides_of(session: type[Any]) -> tuple[Any, Any]:
    """What core sends in a Session, and what the host sends."""
    for base in session.__orig_bases__:
        if len(args := get_args(base)) == 2:
            return args[0], args[1]
    raise TypeError(f"{session.__qualname__} does not say what passes through it")
