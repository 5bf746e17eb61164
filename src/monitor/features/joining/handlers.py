"""How join tokens are made, and what hosts ask while they join."""

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, structs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.core.caller import SYSTEM
from monitor.core.catalog import info_kind, resource_kind
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.http import json_response, read_json
from monitor.core.limits import Limit
from monitor.core.link.join import JoinDesk, Joined, MemoryTokens
from monitor.core.settings import has_tls, is_loopback
from monitor.features.joining.spec import AdmitHost
from monitor.features.joining.stages import Stages
from monitor.kernel.activity import Change, Who
from monitor.kernel.errors import Conflict, Forbidden, NotFound, Unavailable
from monitor.kernel.joining import JoinConfirm, JoinRequest
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.pinning import fingerprint
from monitor.kernel.stream import StreamHandler
from monitor.kernel.wire import from_user
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.info import ServerInfo
from monitor.resources.server.operations.join import IssueJoinToken, JoinToken, WatchJoin

if TYPE_CHECKING:
    from monitor.core.app import Core

M = TypeVar("M", bound=Struct)


class Joining:
    """Binds the join desk to tokens people ask for and to the two requests a joining host sends."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._limit = Limit(core.parts.clock, burst=20, every=3)
        self._stages = Stages(core.parts)
        tokens, tell = MemoryTokens(), self._stages.tell
        self._desk = JoinDesk(core.link, core.parts.clock, tokens, self._admit, tell) if core.link else None

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation and topic."""
        return (
            AnswerHandler(IssueJoinToken, self.issue, before=self.make_token),
            AnswerHandler(AdmitHost, self.admit),
            StreamHandler(WatchJoin, self._stages.watch),
        )

    def routes(self) -> list[Route]:
        """What a host asks without a session: its token proves it."""
        return [
            Route("/api/join", self.introduce, methods=["POST"]),
            Route("/api/join/confirm", self.confirm, methods=["POST"]),
        ]

    async def make_token(self, ctx: QueryContext, op: IssueJoinToken) -> JoinToken:
        """Refuse where a host has joined already, unless an admin says it is to be replaced."""
        self._check_replace(ctx.record.info.pin, op.replace)
        if op.replace and not ctx.caller.admin:
            raise Forbidden("only admins let a host take the place of one that has joined")
        token, expires = await self._need_desk().issue(ctx.record.id, replace=op.replace)
        settings = self._core.settings
        scheme = "https" if has_tls(settings) else "http"
        name = settings.address if is_loopback(settings.address) else "ADDRESS-OF-CORE"
        url = settings.public_url or f"{scheme}://{name}:{settings.port}"
        return JoinToken(token=str(token), expires=expires, command=f"monitor periphery join {url} --token {token}")

    async def issue(self, ctx: EditContext, op: IssueJoinToken) -> JoinToken:
        """The record says that a token was made, not the token."""
        ctx.summary("made a join token, good for 15 minutes")
        return ctx.prepared

    async def admit(self, ctx: EditContext, op: AdmitHost) -> str:
        """Store the pin and where core reached the host."""
        record = self._core.parts.catalog.get("server", op.server)
        if record is None:
            raise NotFound("the server was deleted meanwhile")
        self._check_replace(record.info.pin, op.replace)
        config: ServerConfig = record.stored.config
        info = ServerInfo(pin=op.pin, joined=ctx.now())
        if (config.address, config.port) != (op.address, op.port):
            moved = structs.replace(config, address=op.address, port=op.port)
            stored = structs.replace(
                record.stored, config=moved, revision=record.stored.revision + 1, updated=ctx.now()
            )
            ctx.changes.put(resource_kind("server"), record.id, stored)
        ctx.changes.put(info_kind("server"), record.id, info)
        ctx.on("server", record.id, record.stored.name)
        ctx.changed((Change("pin", _told(record.info.pin), _told(op.pin)),))
        ctx.summary(f"{record.stored.name} joined from {op.address} port {op.port}")
        return record.stored.name

    async def introduce(self, request: Request) -> Response:
        """A host's first request."""
        peer = self._core.origins.address(request)
        self._limit.take(peer)
        return json_response(await self._need_desk().answer(await _message(request, JoinRequest), peer))

    async def confirm(self, request: Request) -> Response:
        """A host's second request: core calls it."""
        self._limit.take(self._core.origins.address(request))
        return json_response(await self._need_desk().confirm(await _message(request, JoinConfirm)))

    async def _admit(self, joined: Joined) -> str:
        op = AdmitHost(
            server=joined.server, address=joined.address, port=joined.port, pin=joined.pin, replace=joined.replace
        )
        caller = structs.replace(SYSTEM, who=Who("agent", joined.server, joined.address), origin="join")
        return (await self._core.dispatcher.run(caller, op)).value

    def _need_desk(self) -> JoinDesk:
        if self._desk is None:
            raise Unavailable("this core was started without a link identity")
        return self._desk

    def _check_replace(self, pin: str, replace: bool) -> None:
        if pin and not replace:
            raise Conflict(
                "a periphery has joined as this server already",
                hint="To let another take its place, an admin makes the token with replace = true.",
            )


async def _message(request: Request, kind: type[M]) -> M:
    return from_user(await read_json(request), kind)


def _told(pin: str) -> str:
    return f"certificate {fingerprint(pin)}" if pin else "none"
