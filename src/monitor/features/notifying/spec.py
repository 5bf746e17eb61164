"""What can be asked about notifications: which there were of one alert."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from monitor.kernel.amounts import times_in_words
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Access
from monitor.resources.alert_target.info import DeliveryKind, Held, for_the_target


class NotificationState(StrEnum):
    """What became of a message, or why it waits."""

    WAITING = "waiting"
    """For its turn, or for what `held` says to be over."""
    DELIVERED = "delivered"
    FAILED = "failed"
    """It is tried again."""
    GIVEN_UP = "given_up"
    DROPPED = "dropped"
    """There was nothing left to tell."""


class Notification(Struct, frozen=True, kw_only=True):
    """One message to one target that told of an alert, or is to."""

    target: str
    """Id of the target."""
    name: str
    """What it is called; its URL is told to nobody."""
    at: datetime
    """When this became of it; of one that waits, since when it does."""
    kind: DeliveryKind
    state: NotificationState
    held: Held | None = None
    """What it waits to be over."""
    next: datetime | None = None
    """When it is sent, or tried again; not before, where its target takes nothing."""
    tries: int = 0
    stalled: int = 0
    """Tries of others in a row that its target did not take, for which this one waits."""
    error: str = ""
    """What was said of it last; of one that waits, of the others."""

    @property
    def why(self) -> str:
        """In words, why it waits or did not arrive."""
        tried = (
            f"tried {times_in_words(self.tries)}"
            if self.tries and self.state is not NotificationState.DELIVERED
            else ""
        )
        said = [_FOR[self.held] if self.held else "", tried, self.error]
        if self.stalled:
            said[1] = for_the_target(self.stalled)
        elif self.state is NotificationState.WAITING and not self.held:
            said[1] = "for its turn"
        return ": ".join(part for part in said if part)


_FOR = {Held.QUIET: "for the end of quiet hours", Held.MAINTENANCE: "for the end of a maintenance", Held.NO: ""}


class AlertNotifications(Query[tuple[Notification, ...]], frozen=True, kw_only=True, tag="alert.notifications"):
    """Where an alert was told, with what outcome, and what waits, newest first: of targets the caller may read, as far
    as each still has it among its last 50 messages.
    """

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/alerts/{target}/notifications"


OPERATIONS = (AlertNotifications,)
