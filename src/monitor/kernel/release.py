"""Release: a config as it was put into action once, and what came of it: what one can go back to."""

from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct

from monitor.kernel.activity import State, Who

C = TypeVar("C")
I = TypeVar("I")  # noqa: E741 - the info type, as in resource.py


class Release(Struct, Generic[C, I], frozen=True, kw_only=True):
    """One of a resource's releases. One that did not succeed has no number and no info: nothing to go back to."""

    activity: str
    """Id of the activity that made it."""
    number: int = 0
    """1, 2, 3, … of a resource's own; the same config and image put into action again keep theirs."""
    state: State
    error: str = ""
    """Why it did not succeed, as its activity says."""
    operation: str
    who: Who
    began: datetime
    ended: datetime | None = None
    revision: int
    """Of the config, when it began."""
    config: C
    """Secrets masked."""
    info: I | None = None
    """What it left."""
    fingerprint: str = ""
    """Of all a host was asked for, secrets included; says nothing to who has not this core's key."""
