"""Messages about the agent itself."""

from monitor.kernel.call import Call
from monitor.kernel.hostview import AgentInfo


class Hello(Call[AgentInfo], frozen=True, kw_only=True, tag="agent.hello"):
    """Who are you, and what can you do?"""
