"""Joining from the host's side: prove the token, pin core, listen, and let core try."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from ipaddress import ip_address
from typing import BinaryIO, TypeVar

import httpx2
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import Conflict, Forbidden, HostError, MonitorError, Unavailable
from monitor.kernel.joining import (
    JoinAnswer,
    JoinConfirm,
    JoinOutcome,
    JoinRequest,
    Token,
    is_authentic,
    mac_of,
)
from monitor.kernel.pinning import fingerprint
from monitor.kernel.wire import decode, encode
from monitor.periphery.allowed import read_allowed, write_allowed
from monitor.periphery.app import Periphery
from monitor.periphery.identity import load_identity, read_pin, write_pin
from monitor.periphery.lock import take_lock
from monitor.periphery.settings import PeripherySettings

T = TypeVar("T", bound=Struct)
Tell = Callable[[str], None]

_OPENS_WITHIN = 10.0
_NOTICES_WITHIN = 1.5
"""Seconds in which a running periphery notices a new pin."""


async def join(
    settings: PeripherySettings, core_url: str, token: str, clock: Clock, *, address: str = "", tell: Tell = print
) -> str:
    """Join this host to core and answer the server's name.

    `address` is where core should call, if not where this host's requests come from. Raises Forbidden, Unavailable
    or HostError; when core said no, what was pinned before is in place again.
    """
    parsed = Token.parse(token)
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    certificate = load_identity(settings.state).certificate
    request = JoinRequest(token=parsed.id, certificate=certificate, port=settings.port, address=address)
    async with _client(core_url) as client:
        answer = await _introduce(client, parsed, request)
        tell(f"core proved itself; its calls come from {answer.source or 'an address it does not know'}")
        with _pinned(settings, answer):
            async with _listening(settings, clock, tell):
                tell(f"listening on port {settings.port}; core calls back")
                return await _confirm(client, parsed)


def _client(core_url: str) -> httpx2.AsyncClient:
    # Neither side trusts the way between them: each message proves itself by the token's secret.
    return httpx2.AsyncClient(base_url=core_url.rstrip("/"), verify=False, trust_env=False, timeout=60.0)


@contextmanager
def _pinned(settings: PeripherySettings, answer: JoinAnswer) -> Generator[None]:
    """Core pinned and let in; what was before comes back if core says no. (Without a word from it, it may be a yes.)"""
    before = (_pin_before(settings), read_allowed(settings.state))
    write_allowed(settings.state, [answer.source] if _is_address(answer.source) else [])
    write_pin(settings.state, answer.certificate)
    try:
        yield
    except (HostError, Forbidden, Conflict):
        write_pin(settings.state, before[0])
        write_allowed(settings.state, before[1])
        raise


async def _introduce(client: httpx2.AsyncClient, token: Token, request: JoinRequest) -> JoinAnswer:
    request = replace(request, mac=mac_of(request, token.secret))
    answer = await _post(client, "/api/join", request, JoinAnswer)
    if not is_authentic(answer, token.secret):
        raise Forbidden(
            f"the answer of {client.base_url} was not made by the core the token is from, or was altered on the way",
            hint="check the URL; something between this host and core may interfere",
        )
    if answer.request != request.mac:
        raise Forbidden("the answer belongs to another request: something replays old answers", hint="try again")
    if fingerprint(answer.certificate) != token.fingerprint:
        raise Forbidden(
            "core showed another certificate than the one the token names",
            hint="core's key has changed since the token was made: make a new token",
        )
    return answer


async def _confirm(client: httpx2.AsyncClient, token: Token) -> str:
    confirm = JoinConfirm(token=token.id)
    outcome = await _post(client, "/api/join/confirm", replace(confirm, mac=mac_of(confirm, token.secret)), JoinOutcome)
    if not is_authentic(outcome, token.secret):
        raise Forbidden("core's last answer was altered on the way", hint="join again with a new token")
    if not outcome.ok:
        raise HostError(f"core cannot call this host: {outcome.error}", hint=outcome.hint)
    return outcome.server


async def _post(client: httpx2.AsyncClient, path: str, message: Struct, answer: type[T]) -> T:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    try:
        got = await client.post(path, content=encode(message), headers=headers)
    except (httpx2.TransportError, httpx2.InvalidURL, OSError) as failure:
        raise Unavailable(
            f"core at {client.base_url} cannot be reached: {str(failure) or type(failure).__name__}",
            hint="check the URL, and that core listens on an address this host can reach",
        ) from failure
    if got.status_code != 200:
        raise _refusal(got)
    try:
        return decode(got.content, answer)
    except msgspec.MsgspecError:
        raise _no_core(client) from None


class _Problem(Struct):
    """The parts of a problem+json answer people need (RFC 9457)."""

    detail: str = ""
    hint: str = ""


def _refusal(got: httpx2.Response) -> MonitorError:
    try:
        problem = decode(got.content, _Problem)
    except msgspec.MsgspecError:
        problem = _Problem()
    said = _plain(problem.detail) or f"status {got.status_code}"
    if got.status_code >= 500:
        return Unavailable(f"core could not answer: {said}", hint="look at core's log, then run this command again")
    return Forbidden(f"core refused: {said}", hint=_plain(problem.hint) or "make a new token in core and try again")


def _no_core(client: httpx2.AsyncClient) -> HostError:
    return HostError(f"what answers at {client.base_url} is no core of Monitor", hint="check the URL")


@asynccontextmanager
async def _listening(settings: PeripherySettings, clock: Clock, tell: Tell) -> AsyncGenerator[None]:
    """The port open for core's call: by the periphery that runs, else by one for the time of it. One that begins
    meanwhile waits until this one ends.
    """
    lock = await _lock_or_port(settings, clock)
    if lock is None:
        yield
        return
    tell("no periphery is running on this host yet: opening the port for core's call only")
    with lock:
        periphery = Periphery(settings, clock)
        running = asyncio.ensure_future(periphery.run_locked())
        try:
            while not periphery.port and not running.done():
                await clock.sleep(0.02)
            if running.done():
                running.result()
            yield
        finally:
            periphery.stop()
            await running


async def _lock_or_port(settings: PeripherySettings, clock: Clock) -> BinaryIO | None:
    """The state folder, if no periphery has it, or the one that had it ended; None: the one that has it listens."""
    if (lock := take_lock(settings.state)) is not None:
        return lock
    await clock.sleep(_NOTICES_WITHIN)
    with suppress(TimeoutError):
        async with deadline(clock, _OPENS_WITHIN):
            while (lock := take_lock(settings.state)) is None and not await _is_open(settings):
                await clock.sleep(0.2)
            return lock
    raise HostError(
        f"the periphery running on this host does not listen on port {settings.port}",
        hint="its log says why; it must use the same settings as this command",
    )


async def _is_open(settings: PeripherySettings) -> bool:
    family = socket.AF_INET6 if ip_address(settings.address).version == 6 else socket.AF_INET
    any_address = ip_address(settings.address).is_unspecified
    target = ("::1" if family is socket.AF_INET6 else "127.0.0.1") if any_address else settings.address
    try:
        _, writer = await asyncio.open_connection(target, settings.port, family=family)
    except OSError:
        return False
    writer.close()
    return True


def _pin_before(settings: PeripherySettings) -> str:
    try:
        return read_pin(settings.state)
    except MonitorError:
        return ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def _plain(text: str) -> str:
    """What a stranger said, fit for a terminal."""
    return "".join(c for c in text if c.isprintable())[:500]
