"""The agent's way of working on containers."""

from typing import Any

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.container.act import act
from monitor.abilities.container.calls import ActOnContainer, InspectContainer, ReplaceContainer
from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.logs import read_log
from monitor.abilities.container.lookup import find
from monitor.abilities.container.recovery import recover
from monitor.abilities.container.replace import replace

_MASK = "***"


async def inspect(agent: Agent, call: InspectContainer) -> dict[str, Any]:
    """The daemon's own description, values of the environment masked. NotFound."""
    seen = await find(agent.docker, call.name)
    return masked(await agent.docker.inspect(seen.id))


def masked(told: dict[str, Any]) -> dict[str, Any]:
    """A description without the values of its environment."""
    config: dict[str, Any] = told.get("Config") or {}
    entries: list[str] = config.get("Env") or []
    hidden = [f"{entry.partition('=')[0]}={_MASK}" for entry in entries]
    return {**told, "Config": {**config, "Env": hidden}}


CALLS: tuple[CallHandler, ...] = (CallHandler(InspectContainer, inspect),)
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(ReadLog, read_log),)
JOBS: tuple[JobHandler, ...] = (JobHandler(ReplaceContainer, replace, recover), JobHandler(ActOnContainer, act))
