"""The agent's way of working on containers."""

from monitor.abilities.agent.contract import CallHandler, FeedHandler, JobHandler
from monitor.abilities.container.act import act
from monitor.abilities.container.calls import ActOnContainer, ReplaceContainer
from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.logs import read_log
from monitor.abilities.container.recovery import recover
from monitor.abilities.container.replace import replace

CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(ReadLog, read_log),)
JOBS: tuple[JobHandler, ...] = (JobHandler(ReplaceContainer, replace, recover), JobHandler(ActOnContainer, act))
