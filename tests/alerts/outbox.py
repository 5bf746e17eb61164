"""Outbox: a store that remembers each event that was written, which the sender takes away at once."""

from collections.abc import Sequence
from typing import Any

import msgspec

from monitor.kernel.alerts import ALERT_EVENT, AlertEvent
from monitor.store.contract import Put
from monitor.store.memory import MemoryStore


class OutboxStore(MemoryStore):
    """In memory, like that of most tests."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.events: list[AlertEvent] = []

    async def commit(self, puts: Sequence[Put] = (), *given: Any, **more: Any) -> int:
        """The same; what was refused is not remembered."""
        seq = await super().commit(puts, *given, **more)
        written = [put for put in puts if put.kind == ALERT_EVENT]
        self.events += [msgspec.json.decode(put.body, type=AlertEvent) for put in written]
        return seq
