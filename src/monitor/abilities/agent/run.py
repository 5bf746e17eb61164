"""The agent's way of greeting."""

from monitor.abilities.agent.calls import Hello
from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.kernel.hostview import AgentInfo


async def hello(agent: Agent, call: Hello) -> AgentInfo:
    """Who the agent is, its host, and what both can do."""
    del call
    return await agent.info()


CALLS: tuple[CallHandler, ...] = (CallHandler(Hello, hello),)
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = ()
