"""JoinDesk: core's side of joining, without HTTP and without a store of its own."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from monitor.abilities.agent.calls import Hello
from monitor.core.link.remote import RemoteHost
from monitor.kernel.clock import Clock
from monitor.kernel.errors import Conflict, Forbidden, Invalid, MonitorError, Unavailable
from monitor.kernel.ids import new_id
from monitor.kernel.joining import (
    TOKEN_LIFE,
    JoinAnswer,
    JoinConfirm,
    JoinOutcome,
    JoinRequest,
    Token,
    is_authentic,
    mac_of,
    new_secret,
)
from monitor.kernel.pinning import Identity, check_certificate, fingerprint

_TRIES = 3
"""Calls to a host that has only just opened its port."""
_BETWEEN = 1.0
_KEPT = timedelta(seconds=2 * TOKEN_LIFE)
_LOG = logging.getLogger(__name__)


class OpenToken(Struct, frozen=True, kw_only=True):
    """A token that was issued and not spent, and what its host has said so far."""

    id: str
    server: str
    """Id of the server it lets a host join as."""
    secret: str
    expires: datetime
    replace: bool
    """Whether an admin said that it may take the place of a host that has joined."""
    address: str = ""
    port: int = 0
    certificate: str = ""


class Joined(Struct, frozen=True, kw_only=True):
    """A host that has proved itself and answered core's call; store it as the server's."""

    server: str
    address: str
    port: int
    pin: str
    """Its certificate (PEM)."""
    replace: bool


class Moment(StrEnum):
    """What may be told of a token on its way."""

    ISSUED = "issued"
    REFUSED = "refused"
    """A request that names it proves nothing, or comes too late."""
    INTRODUCED = "introduced"
    CALLING = "calling"
    FAILED = "failed"
    JOINED = "joined"


Tell = Callable[[OpenToken, Moment, MonitorError | None], None]
"""Told each moment as it comes, with why it went wrong."""


def _tell_nobody(token: OpenToken, moment: Moment, why: MonitorError | None) -> None:
    """Where nobody watches."""


class OpenTokens(Protocol):
    """Where open tokens are kept."""

    async def get(self, id: str) -> OpenToken | None:
        """One token, expired or not."""
        ...

    async def put(self, token: OpenToken) -> None:
        """Keep it, in place of the one with the same id."""
        ...

    async def drop(self, id: str) -> None:
        """Forget it."""
        ...


class MemoryTokens:
    """Open tokens of this life of core; one that core forgot by a restart is simply made again."""

    def __init__(self) -> None:
        self._tokens: dict[str, OpenToken] = {}

    async def get(self, id: str) -> OpenToken | None:
        return self._tokens.get(id)

    async def put(self, token: OpenToken) -> None:
        self._tokens = {id: kept for id, kept in self._tokens.items() if kept.expires > token.expires - _KEPT}
        self._tokens[token.id] = token

    async def drop(self, id: str) -> None:
        self._tokens.pop(id, None)


class JoinDesk:
    """Issues tokens, answers hosts, and calls them before it lets them in.

    `admit(joined)` stores the pin and answers the server's name; it raises Conflict if the server has a host and
    `replace` was not said. To someone without a valid token every reason to refuse looks the same.
    """

    def __init__(
        self,
        identity: Identity,
        clock: Clock,
        tokens: OpenTokens,
        admit: Callable[[Joined], Awaitable[str]],
        tell: Tell = _tell_nobody,
    ) -> None:
        self._identity = identity
        self._clock = clock
        self._tokens = tokens
        self._admit = admit
        self._tell = tell
        self._busy: set[str] = set()

    async def issue(self, server: str, *, replace: bool = False) -> tuple[Token, datetime]:
        """A token for one host to join as this server, and when it expires."""
        now = self._clock.now()
        expires = now + timedelta(seconds=TOKEN_LIFE)
        made = OpenToken(id=new_id(now), server=server, secret=new_secret(), expires=expires, replace=replace)
        await self._tokens.put(made)
        self._tell(made, Moment.ISSUED, None)
        return Token(made.id, made.secret, fingerprint(self._identity.certificate)), expires

    async def answer(self, request: JoinRequest, peer: str) -> JoinAnswer:
        """First step: take the host's certificate, give core's. `peer` is where the request came from."""
        token = await self._authentic(request)
        try:
            certificate = check_certificate(request.certificate)
        except Invalid as wrong:
            self._tell(token, Moment.FAILED, wrong)
            raise Invalid.field("certificate", wrong.message) from None
        address = request.address or peer
        source = await _source_towards(address, request.port)
        token = replace(token, address=address, port=request.port, certificate=certificate)
        await self._tokens.put(token)
        self._tell(token, Moment.INTRODUCED, None)
        answer = JoinAnswer(certificate=self._identity.certificate, source=source, request=request.mac)
        return replace(answer, mac=mac_of(answer, token.secret))

    async def confirm(self, request: JoinConfirm) -> JoinOutcome:
        """Second step: call the host at its address. Only success spends the token."""
        token = await self._authentic(request)
        if not token.certificate:
            raise Conflict("this token's host has not introduced itself yet", hint="run the join command again")
        if token.id in self._busy:
            raise Conflict("this host is being called already", hint="wait until the other join has ended")
        self._busy.add(token.id)
        try:
            outcome = await self._try(token)
        finally:
            self._busy.discard(token.id)
        return replace(outcome, mac=mac_of(outcome, token.secret))

    async def _try(self, token: OpenToken) -> JoinOutcome:
        joined = Joined(
            server=token.server, address=token.address, port=token.port, pin=token.certificate, replace=token.replace
        )
        self._tell(token, Moment.CALLING, None)
        try:
            await self._call(joined)
            name = await self._admit(joined)
        except MonitorError as failure:
            _LOG.warning("a host at %s port %d could not join: %s", token.address, token.port, failure.message)
            self._tell(token, Moment.FAILED, failure)
            return JoinOutcome(ok=False, error=failure.message, hint=failure.hint)
        await self._tokens.drop(token.id)
        self._tell(token, Moment.JOINED, None)
        return JoinOutcome(ok=True, server=name)

    async def _call(self, joined: Joined) -> None:
        host = RemoteHost(joined.address, joined.port, self._identity, joined.pin, self._clock, named=True)
        try:
            for last in (False,) * (_TRIES - 1) + (True,):
                try:
                    await host.call(Hello())
                    return
                except Unavailable:
                    if last:
                        raise
                    await self._clock.sleep(_BETWEEN)
        finally:
            await host.close()

    async def _authentic(self, request: JoinRequest | JoinConfirm) -> OpenToken:
        """The token a request was made with. Forbidden, always in the same words, if there is none or it is a fake."""
        token = await self._tokens.get(request.token)
        why = self._wrong(token, request) if token is not None else ""
        if token is None or why:
            if token is not None:
                again = "make a new token and copy it whole"
                self._tell(token, Moment.REFUSED, Forbidden(why, hint=again))
            raise Forbidden(
                "this join token is not valid",
                hint="it is wrong, expired or used, or the request was altered: make a new token in core",
            )
        return token

    def _wrong(self, token: OpenToken, request: JoinRequest | JoinConfirm) -> str:
        """What is wrong with a request that names this token, in words for who made it; empty if nothing is."""
        if not is_authentic(request, token.secret):
            return "a host was refused: it named this token without proving that it holds it"
        if self._clock.now() >= token.expires:
            return "a host was refused: the token had expired before it was used"
        return ""


async def _source_towards(address: str, port: int) -> str:
    """The address core's calls to a host come from; empty if this machine has no way to it."""
    with suppress(OSError, UnicodeError):
        found = await asyncio.get_running_loop().getaddrinfo(address.strip("[]"), port, type=socket.SOCK_DGRAM)
        for family, kind, _, _, target in found:
            with suppress(OSError), socket.socket(family, kind) as probe:
                # Connecting a datagram socket sends nothing; it only makes the kernel choose a route.
                probe.connect(target)
                return str(probe.getsockname()[0])
    return ""
