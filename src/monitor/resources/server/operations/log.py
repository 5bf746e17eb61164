"""Reading what a container that belongs to no deployment wrote. Each takes `logs` on the server, and `unmanaged`."""

from typing import Annotated

from msgspec import Meta

from monitor.kernel.container_log import LogBlock, LogFileQuery, LogQuery, LogTopic
from monitor.kernel.download import Download
from monitor.kernel.marks import shown
from monitor.resources.server.operations.inside import Reference


class ContainerLog(LogQuery[LogBlock], frozen=True, kw_only=True, omit_defaults=True, tag="server.container_log"):
    """What a container that belongs to no deployment wrote: its last lines, those of a time, or those with a text."""

    container: Reference


class ContainerLogFile(
    LogFileQuery[Download], frozen=True, kw_only=True, omit_defaults=True, tag="server.container_log_file"
):
    """The same as a file of plain text, however large."""

    container: Reference


class FollowContainerLog(LogTopic, frozen=True, kw_only=True, omit_defaults=True, tag="server.follow_container_log"):
    """What a container that belongs to no deployment wrote and every new line, live, through its stops and starts."""

    container: Annotated[str, Meta(max_length=255), shown("Container", "Its name or id.")] = ""
