"""TerminalDoor: who may connect to which terminal, and that whoever may not any more is out within a second."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket

from monitor.abilities.terminal.calls import CloseTerminal
from monitor.core.asker import caller_of
from monitor.core.caller import Caller
from monitor.core.terminals.connection import Connection
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import MonitorError, NotFound, NotSignedIn

if TYPE_CHECKING:
    from monitor.core.app import Core

log = logging.getLogger(__name__)


class TerminalDoor:
    """Holds the connections by activity. `rights_changed` looks at every open terminal anew, connected or not."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._connections: dict[str, set[Connection]] = {}
        self._sessions: dict[str, str] = {}
        """Session each open terminal was last seen from: it ends with that."""
        self._beside: set[asyncio.Task[None]] = set()

    async def serve(self, socket: WebSocket) -> None:
        """One websocket to /api/terminal/{id}."""
        await Connection(self._core, socket).serve()

    def open_ones(self) -> list[Activity]:
        """Activities of terminals that have not ended."""
        operations = self._core.parts.registry.operations
        open_ones = self._core.journal.open.values()
        return [each for each in open_ones if (op := operations.get(each.operation)) is not None and op.attended]

    async def find(self, caller: Caller, id: str) -> Activity:
        """A terminal of the caller's own, open or ended. NotFound for everybody else's; Forbidden without the right."""
        activity = await self._core.journal.get(id)
        operation = self._core.parts.registry.operations.get(activity.operation) if activity else None
        if activity is None or operation is None or not operation.attended or activity.who.id != caller.user:
            raise NotFound("there is no such terminal of yours")
        self._permit(caller, activity)
        return activity

    def enter(self, activity: str, connection: "Connection", session: str) -> None:
        """Somebody is connected."""
        self._connections.setdefault(activity, set()).add(connection)
        self._sessions[activity] = session

    def leave(self, activity: str, connection: "Connection") -> None:
        """He is not any more."""
        connections = self._connections.get(activity, set())
        connections.discard(connection)
        if not connections:
            self._connections.pop(activity, None)
        if activity not in self._core.journal.open:
            self._sessions.pop(activity, None)

    def activity_changed(self, id: str, activity: Activity | None) -> None:
        """One that has ended with nobody connected is nobody's."""
        if (activity is None or activity.state.ended) and id not in self._connections:
            self._sessions.pop(id, None)

    def rights_changed(self) -> None:
        """Close every terminal whose person lost what it needs."""
        for activity in self.open_ones():
            try:
                self._permit(self._caller(activity), activity)
            except MonitorError as lost:
                self._aside(self._close(activity, lost))

    async def close_all(self) -> None:
        """Core stops: who is connected may come back to the next one."""
        for connection in [each for connections in self._connections.values() for each in connections]:
            await connection.close(4503, "core is stopping; connect again")

    def _caller(self, activity: Activity) -> Caller:
        """Who opened it, as he is now; NotSignedIn once his session has ended."""
        core, session = self._core, self._sessions.get(activity.id)
        caller = core.people.by_session(session) if session is not None else caller_of(core.parts, activity)
        if caller is None:
            raise NotSignedIn("the session has ended")
        return caller

    def _permit(self, caller: Caller, activity: Activity) -> None:
        operation = self._core.parts.registry.operations[activity.operation]
        asked = operation(target=activity.what.id if activity.what else "")
        self._core.dispatcher.permit(caller, asked, self._core.dispatcher.find(caller, asked))

    async def _close(self, activity: Activity, lost: MonitorError) -> None:
        reason = "the session ended" if isinstance(lost, NotSignedIn) else "the right to it was taken away"
        for connection in list(self._connections.get(activity.id, ())):
            await connection.close(4401 if isinstance(lost, NotSignedIn) else 4403, reason)
        try:
            if activity.state is State.RUNNING:
                await self._core.parts.hosts.host(activity.server).call(CloseTerminal(id=activity.id, reason=reason))
                return
        except MonitorError:
            log.warning("the host of a terminal cannot be told to close it; it is cancelled", extra={"id": activity.id})
        await self._core.work.cancel(activity)

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._beside.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None and not isinstance(failure, MonitorError):
            log.error("a terminal could not be closed", exc_info=failure)
