"""Lines: the last of what the container an alert is about wrote, without secrets, as everybody reads logs."""

from typing import TYPE_CHECKING

from monitor.core.caller import SYSTEM
from monitor.features.alerts.subjects import is_unmanaged
from monitor.kernel.alerts import Alert
from monitor.kernel.container_log import LogBlock
from monitor.kernel.errors import MonitorError
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.server.operations.log import ContainerLog

if TYPE_CHECKING:
    from monitor.core.app import Core

_LINES = 10
_LONGEST = 400


async def last_lines(core: "Core", alert: Alert) -> tuple[str, ...]:
    """None where its host does not tell."""
    subject = alert.subject
    if is_unmanaged(alert):
        asked: ReadLog | ContainerLog = ContainerLog(target=subject.id, container=subject.what, tail=_LINES)
    elif subject.type == "deployment":
        asked = ReadLog(target=subject.id, tail=_LINES)
    else:
        return ()
    try:
        block: LogBlock = (await core.dispatcher.run(SYSTEM, asked)).value
    except MonitorError:
        return ()
    return tuple(line.text[:_LONGEST] for line in block.lines[-_LINES:] if line.stream != "note")
