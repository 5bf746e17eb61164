"""Calls and feeds: what core may ask a host, as messages that carry their answer's type."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar, Generic, Protocol, TypeVar, get_args

from msgspec import Struct

from monitor.kernel.job import HostJob, JobEvent

R = TypeVar("R")
E = TypeVar("E")


class Call(Struct, Generic[R], frozen=True, kw_only=True):
    """Base of every quick question to a host; a subclass gives `tag="ability.verb"` and its answer as `R`."""

    timeout: ClassVar[float] = 10.0


class Feed(Struct, Generic[E], frozen=True, kw_only=True):
    """Base of every stream from a host; a subclass gives `tag="ability.verb"` and its event as `E`."""


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
