"""Routes: core's web application: the API, live, docs, health, metrics and, everywhere else, the web app."""

import asyncio
import contextlib
import gzip
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from monitor.core import docs_page, openapi
from monitor.core.caller import ANONYMOUS, Caller
from monitor.core.exposition import OPEN_METRICS, PLAIN, Page, wants_open_metrics
from monitor.core.fleet_metrics import FleetMetrics
from monitor.core.http import json_response, problem_response
from monitor.core.live import LiveSession
from monitor.core.site import Site
from monitor.kernel.errors import MonitorError, NotFound, NotSignedIn
from monitor.kernel.stream import StreamHandler

if TYPE_CHECKING:
    from monitor.core.app import Core

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)
"""Of every answer, but for those it sets itself."""
_SEND_WITHIN = 30.0


def application(core: "Core", extra: "list[Route]") -> Starlette:
    """The ASGI application of a core."""
    pages = Pages(core)
    return Starlette(
        routes=[
            *extra,  # few, and asked by many at once: webhooks
            *core.api.routes(),
            Route("/api/openapi.json", pages.openapi),
            Route("/api/docs", pages.docs),
            WebSocketRoute("/api/live", Live(core, core.streams).serve),
            WebSocketRoute("/api/terminal/{id}", core.door.serve),
            Route("/healthz", pages.health),
            Route("/readyz", pages.ready),
            Route("/metrics", pages.metrics),
            Site(core.origins, core.web_app).route(),
        ],
        middleware=[Middleware(Guard, core=core)],
        exception_handlers={MonitorError: _expected, 404: _missing, 405: _wrong_method},
    )


class Pages:
    """What is served beside the API."""

    def __init__(self, core: "Core") -> None:
        self._core = core
        self._document = openapi.document(core.parts.registry)
        self._page = docs_page.page(self._document)
        self._fleet = FleetMetrics(core.parts)

    async def openapi(self, request: Request) -> Response:
        """OpenAPI 3.1."""
        self._need_sign_in(request)
        return json_response(self._document)

    async def docs(self, request: Request) -> Response:
        """The same to browse."""
        self._need_sign_in(request)
        return HTMLResponse(self._page, headers={"content-security-policy": docs_page.POLICY})

    async def health(self, request: Request) -> Response:
        """The process lives."""
        return json_response({"status": "ok"})

    async def ready(self, request: Request) -> Response:
        """It can answer: the store is open and it is not stopping."""
        ready = self._core.ready
        return json_response({"status": "ready" if ready else "not ready"}, 200 if ready else 503)

    async def metrics(self, request: Request) -> Response:
        """Core for everybody who is let in; servers and containers for who may read them, so never for nobody."""
        is_open = self._core.settings.metrics_open and "authorization" not in request.headers
        caller = ANONYMOUS if is_open else self._caller(request)
        if not caller.user and not is_open:
            raise NotSignedIn("sign in first", hint="A scraper sends an API key: see docs/prometheus.md")
        open_metrics = wants_open_metrics(request.headers.get("accept", ""))
        page = await self._fleet.page(caller) if caller.user else Page(())
        text = page.text(self._core.metrics_text(open_metrics=open_metrics), open_metrics=open_metrics)
        headers = {"content-type": OPEN_METRICS if open_metrics else PLAIN, "vary": "Accept, Accept-Encoding"}
        body = text.encode()
        if "gzip" in request.headers.get("accept-encoding", ""):
            body = await asyncio.to_thread(gzip.compress, body, 1)
            headers["content-encoding"] = "gzip"
        return Response(body, headers=headers)

    def _need_sign_in(self, request: Request) -> None:
        if not self._caller(request).user:
            raise NotSignedIn("sign in first")

    def _caller(self, request: Request) -> Caller:
        self._core.origins.check_host(request)
        return self._core.api.caller(request)


class Live:
    """Serves /api/live."""

    def __init__(self, core: "Core", handlers: Mapping[str, StreamHandler]) -> None:
        self._core = core
        self._handlers = handlers

    async def serve(self, socket: WebSocket) -> None:
        """One websocket from its opening to its end."""
        core = self._core
        try:
            core.origins.check_host(socket)
            caller = core.api.caller(socket)
            if not caller.user:
                raise NotSignedIn("sign in first")
        except MonitorError as refused:
            # Accepted first: a refusal before that reaches the other side as a bare 403 without its reason.
            await socket.accept()
            await socket.close(4401 if refused.status == 401 else 4403, refused.message[:120])
            return
        await socket.accept()
        session = self._session(socket, caller.session)
        core.sessions.add(session)
        core.metrics.live.inc()
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    break
                await session.receive(message.get("text") or message.get("bytes") or b"")
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            session.close()
            core.sessions.discard(session)
            core.metrics.live.dec()

    def _session(self, socket: WebSocket, session_id: str) -> LiveSession:
        core = self._core
        sending = asyncio.Lock()

        async def send(data: bytes) -> None:
            """One frame; a reader that takes nothing for 30 s is dropped and may come back."""
            async with sending:
                try:
                    async with asyncio.timeout(_SEND_WITHIN):
                        await socket.send_text(data.decode())
                except TimeoutError:
                    with contextlib.suppress(RuntimeError):
                        await socket.close(4408, "you read too slowly; connect again")

        return LiveSession(
            core.parts, core.dispatcher, self._handlers, lambda: core.people.by_session(session_id), send
        )


class Guard:
    """Outermost: safe headers on every answer, every failure as a problem, requests counted."""

    def __init__(self, app: ASGIApp, core: "Core") -> None:
        self._app = app
        self._core = core

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = self._core.parts.clock.monotonic()
        status = 0

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_defaults(message["headers"])
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            self._core.log.exception("a request failed unexpectedly", extra={"path": scope["path"]})
            if status == 0:
                bug = MonitorError("a bug in Monitor; core's log has the details")
                await problem_response(bug)(scope, receive, send_guarded)
        finally:
            self._core.metrics.requests.labels(str(status)).inc()
            self._core.metrics.seconds.observe(self._core.parts.clock.monotonic() - begun)


def _with_defaults(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    own = {name for name, _ in headers}
    return [*headers, *(each for each in _HEADERS if each[0] not in own)]


async def _expected(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, MonitorError)  # noqa: S101 - registered for this class
    return problem_response(failure)


async def _missing(request: Request, failure: Exception) -> Response:
    return problem_response(NotFound(f"there is nothing at {request.url.path[:200]}"))


async def _wrong_method(request: Request, failure: Any) -> Response:
    wrong = MonitorError(f"{request.method} is not for this path")
    wrong.status, wrong.code, wrong.title = 405, "method", "Method not allowed"
    response = problem_response(wrong)
    response.headers.update(failure.headers or {})
    return response
