"""A simulated host's way of greeting."""

from msgspec.structs import replace

from monitor.abilities.agent.calls import Hello
from monitor.abilities.agent.contract import CallHandler
from monitor.kernel.hostview import AgentInfo
from monitor.testing.machine import Machine


async def hello(machine: Machine, call: Hello) -> AgentInfo:
    """The machine's info as of now."""
    del call
    docker = "" if machine.docker_down else machine.info.docker
    return replace(machine.info, docker=docker, now=machine.clock.now())


CALLS = (CallHandler(Hello, hello),)
