"""Asking: what a host says of an alert people are told of: the last lines of a log, the program that likely causes it.

What is to be told waits for that, a moment at most. Nothing else does: neither the alert itself, which shows at once,
nor any other.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from monitor.abilities.stats.calls import TopPrograms
from monitor.features.alerts.culprits import Fields, blamed, programs_by
from monitor.features.alerts.lines import last_lines
from monitor.kernel.alerts import Alert, AlertChange
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import MonitorError
from monitor.resources.alert_rule.conditions import ServerFigure

if TYPE_CHECKING:
    from monitor.core.app import Core

_WITHIN = 1.5
"""Seconds that are waited: what is told must not wait longer."""
_LINED = ("exited", "unhealthy", "restart_loop", "oom_killed")
"""Kinds of conditions whose alerts tell the last lines of a log."""
_BLAMED = (AlertChange.OPENED, AlertChange.WORSE, AlertChange.REPEATED)
"""What makes it worth to look anew for who causes it."""
Ask = Callable[[Alert], Coroutine[Any, Any, Fields]]
"""What a host says of it."""
log = logging.getLogger(__name__)


class Asking:
    """What is being asked now, by the document that waits for it."""

    def __init__(self, clock: Clock, ask: Ask, came: Callable[[str, Fields], None], over: Callable[[], None]) -> None:
        """`came` gets what there is to say of an alert, by its id; `over` is called once one waits no longer."""
        self._clock = clock
        self._ask = ask
        self._came = came
        self._over = over
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, document: str) -> bool:
        return document in self._tasks

    def begin(self, document: str, change: AlertChange, alert: Alert) -> None:
        """Ask, where there is something to be asked; once at a time."""
        if document not in self._tasks and _is_worth(change, alert):
            self._tasks[document] = asyncio.create_task(self._one(document, alert), name="alerts: asking")

    async def end(self) -> None:
        """Wait for nothing any more."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()  # one that had not begun yet never comes to its own end

    async def _one(self, document: str, alert: Alert) -> None:
        try:
            async with deadline(self._clock, _WITHIN):
                found = await self._ask(alert)
            if found:
                self._came(alert.id, found)
        except (MonitorError, TimeoutError) as failure:
            log.info("an alert goes without what its host could say of it: %s", failure or "it took too long")
        except Exception:
            log.exception("an alert goes without what its host could say of it")
        finally:
            self._tasks.pop(document, None)
            self._over()


async def said_of(core: "Core", alert: Alert) -> Fields:
    """What its host says of it now; empty where that is nothing."""
    if alert.rule_kind in _LINED:
        lines = await last_lines(core, alert)
        return {"lines": lines} if lines else {}
    return await _culprit(core, alert)


async def _culprit(core: "Core", alert: Alert) -> Fields:
    rule, server = core.parts.catalog.get("alert_rule", alert.rule), alert.subject.id
    what = rule.stored.config.what if rule else None
    if not isinstance(what, ServerFigure) or what.under:
        return {}
    by = programs_by(what.measure)
    if by is None:
        return {}
    programs = await core.parts.hosts.host(server).call(TopPrograms(by=by))
    samples = core.parts.usage.containers(server).values()
    return blamed(what.measure, programs, samples, lambda sample: core.deployment_of(server, sample))


def _is_worth(change: AlertChange, alert: Alert) -> bool:
    if alert.rule_kind in _LINED:
        return change is AlertChange.OPENED and not alert.lines
    return alert.rule_kind == "server_figure" and change in _BLAMED
