"""HostAgent: what this host's abilities work with."""

import asyncio
import os
import platform
import shutil
import socket
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from monitor import __version__
from monitor.abilities.agent.contract import SEARCHES
from monitor.abilities.build.limits import Ceiling
from monitor.abilities.build.lives import name_of
from monitor.abilities.build.room import Builds
from monitor.abilities.cleaning.seen import Seen
from monitor.abilities.docker.engine import Engine
from monitor.abilities.git.mirrors import Mirrors
from monitor.abilities.image.held import Held
from monitor.abilities.stats.cgroups import Cgroups
from monitor.abilities.stats.containers import Containers
from monitor.abilities.stats.docker_use import DockerCount
from monitor.abilities.stats.recorder import Recorder
from monitor.abilities.stats.sampler import Sampler
from monitor.abilities.terminal.held import Terminals
from monitor.abilities.watch.kills import Kills, boot_of
from monitor.kernel.clock import Clock
from monitor.kernel.errors import MonitorError
from monitor.kernel.hostview import AgentInfo
from monitor.periphery.jobs.process import Programs, ignored
from monitor.periphery.policy import Policy
from monitor.periphery.settings import PeripherySettings


class HostAgent:
    """Implements `abilities.agent.contract.Agent`."""

    def __init__(self, settings: PeripherySettings, clock: Clock, calls: tuple[str, ...]) -> None:
        self.clock = clock
        self.work: Path = settings.state / "work"
        self.mirrors = Mirrors(settings.state / "mirrors", settings.policy.source_roots)
        self.held = Held()
        self.seen = Seen(settings.state / "images.json")
        self.searches = asyncio.Semaphore(SEARCHES)
        self.terminals = Terminals(clock, settings.state / "terminals", allowed=settings.policy.container_terminals)
        self._policy = Policy(settings.policy)
        self.programs = Programs(self.work, clock)
        self.docker = Engine(settings.docker_socket, clock, self._policy.judge, self._policy.judge_network)
        self.stats = Sampler(clock, DockerCount(self.docker))
        self.builds = Builds(
            _ceiling(settings), self._policy.judge_build, self._policy.judge_command, clock, agent=_own_name(settings)
        )
        cgroups = Cgroups(self.stats.sys, self.stats.proc)
        self.recorder = Recorder(clock, self.stats, Containers(self.docker, clock, cgroups))
        self.kills = Kills(settings.state / "kills.json", boot_of(self.stats.proc))
        self._calls = calls

    async def process(self, argv: Sequence[str], *, env: dict[str, str], what: str) -> bytes:
        return await self.programs.run("call", argv, cwd=None, env=env, what=what, sink=ignored)

    async def info(self) -> AgentInfo:
        """Asked anew each time: Docker may have been updated meanwhile."""
        try:
            docker = await self.docker.version()
        except MonitorError:
            docker = {}
        machine = os.uname()
        return AgentInfo(
            version=__version__,
            calls=self._calls,
            hostname=socket.gethostname(),
            system=_system_name(),
            kernel=machine.release,
            architecture=machine.machine,
            cores=os.cpu_count() or 0,
            memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            docker=str(docker.get("Version", "")),
            docker_api=str(docker.get("ApiVersion", "")),
            now=self.clock.now(),
            powers=self._policy.powers,
            bind_roots=self._policy.bind_roots,
            programs=_programs(buildx=self.builds.buildx is not None),
        )


def _own_name(settings: PeripherySettings) -> str:
    """Tells this agent from others on the same host, and its lives from one another."""
    return name_of(sha256(str(settings.state.resolve()).encode()).hexdigest()[:12])


def _programs(*, buildx: bool) -> tuple[str, ...]:
    """What builds are made with."""
    found = tuple(name for name in ("git", "docker") if shutil.which(name))
    return (*found, "docker-buildx") if buildx else found


def _ceiling(settings: PeripherySettings) -> Ceiling:
    policy = settings.policy
    return Ceiling(memory=policy.build_memory, cpus=policy.build_cpus, processes=policy.build_processes)


def _system_name() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        return platform.system()
