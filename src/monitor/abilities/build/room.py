"""Builds: what one host lets its builds do and use, and the control groups that see to it while they run."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from monitor.abilities.build.buildx import PLUGIN_FOLDERS, find_buildx, takes_parent
from monitor.abilities.build.calls import Limits
from monitor.abilities.build.groups import Groups, Unlimited
from monitor.abilities.build.limits import Ceiling, HostSize, ceiling_of, together
from monitor.abilities.build.lives import is_on, is_over
from monitor.kernel.clock import Clock

OWN = "/monitor-build"
"""Below it is a group for each agent of the host, and below that one for each of its builds."""
SHARED = "/docker/buildkit"
"""Where the BuildKit inside an Engine puts all steps, if the daemon is not set to another parent."""
_TRIES, _PAUSE = 20, 0.1
"""How long a group of processes that were killed is given to become empty, in seconds."""


_NOWHERE = (
    "this Docker runs BuildKit's steps in control groups of their own, which Monitor cannot limit: from Docker 23 on "
    "it can be told where"
)


class Held(Struct, frozen=True):
    """A build's control group, and what it is not held to."""

    parent: str
    """To be named to Docker; empty: none."""
    groups: tuple[str, ...]
    """Those that hold it."""
    warnings: tuple[str, ...]


class Builds:
    """One host's."""

    def __init__(
        self,
        ceiling: Ceiling,
        judge: Callable[[Sequence[str]], None],
        judge_command: Callable[[], None],
        clock: Clock,
        *,
        agent: str,
        groups: Groups | None = None,
        plugins: Sequence[Path] = PLUGIN_FOLDERS,
    ) -> None:
        self.ceiling = ceiling
        self.judge = judge
        """PolicyRefused for an argument list that asks for more than the host allows."""
        self.judge_command = judge_command
        """PolicyRefused where it lets nobody run commands of theirs on it."""
        self.groups = groups or Groups()
        self._plugins = plugins
        self._clock = clock
        self._agent = agent
        """The name of its life: others on the same host see by it whether it is over."""
        self._running: set[str] = set()

    @property
    def buildx(self) -> Path | None:
        """Looked for each time: it may be installed while the agent runs."""
        return find_buildx(self._plugins)

    @asynccontextmanager
    async def buildkit(
        self, id: str, limits: Limits, host: HostSize, version: dict[str, Any], info: dict[str, Any]
    ) -> AsyncGenerator[Held]:
        """Hold a build by BuildKit to its limits: in a group of its own where the Engine heeds one, and in the one all
        share, which a Dockerfile's own frontend (`# syntax=`) cannot leave either.
        """
        heeded, shared = takes_parent(version), info.get("CgroupDriver") == "cgroupfs"
        warnings = [] if heeded or shared else [_NOWHERE]
        groups: list[str] = []
        self._running.add(id)
        try:
            if self._try(self._path(id), limits, warnings) and heeded:
                groups.append(self._path(id))
            if shared and self._try(SHARED, self._shared(host), warnings):
                groups.append(SHARED)
            yield Held(self._path(id) if heeded and groups else "", tuple(groups), tuple(dict.fromkeys(warnings)))
        finally:
            await self.end(id)
            if shared:
                self._share_less(host)

    @asynccontextmanager
    async def classic(self, id: str, limits: Limits, info: dict[str, Any]) -> AsyncGenerator[Held]:
        """The same by the classic builder; memory and cpus it limits by itself."""
        warnings: list[str] = []
        path = self._path(id)
        self._running.add(id)
        try:
            if info.get("CgroupDriver") != "cgroupfs":
                warnings.append("how many processes a step starts is not limited by Monitor here, but by systemd")
            elif self._try(path, limits, warnings):
                yield Held(path, (path,), ())
                return
            yield Held("", (), tuple(warnings))
        finally:
            await self.end(id)

    async def end(self, id: str) -> None:
        """End whatever is left of a build, and of builds of agents that are no more: earlier lives of this one, too."""
        self._running.discard(id)
        over = [f"{OWN}/{name}" for name in sorted(self.groups.below(OWN)) if is_over(name)]
        for path in (self._path(id), *over):
            for _ in range(_TRIES):
                self.groups.kill(path)
                if self.groups.drop(path):
                    break
                await self._clock.sleep(_PAUSE)
        if not self._running:
            self.groups.drop(f"{OWN}/{self._agent}")

    def _path(self, id: str) -> str:
        return f"{OWN}/{self._agent}/{id}"

    def _try(self, path: str, limits: Limits, warnings: list[str]) -> bool:
        try:
            self.groups.limit(path, limits)
        except Unlimited as why:
            warnings.append(str(why))
            return False
        return True

    def _shared(self, host: HostSize) -> Limits:
        """Of all that run now, of every agent of this host: their groups say it."""
        return together(self._all_limits(), ceiling_of(self.ceiling, host))

    def _share_less(self, host: HostSize) -> None:
        if self._all_limits():
            self._try(SHARED, self._shared(host), [])
        else:
            self.groups.free(SHARED)

    def _all_limits(self) -> list[Limits]:
        agents = [name for name in self.groups.below(OWN) if is_on(name)]
        paths = [f"{OWN}/{agent}/{id}" for agent in agents for id in self.groups.below(f"{OWN}/{agent}")]
        return [limits for path in paths if (limits := self.groups.limits_of(path)) is not None]
