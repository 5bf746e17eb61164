"""Tab: a browser's tab as core sees it: one live session and every frame it was sent."""

import json
from typing import Any

import msgspec

from monitor.core.caller import Caller
from monitor.core.live import LiveSession
from tests.core.world import World


class Tab:
    """Subscribe and look at `frames`; `signed_out` ends its session."""

    def __init__(self, world: World, caller: Caller) -> None:
        self.world = world
        self.signed_out = False
        self.caller = caller
        self.frames: list[dict[str, Any]] = []
        core = world.app.core
        self.session = LiveSession(
            core.parts, core.dispatcher, core.streams, lambda: None if self.signed_out else self.caller, self._take
        )
        core.sessions.add(self.session)

    async def subscribe(self, id: int, topic: str, **fields: Any) -> None:
        """Ask for a topic and let core answer."""
        await self.send({"id": id, "op": "subscribe", "topic": {"topic": topic, **fields}})

    async def send(self, frame: Any) -> None:
        """Any frame."""
        await self.session.receive(json.dumps(frame))
        await self.world.clock.settle()

    def of(self, id: int) -> list[dict[str, Any]]:
        """Frames of one subscription, in order."""
        return [f for f in self.frames if f["id"] == id]

    def kinds(self, id: int) -> list[str]:
        """What kinds they are."""
        return [f["kind"] for f in self.of(id)]

    def last(self, id: int) -> dict[str, Any]:
        """The newest one."""
        return self.of(id)[-1]

    def held(self, id: int) -> dict[str, Any]:
        """What one who applied every frame of a state topic has, by key."""
        held: dict[str, Any] = {}
        for frame in self.of(id):
            if frame["kind"] == "snapshot":
                held = {item["key"]: item["data"] for item in frame["data"]}
            elif frame.get("data") is None:
                held.pop(frame["key"])  # only what was shown is taken back
            else:
                held[frame["key"]] = frame["data"]
        return held

    async def _take(self, data: bytes) -> None:
        self.frames.append(msgspec.json.decode(data))
