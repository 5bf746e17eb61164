"""Reaction: what follows when an activity has ended, declared by whoever wants it; core sees to it that it happens."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from monitor.kernel.activity import Activity


class Reaction(Struct, frozen=True, kw_only=True):
    """`react` is called for each ended activity that `wants` says yes to, in the order of their ends.

    At least once: again after core was killed in the middle, so what it does twice for one activity must come to the
    same (an activity it opens gets an id derived from the one it follows). One that raises is tried again, and holds up
    nothing but those that come after it here. Nothing that ended before this reaction was known is told.
    """

    name: str
    """Of where it has got to, which is stored: unique, and never another's again."""
    wants: Callable[[Activity], bool]
    react: Callable[[Activity], Awaitable[None]]
