"""Engine: the Docker Engine API over its unix socket, in the version daemon and Monitor both know."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

import msgspec

from monitor.abilities.docker.frames import read_frames, read_json, read_raw
from monitor.abilities.docker.names import container_segment, image_segments, split_reference
from monitor.abilities.docker.transport import Answer, Transport
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, HostError, MonitorError, NotFound, Unavailable

NEWEST = (1, 43)
"""The newest API version this client was written for (docs.docker.com/reference/api/engine/version-history)."""
READ = 10.0
"""Seconds a question may take."""
WRITE = 60.0
"""Seconds a change may take, beside the time a container is given to stop."""
PULL = 600.0
"""Seconds until a registry has said anything."""

Judge = Callable[[dict[str, Any]], None]
"""Looks at a body before it is sent; raises PolicyRefused to refuse it."""


class Created(NamedTuple):
    """What the daemon said of a new container."""

    id: str
    warnings: tuple[str, ...]


class Engine:
    """One Docker daemon. Every method raises Unavailable (no answer), NotFound, Conflict, HostError (it said no) or
    Invalid (a name that can be none, refused before it is sent). Nothing is asked twice unless the daemon refused
    the API version.
    """

    def __init__(self, socket: str, clock: Clock, judge: Judge | None = None) -> None:
        self._transport = Transport(socket, clock)
        self._judge = judge
        self._api = ""

    @property
    def socket(self) -> str:
        """Path of the daemon's socket."""
        return self._transport.socket

    async def version(self) -> dict[str, Any]:
        """What the daemon is; also agrees on the API version anew."""
        status, body = await self._transport.exchange("GET", "/version", {}, b"", READ)
        _check(status, body)
        told = _decode(body)
        self._api = _agree(told)
        return told

    async def ping(self, limit: float = READ) -> None:
        """Return if the daemon answers within `limit` seconds."""
        status, body = await self._transport.exchange("GET", "/_ping", {}, b"", limit)
        _check(status, body)

    async def info(self) -> dict[str, Any]:
        """The daemon's host and settings."""
        return await self._ask("GET", "/info")

    async def containers(self, *, labels: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Every container, running or not; those with all of `labels` (`name` or `name=value`)."""
        return await self._ask("GET", "/containers/json", {"all": "1", **_filters({"label": labels})})

    async def inspect(self, container: str, limit: float = READ) -> dict[str, Any]:
        """All the daemon knows of one container."""
        return await self._ask("GET", f"/containers/{container_segment(container)}/json", limit=limit)

    def judge(self, body: dict[str, Any]) -> None:
        """PolicyRefused if the host does not allow what the body asks for."""
        if self._judge is not None:
            self._judge(body)

    async def create(self, name: str, body: dict[str, Any]) -> Created:
        """Make a container, not yet started. The judge sees the body first, always."""
        self.judge(body)
        query = {"name": container_segment(name)}
        made = await self._ask("POST", "/containers/create", query, body=body, limit=WRITE)
        return Created(made["Id"], tuple(made.get("Warnings") or ()))

    async def unpack(self, container: str, archive: bytes, path: str = "/") -> None:
        """Unpack a tar archive in its file system, running or not; HostError where that is read-only."""
        target = f"/containers/{container_segment(container)}/archive"
        query = {"path": path, "noOverwriteDirNonDir": "1"}
        await self._ask("PUT", target, query, packed=archive, limit=WRITE)

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
        await self._ask("POST", f"/networks/{container_segment(network)}/connect", body=body, limit=WRITE)

    async def disconnect(self, network: str, container: str) -> None:
        """Let it leave a network."""
        body = {"Container": container_segment(container), "Force": False}
        await self._ask("POST", f"/networks/{container_segment(network)}/disconnect", body=body, limit=WRITE)

    async def network(self, name: str) -> dict[str, Any]:
        """All the daemon knows of a network."""
        return await self._ask("GET", f"/networks/{container_segment(name)}")

    async def remove(self, container: str, *, force: bool = False) -> None:
        """Remove it, killing it first if `force`. Its volumes stay, anonymous ones too."""
        path = f"/containers/{container_segment(container)}"
        await self._ask("DELETE", path, {"v": "0", "force": "1" if force else "0"}, limit=WRITE)

    async def wait(self, container: str) -> int:
        """Wait, without limit, until it does not run; its exit code."""
        path = f"/containers/{container_segment(container)}/wait"
        async with self._stream("POST", path, {"condition": "not-running"}) as answer:
            return _decode(await answer.body())["StatusCode"]

    @asynccontextmanager
    async def logs(
        self,
        container: str,
        *,
        tty: bool,
        tail: int,
        follow: bool = False,
        since: datetime | None = None,
        timestamps: bool = False,
    ) -> AsyncGenerator[AsyncIterator[tuple[str, bytes]]]:
        """(stream, line or part of one) of what it wrote; `tty` as in its config: the daemon packs both differently."""
        query = {"stdout": "1", "stderr": "1", "tail": str(tail), "follow": "1" if follow else "0"}
        query["timestamps"] = "1" if timestamps else "0"
        if since is not None:
            query["since"] = f"{since.timestamp():.6f}"
        async with self._stream("GET", f"/containers/{container_segment(container)}/logs", query) as answer:
            yield read_raw(answer.chunks()) if tty else read_frames(answer.chunks())

    @asynccontextmanager
    async def events(self, actions: Sequence[str] = ()) -> AsyncGenerator[AsyncIterator[dict[str, Any]]]:
        """What happens to containers from now on; entered, nothing is missed. Only `actions`, if given."""
        query = _filters({"type": ["container"], "event": actions})
        async with self._stream("GET", "/events", query) as answer:
            yield read_json(answer.chunks())

    async def image(self, reference: str) -> dict[str, Any]:
        """All the daemon knows of an image it has; NotFound if it has not."""
        return await self._ask("GET", f"/images/{image_segments(reference)}/json")

    async def pull(self, reference: str, auth: str = "") -> AsyncGenerator[dict[str, Any]]:
        """Progress of fetching an image; HostError when the registry has not got it. `auth`: X-Registry-Auth."""
        repository, tag = split_reference(reference)
        query = {"fromImage": repository, "tag": tag}
        headers = {"X-Registry-Auth": auth} if auth else {}
        async with self._stream("POST", "/images/create", query, headers=headers, limit=PULL) as answer:
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
        await self._ask("POST", f"/containers/{container_segment(container)}/{verb}", query, body=body, limit=limit)

    async def _ask(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        *,
        body: dict[str, Any] | None = None,
        packed: bytes = b"",
        limit: float = READ,
    ) -> Any:
        headers = {"Content-Type": "application/x-tar"} if packed else {}
        sent = packed
        if body is not None:
            headers, sent = {"Content-Type": "application/json"}, msgspec.json.encode(body)
        for last in (False, True):
            target = await self._target(path, query)
            try:
                status, got = await self._transport.exchange(method, target, headers, sent, limit)
            except Unavailable:
                self._api = ""
                raise
            if last or not _wrong_version(status, got):
                break
            self._api = ""
        _check(status, got)
        return _decode(got) if got.strip() else None

    @asynccontextmanager
    async def _stream(
        self,
        method: str,
        path: str,
        query: dict[str, str],
        *,
        headers: dict[str, str] | None = None,
        limit: float = READ,
    ) -> AsyncGenerator[Answer]:
        for last in (False, True):
            target = await self._target(path, query)
            try:
                async with self._transport.open(method, target, headers or {}, b"", limit) as answer:
                    if answer.status < 400:
                        yield answer
                        return
                    status, got = answer.status, await answer.body()
            except Unavailable:
                self._api = ""
                raise
            if last or not _wrong_version(status, got):
                _check(status, got)
            self._api = ""

    async def _target(self, path: str, query: dict[str, str] | None) -> str:
        if not self._api:
            await self.version()
        return f"/v{self._api}{path}" + (f"?{urlencode(query)}" if query else "")


def _agree(told: dict[str, Any]) -> str:
    """The newest version both know; where the daemon has left ours behind, its oldest."""
    newest, oldest = _numbers(told["ApiVersion"]), _numbers(told.get("MinAPIVersion") or "1.12")
    agreed = max(min(newest, NEWEST), oldest)
    return ".".join(map(str, agreed))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _filters(wanted: dict[str, Sequence[str]]) -> dict[str, str]:
    given = {name: list(values) for name, values in wanted.items() if values}
    return {"filters": msgspec.json.encode(given).decode()} if given else {}


def _wrong_version(status: int, body: bytes) -> bool:
    """Whether the daemon is no longer the one that was agreed with: it was replaced by another version."""
    return status == 400 and b"client version" in body


def _decode(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise HostError(f"Docker's answer cannot be read: {body[:80]!r}") from None


def _check(status: int, body: bytes) -> None:
    if status < 400:
        return
    raise _failure(status)(_message(body) or f"Docker answered {status}")


def _failure(status: int) -> type[MonitorError]:
    return {404: NotFound, 409: Conflict}.get(status, HostError)


def _message(body: bytes) -> str:
    try:
        told = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        return body.decode(errors="replace").strip()[:500]
    return str(told.get("message", ""))
