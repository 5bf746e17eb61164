"""Stages: how far each server's joining has come, as the desk tells it, kept while core runs."""

from collections.abc import AsyncIterator

from monitor.core.catalog import resource_kind
from monitor.core.context import QueryContext
from monitor.core.link.join import Moment, OpenToken
from monitor.core.parts import Parts
from monitor.core.topic import keyed
from monitor.kernel.errors import MonitorError
from monitor.kernel.stream import Item, Snapshot
from monitor.resources.server.operations.join import JoinStage, JoinState, WatchJoin

_STAGES = {
    Moment.ISSUED: JoinStage.WAITING,
    Moment.REFUSED: JoinStage.FAILED,
    Moment.INTRODUCED: JoinStage.INTRODUCED,
    Moment.CALLING: JoinStage.CALLING,
    Moment.FAILED: JoinStage.FAILED,
    Moment.JOINED: JoinStage.JOINED,
}
_KEY = "join"


class Stages:
    """By server; the newest moment of any of its tokens."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: dict[str, JoinState] = {}
        parts.memory.listen(resource_kind("server"), self._forget)

    def tell(self, token: OpenToken, moment: Moment, why: MonitorError | None) -> None:
        """A moment has come. What proves nothing cannot hide what a host that did is at."""
        if self._parts.catalog.get("server", token.server) is None:
            return
        known = self._known.get(token.server)
        if moment is Moment.REFUSED and known and known.state in (JoinStage.CALLING, JoinStage.JOINED):
            return
        self._known[token.server] = JoinState(
            state=_STAGES[moment],
            error=why.message if why else "",
            hint=why.hint if why else "",
            address=token.address,
            port=token.port,
            at=self._parts.clock.now(),
            expires=token.expires,
        )
        self._parts.bus.publish(_topic(token.server), _KEY, self._known[token.server])

    def watch(self, ctx: QueryContext, topic: WatchJoin) -> AsyncIterator[Item[JoinState] | Snapshot]:
        """Where it stands, then each stage."""
        server = ctx.record.id

        def show(key: str, state: JoinState) -> JoinState:
            return state

        return keyed(self._parts.bus, _topic(server), lambda: [(_KEY, self._now(server))], show)

    def _now(self, server: str) -> JoinState:
        """Of a core that was started since then, only whether a host has joined is known."""
        record = self._parts.catalog.get("server", server)
        if (known := self._known.get(server)) is not None:
            return known
        if record is None or not record.info.pin:
            return JoinState(state=JoinStage.NONE)
        config = record.stored.config
        return JoinState(state=JoinStage.JOINED, address=config.address, port=config.port, at=record.info.joined)

    def _forget(self, server: str, value: object) -> None:
        if value is None:
            self._known.pop(server, None)


def _topic(server: str) -> str:
    return f"join:{server}"
