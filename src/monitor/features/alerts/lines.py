"""Lines: the last of what the container an alert is about wrote, without secrets, as everybody reads logs; of one that
is unhealthy also what its health check said last, which Docker keeps apart from the log.
"""

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from monitor.core.caller import SYSTEM
from monitor.features.alerts.subjects import is_unmanaged
from monitor.kernel.alerts import Alert
from monitor.kernel.container_log import LogBlock
from monitor.kernel.errors import MonitorError
from monitor.kernel.operation import Query
from monitor.resources.deployment.operations.inside import Inspect
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.server.operations.inside import InspectContainer
from monitor.resources.server.operations.log import ContainerLog

if TYPE_CHECKING:
    from monitor.core.app import Core

_LINES = 10
_LONGEST = 400
_OF_A_CHECK = 3
_FOUND_UNHEALTHY = "unhealthy"


class _Check(Struct, frozen=True, rename="pascal"):
    """One run of a health check."""

    exit_code: int = 0
    output: str = ""


class _Health(Struct, frozen=True, rename="pascal"):
    """What is remembered of the last ones."""

    log: list[_Check] | None = None


class _State(Struct, frozen=True, rename="pascal"):
    """How a container is."""

    health: _Health | None = None


class _Described(Struct, frozen=True, rename="pascal"):
    """The little that counts here of what Docker says of a container."""

    state: _State = _State()


async def last_lines(core: "Core", alert: Alert) -> tuple[str, ...]:
    """None where its host does not tell."""
    if not is_unmanaged(alert) and alert.subject.type != "deployment":
        return ()
    written, checked = await asyncio.gather(_written(core, alert), _checked(core, alert))
    return (*written[len(checked) - _LINES :], *checked)


async def _written(core: "Core", alert: Alert) -> tuple[str, ...]:
    subject = alert.subject
    asked: ReadLog | ContainerLog = (
        ContainerLog(target=subject.id, container=subject.what, tail=_LINES)
        if is_unmanaged(alert)
        else ReadLog(target=subject.id, tail=_LINES)
    )
    block: LogBlock | None = await _asked(core, asked)
    lines = block.lines[-_LINES:] if block else ()
    return tuple(line.text[:_LONGEST] for line in lines if line.stream != "note")


async def _checked(core: "Core", alert: Alert) -> tuple[str, ...]:
    """What the last check that failed wrote."""
    if alert.rule_kind != _FOUND_UNHEALTHY:
        return ()
    subject = alert.subject
    asked: Inspect | InspectContainer = (
        InspectContainer(target=subject.id, container=subject.what)
        if is_unmanaged(alert)
        else Inspect(target=subject.id)
    )
    return health_lines(await _asked(core, asked) or {})


def health_lines(told: Any) -> tuple[str, ...]:
    """Of Docker's own description of a container."""
    try:
        health = msgspec.convert(told, _Described).state.health
    except msgspec.ValidationError:
        return ()
    failed = [check for check in (health and health.log) or () if check.exit_code]
    lines = [line.strip() for line in (failed[-1].output if failed else "").splitlines() if line.strip()]
    return tuple(f"health check: {line}"[:_LONGEST] for line in lines[-_OF_A_CHECK:])


async def _asked(core: "Core", asked: Query[Any]) -> Any:
    try:
        return (await core.dispatcher.run(SYSTEM, asked)).value
    except MonitorError:
        return None
