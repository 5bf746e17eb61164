"""Connection: asking one Docker daemon over its unix socket, in the API version daemon and Monitor both know."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import msgspec

from monitor.abilities.docker.transport import Answer, Transport
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, HostError, MonitorError, NotFound, Unavailable

NEWEST = (1, 43)
"""The newest API version this client was written for (docs.docker.com/reference/api/engine/version-history)."""
READ = 10.0
"""Seconds a question may take."""
WRITE = 60.0
"""Seconds a change may take, beside the time a container is given to stop."""


class Connection:
    """One Docker daemon. Every method raises Unavailable (no answer), NotFound, Conflict, HostError (it said no) or
    Invalid (a name that can be none, refused before it is sent). Nothing is asked twice unless the daemon refused
    the API version.
    """

    def __init__(self, socket: str, clock: Clock) -> None:
        self._transport = Transport(socket, clock)
        self._api = ""

    @property
    def socket(self) -> str:
        """Path of the daemon's socket."""
        return self._transport.socket

    async def version(self) -> dict[str, Any]:
        """What the daemon is; also agrees on the API version anew."""
        status, body = await self._transport.exchange("GET", "/version", {}, b"", READ)
        _check(status, body)
        told = decode(body)
        self._api = _agree(told)
        return told

    async def api(self) -> tuple[int, ...]:
        """The API version that is spoken, agreed on first where it was not."""
        if not self._api:
            await self.version()
        return _numbers(self._api)

    async def ping(self, limit: float = READ) -> None:
        """Return if the daemon answers within `limit` seconds."""
        status, body = await self._transport.exchange("GET", "/_ping", {}, b"", limit)
        _check(status, body)

    async def ask(
        self,
        method: str,
        path: str,
        query: dict[str, str] | None = None,
        *,
        body: dict[str, Any] | None = None,
        packed: bytes = b"",
        limit: float = READ,
    ) -> Any:
        """Its answer, decoded; None where it says nothing. `packed` is a tar archive to send instead of a body."""
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
        return decode(got) if got.strip() else None

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        path: str,
        query: dict[str, str],
        *,
        headers: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        limit: float = READ,
    ) -> AsyncGenerator[Answer]:
        """The answer, to be read as it comes; `limit` seconds until it begins."""
        given = headers or {}
        sent = b""
        if body is not None:
            given, sent = {**given, "Content-Type": "application/json"}, msgspec.json.encode(body)
        for last in (False, True):
            target = await self._target(path, query)
            try:
                async with self._transport.open(method, target, given, sent, limit) as answer:
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
        await self.api()
        return f"/v{self._api}{path}" + (f"?{urlencode(query)}" if query else "")


def _agree(told: dict[str, Any]) -> str:
    """The newest version both know; where the daemon has left ours behind, its oldest."""
    newest, oldest = _numbers(told["ApiVersion"]), _numbers(told.get("MinAPIVersion") or "1.12")
    agreed = max(min(newest, NEWEST), oldest)
    return ".".join(map(str, agreed))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _wrong_version(status: int, body: bytes) -> bool:
    """Whether the daemon is no longer the one that was agreed with: it was replaced by another version."""
    return status == 400 and b"client version" in body


def decode(body: bytes) -> Any:
    """JSON the daemon wrote; HostError where it is none."""
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
