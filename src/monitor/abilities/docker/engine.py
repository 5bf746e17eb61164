"""Engine: what the containers of a Docker daemon are asked to do, and by whom it is judged."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from monitor.abilities.docker.connection import READ, WRITE, Connection, decode
from monitor.abilities.docker.disk_use import DiskUse
from monitor.abilities.docker.frames import read_json
from monitor.abilities.docker.names import container_segment, image_segments, split_reference
from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError

PULL = 600.0
"""Seconds until a registry has said anything."""

Judge = Callable[[dict[str, Any]], None]
"""Looks at a body before it is sent; raises PolicyRefused to refuse it."""


class Created(NamedTuple):
    """What the daemon said of a new container."""

    id: str
    warnings: tuple[str, ...]


class Engine(Connection):
    """One Docker daemon's containers, and what a deploy needs of its images and networks; raises as Connection does."""

    def __init__(
        self, socket: str, clock: Clock, judge: Judge | None = None, network_judge: Judge | None = None
    ) -> None:
        super().__init__(socket, clock)
        self.disk_use = DiskUse(self, clock)
        self._judge = judge
        self._network_judge = network_judge

    async def info(self) -> dict[str, Any]:
        """The daemon's host and settings."""
        return await self.ask("GET", "/info")

    async def containers(self, *, labels: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Every container, running or not; those with all of `labels` (`name` or `name=value`)."""
        return await self.ask("GET", "/containers/json", {"all": "1", **filters({"label": labels})})

    async def inspect(self, container: str, limit: float = READ) -> dict[str, Any]:
        """All the daemon knows of one container."""
        return await self.ask("GET", f"/containers/{container_segment(container)}/json", limit=limit)

    async def written(self, container: str, limit: float = WRITE) -> int:
        """Bytes it wrote into itself, counted file by file."""
        path = f"/containers/{container_segment(container)}/json"
        return int((await self.ask("GET", path, {"size": "1"}, limit=limit)).get("SizeRw") or 0)

    async def happened(
        self,
        since: datetime,
        until: datetime,
        actions: Sequence[str],
        types: Sequence[str] = ("container",),
        *,
        container: str = "",
    ) -> AsyncGenerator[dict[str, Any]]:
        """What happened between them, as far as the daemon remembers: its last 256 events. With an `until` that is
        still to come also what happens until then.
        """
        times = {"since": f"{since.timestamp():.6f}", "until": f"{until.timestamp():.6f}"}
        wanted = filters({"type": types, "event": actions, "container": [container] if container else []})
        async with self.stream("GET", "/events", {**times, **wanted}) as answer:
            async for told in read_json(answer.chunks()):
                yield told

    def judge(self, body: dict[str, Any]) -> None:
        """PolicyRefused if the host does not allow what the body asks for."""
        if self._judge is not None:
            self._judge(body)

    def judge_network(self, body: dict[str, Any]) -> None:
        """The same for the body of a new network."""
        if self._network_judge is not None:
            self._network_judge(body)

    async def create(self, name: str, body: dict[str, Any]) -> Created:
        """Make a container, not yet started. The judge sees the body first, always."""
        self.judge(body)
        query = {"name": container_segment(name)}
        made = await self.ask("POST", "/containers/create", query, body=body, limit=WRITE)
        return Created(made["Id"], tuple(made.get("Warnings") or ()))

    async def unpack(self, container: str, archive: bytes, path: str = "/") -> None:
        """Unpack a tar archive in its file system, running or not; HostError where that is read-only."""
        target = f"/containers/{container_segment(container)}/archive"
        query = {"path": path, "noOverwriteDirNonDir": "1"}
        await self.ask("PUT", target, query, packed=archive, limit=WRITE)

    async def start(self, container: str) -> None:
        """Start it; a running one is left alone."""
        await self._change(container, "start")

    async def stop(self, container: str, grace: int) -> None:
        """TERM (or its own stop signal), and KILL after `grace` seconds; a stopped one is left alone."""
        await self._change(container, "stop", {"t": str(grace)}, limit=WRITE + grace)

    async def restart(self, container: str, grace: int) -> None:
        """Stop as above, and start."""
        await self._change(container, "restart", {"t": str(grace)}, limit=WRITE + grace)

    async def kill(self, container: str, signal: str = "KILL") -> None:
        """Send a signal; Conflict if it does not run."""
        await self._change(container, "kill", {"signal": signal})

    async def pause(self, container: str) -> None:
        """Freeze its processes; Conflict if it does not run or is paused already."""
        await self._change(container, "pause")

    async def unpause(self, container: str) -> None:
        """Let them go on; Conflict if it is not paused."""
        await self._change(container, "unpause")

    async def rename(self, container: str, name: str) -> None:
        """Give it another name; Conflict if that is taken."""
        await self._change(container, "rename", {"name": container_segment(name)})

    async def set_restart_policy(self, container: str, name: str, retries: int = 0) -> None:
        """Change when the daemon restarts it, and nothing else."""
        policy = {"RestartPolicy": {"Name": name, "MaximumRetryCount": retries}}
        await self._change(container, "update", body=policy)

    async def connect(self, network: str, container: str, settings: dict[str, Any]) -> None:
        """Let it join a network, at once or when it starts. The judge sees the settings first, as those of a body."""
        self.judge({"NetworkingConfig": {"EndpointsConfig": {network: settings}}})
        body = {"Container": container_segment(container), "EndpointConfig": settings}
        await self.ask("POST", f"/networks/{container_segment(network)}/connect", body=body, limit=WRITE)

    async def disconnect(self, network: str, container: str) -> None:
        """Let it leave a network."""
        body = {"Container": container_segment(container), "Force": False}
        await self.ask("POST", f"/networks/{container_segment(network)}/disconnect", body=body, limit=WRITE)

    async def network(self, name: str) -> dict[str, Any]:
        """All the daemon knows of a network."""
        return await self.ask("GET", f"/networks/{container_segment(name)}")

    async def remove(self, container: str, *, force: bool = False) -> None:
        """Remove it, killing it first if `force`. Its volumes stay, anonymous ones too."""
        path = f"/containers/{container_segment(container)}"
        await self.ask("DELETE", path, {"v": "0", "force": "1" if force else "0"}, limit=WRITE)

    async def wait(self, container: str) -> int:
        """Wait, without limit, until it does not run; its exit code."""
        path = f"/containers/{container_segment(container)}/wait"
        async with self.stream("POST", path, {"condition": "not-running"}) as answer:
            return decode(await answer.body())["StatusCode"]

    @asynccontextmanager
    async def events(
        self, actions: Sequence[str] = (), types: Sequence[str] = ("container",), *, container: str = ""
    ) -> AsyncGenerator[AsyncIterator[dict[str, Any]]]:
        """What happens to things of these types from now on; entered, nothing is missed. Only `actions`, and to one
        container, if given.
        """
        query = filters({"type": types, "event": actions, "container": [container] if container else []})
        async with self.stream("GET", "/events", query) as answer:
            yield read_json(answer.chunks())

    async def image(self, reference: str) -> dict[str, Any]:
        """All the daemon knows of an image it has; NotFound if it has not."""
        return await self.ask("GET", f"/images/{image_segments(reference)}/json")

    async def pull(self, reference: str, auth: str = "") -> AsyncGenerator[dict[str, Any]]:
        """Progress of fetching an image; HostError when the registry has not got it. `auth`: X-Registry-Auth."""
        repository, tag = split_reference(reference)
        query = {"fromImage": repository, "tag": tag}
        headers = {"X-Registry-Auth": auth} if auth else {}
        async with self.stream("POST", "/images/create", query, headers=headers, limit=PULL) as answer:
            async for told in read_json(answer.chunks()):
                if "error" in told:
                    raise HostError(f"cannot pull {reference}: {told['error']}")
                yield told

    async def _change(
        self,
        container: str,
        verb: str,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        limit: float = WRITE,
    ) -> None:
        await self.ask("POST", f"/containers/{container_segment(container)}/{verb}", query, body=body, limit=limit)


def filters(wanted: dict[str, Sequence[str]]) -> dict[str, str]:
    """The query of a list that takes filters; those without values are left out."""
    given = {name: list(values) for name, values in wanted.items() if values}
    return {"filters": msgspec.json.encode(given).decode()} if given else {}
