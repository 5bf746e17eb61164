"""Info: what became of what was sent to a target, and how it stands."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from monitor.kernel.alerts import AlertEvent

KEPT = 50
"""Notes of deliveries."""
MOST = 100
"""Deliveries that wait for one target; of more the oldest become one."""


class DeliveryEnd(StrEnum):
    """What became of a delivery."""

    DELIVERED = "delivered"
    FAILED = "failed"
    """It is tried again."""
    GIVEN_UP = "given_up"
    DROPPED = "dropped"
    """There was nothing left to tell."""


class DeliveryKind(StrEnum):
    """What is told at once."""

    EVENT = "event"
    """What happened to one alert."""
    SUMMARY = "summary"
    """Several: those that were held, or had to wait."""
    DIGEST = "digest"
    TEST = "test"


class Held(StrEnum):
    """Why it is not sent yet, though nothing is in its way."""

    NO = "no"
    QUIET = "quiet"
    MAINTENANCE = "maintenance"


class Delivery(Struct, frozen=True, kw_only=True):
    """One message to one target, until it is delivered or given up."""

    id: str
    kind: DeliveryKind
    queued: datetime
    events: tuple[AlertEvent, ...] = ()
    """Oldest first; of a digest what stands."""
    more: int = 0
    """So many more, which are not among them."""
    worked_on: int = 0
    """Of a digest: so many more stand where a maintenance goes on; nobody is told of these."""
    heading: str = ""
    """Of a summary: why it is one. Of a digest: how much happened."""
    held: Held = Held.NO
    place: int = 0
    """In the queue: they are sent in this order."""
    tries: int = 0
    failed: datetime | None = None
    """When it did not arrive for the first time."""
    refused: bool = False
    """The target takes others, and not this one: they pass it."""
    next: datetime | None = None
    """Of one that is refused: not tried again before."""

    @property
    def alerts(self) -> tuple[str, ...]:
        """Ids of those it tells of, each once."""
        return tuple(dict.fromkeys(event.alert.id for event in self.events))


class DeliveryNote(Struct, frozen=True, kw_only=True):
    """One line of a target's log: what became of one delivery."""

    id: str
    at: datetime
    kind: DeliveryKind
    text: str
    """Its subject."""
    end: DeliveryEnd
    tries: int = 1
    error: str = ""
    next: datetime | None = None
    """When it is tried again."""
    alerts: tuple[str, ...] = ()
    """Ids of those it told of."""

    @property
    def in_words(self) -> str:
        """In one line."""
        said = f"{self.end.value.replace('_', ' ')}: {self.text}"
        return f"{said} ({self.error})" if self.error else said


class Standstill(Struct, frozen=True, kw_only=True):
    """That a target did not take what was sent last; over when it takes something."""

    since: datetime
    """Of the first of the tries that are counted below; without any, of the last that was refused."""
    error: str = ""
    """What was said last."""
    refused: int = 0
    """Messages it answered to and did not take, one after the other."""
    tries: int = 0
    """In a row, since it is taken for one that takes nothing; 0: it does not take single ones."""
    next: datetime | None = None
    """Nothing is sent before,"""
    urgent: datetime | None = None
    """but for something critical that was not tried yet, which is sent from then on."""

    @property
    def in_words(self) -> str:
        """In one line."""
        last = "try" if self.tries == 1 else f"{self.tries} tries"
        return f"{f'nothing taken in the last {last}' if self.tries else 'the last was refused'}: {self.error}"


class AlertTargetInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about a target."""

    log: tuple[DeliveryNote, ...] = ()
    """Newest first, at most 50."""
    waiting: int = 0
    """Deliveries that are yet to be sent."""
    held: int = 0
    """Those of them that wait for the end of quiet hours or maintenance."""
    refused: int = 0
    """Those of them that were refused, and are tried again while others pass."""
    trouble: Standstill | None = None
    """What became of its last tries, where it takes nothing."""
    digested: datetime | None = None
    """Up to when its digests tell."""
    happened: dict[str, int] = {}
    """How many changes of each kind there were since."""


class AlertTargetStatus(Struct, frozen=True, kw_only=True):
    """How a target stands."""

    state: str = "new"
    """off, new (nothing was sent yet), ok, or failing."""
    reason: str = ""
    """Why it fails."""
    service: str = ""
    """What it is, in words."""
    waiting: int = 0
    waits: str = ""
    """What for, in words."""
    next: datetime | None = None
    """When the next of what failed is tried again."""
    last: DeliveryNote | None = None
    """The newest."""


def for_the_target(tries: int) -> str:
    """What waits for one that took nothing in so many tries in a row, in words."""
    return f"for the target, which took nothing in the last {'try' if tries == 1 else f'{tries} tries'}"
