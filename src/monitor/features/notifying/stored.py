"""What is stored beside targets and their queues: the outbox, and which alerts stand, as they were told last."""

from datetime import datetime

from msgspec import Struct

from monitor.kernel.alerts import ALERT_EVENT, AlertEvent

STANDING = "alert_told"
"""Kind of the documents of alerts that stand, by the alert's id: the newest event of each."""


class Standing(Struct, frozen=True, kw_only=True):
    """An alert that was told of and is not resolved."""

    event: AlertEvent
    since: datetime


HELD = {ALERT_EVENT: AlertEvent, STANDING: Standing}
"""What core's memory holds of them."""
