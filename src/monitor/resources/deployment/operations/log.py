"""Reading what the container wrote."""

from monitor.kernel.container_log import LogBlock, LogFileQuery, LogQuery, LogTopic
from monitor.kernel.download import Download


class ReadLog(LogQuery[LogBlock], frozen=True, kw_only=True, omit_defaults=True, tag="deployment.log"):
    """What the container wrote: its last lines, those of a time, or those with a text."""


class LogFile(LogFileQuery[Download], frozen=True, kw_only=True, omit_defaults=True, tag="deployment.log_file"):
    """The same as a file of plain text, however large; bytes stay as the container wrote them, but for secrets."""


class FollowLog(LogTopic, frozen=True, kw_only=True, tag="deployment.follow_log"):
    """What the container wrote and every new line, live, through its stops and starts."""
