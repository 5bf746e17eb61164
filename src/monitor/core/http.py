"""HTTP: REST from the declarations. A request becomes an operation, its outcome a response; nothing is decided here."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Annotated, Any, get_args, get_origin

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.core.caller import ANONYMOUS, Caller
from monitor.core.dispatch import Dispatcher, Outcome
from monitor.core.download import file_response
from monitor.core.journal import ACTIVITY, Journal
from monitor.core.origin import Origins
from monitor.core.parts import Parts
from monitor.core.people import People
from monitor.core.problem import problem_of
from monitor.kernel import wire
from monitor.kernel.activity import Activity
from monitor.kernel.download import Download
from monitor.kernel.errors import Invalid, MonitorError, NotSignedIn, TooLarge, TooMany
from monitor.kernel.fields import struct_hints
from monitor.kernel.operation import Kind, Operation, tag_of

BODY_LIMIT = 1024 * 1024
_COOKIES = {True: "__Host-monitor", False: "monitor_session"}
_SAFE = ("GET", "HEAD")
_LONGEST_WAIT = 3600.0


class Api:
    """Answers requests for declared operations."""

    def __init__(
        self, parts: Parts, dispatcher: Dispatcher, journal: Journal, people: People, origins: Origins
    ) -> None:
        self._parts = parts
        self._dispatcher = dispatcher
        self._journal = journal
        self._people = people
        self._origins = origins

    def routes(self) -> list[Route]:
        """One per path, with all its methods, so that a wrong method is answered with the right ones."""
        by_path: dict[str, dict[str, type[Operation[Any]]]] = {}
        for name, operation in self._parts.registry.operations.items():
            if not operation.routed:
                continue
            method, path = self._parts.registry.route(name)
            by_path.setdefault(path, {})[method] = operation
        # Fixed words win over {target}: /activity before /{…}; Starlette takes the first that fits.
        ordered = sorted(by_path.items(), key=lambda item: item[0].count("{"))
        return [Route(f"/api{path}", self._endpoint(ops), methods=list(ops)) for path, ops in ordered]

    def caller(self, request: Any) -> Caller:
        """Who sends this request; anonymous without a session or key. NotSignedIn for a bad one."""
        address = self._origins.address(request)
        header = request.headers.get("authorization", "")
        if header:
            scheme, _, secret = header.partition(" ")
            caller = self._people.caller(secret.strip(), origin="api", address=address)
            if scheme.lower() != "bearer" or caller is None:
                raise NotSignedIn("the API key is unknown or expired", hint="Make a new one: monitor login")
            origin = "cli" if request.headers.get("user-agent", "").startswith("monitor-cli") else "api"
            return msgspec.structs.replace(caller, origin=origin)
        secret = request.cookies.get(_COOKIES[self._origins.is_https(request)], "")
        caller = self._people.caller(secret, origin="ui", address=address) if secret else None
        if caller is None:
            return msgspec.structs.replace(ANONYMOUS, address=address)
        if request.scope["type"] == "websocket" or request.method not in _SAFE:
            self._origins.check_same_origin(request)
        return caller

    def _endpoint(self, by_method: dict[str, type[Operation[Any]]]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            operation = by_method["GET" if request.method == "HEAD" else request.method]
            return await self._answer(request, operation)

        return endpoint

    async def _answer(self, request: Request, operation: type[Operation[Any]]) -> Response:
        self._origins.check_host(request)
        caller = self.caller(request)
        op = await self._decode(request, operation)
        wait = _seconds(request) if op.kind is Kind.ACTION else None
        outcome = await self._dispatcher.run(caller, op)
        if isinstance(outcome.value, Download):
            return await file_response(outcome.value, lambda: self._permit_again(request, op), self._parts.clock)
        response = await self._respond(op, outcome, wait)
        if outcome.session is not None:
            self._set_cookie(request, response, outcome.session)
        return response

    def _permit_again(self, request: Request, op: Operation[Any]) -> None:
        """Raise what refuses a long answer by now: its session has ended, or the right to it was taken away."""
        caller = self.caller(request)
        self._dispatcher.permit(caller, op, self._dispatcher.find(caller, op))

    async def _decode(self, request: Request, operation: type[Operation[Any]]) -> Operation[Any]:
        """The operation a request asks for; Invalid names every wrong or unknown field."""
        if request.method in (*_SAFE, "DELETE"):
            data, loose = _query(request, operation), True
        else:
            data, loose = await read_json(request), False
        if "op" in data:
            raise Invalid.field("op", "unknown field")
        if "target" in data:
            raise Invalid.field("target", "unknown field; a target stands in the path")
        if (target := request.path_params.get("target")) is not None:
            data["target"] = target
        if (match := request.headers.get("if-match")) is not None:
            data["revision"] = _revision(match)
        return wire.from_user({"op": tag_of(operation), **data}, operation, loose=loose)

    async def _respond(self, op: Operation[Any], outcome: Outcome, wait: float | None) -> Response:
        headers = {"Monitor-Activity": outcome.activity} if outcome.activity else {}
        if op.kind is not Kind.ACTION:
            if outcome.value is None:
                return Response(status_code=204, headers=headers)
            return json_response(outcome.value, 200, headers)
        if wait is None:
            return json_response(outcome.value, 202, headers)
        activity = await self._wait(outcome.value, wait)
        return json_response(activity, 200 if activity.state.ended else 202, headers)

    async def _wait(self, activity: Activity, seconds: float) -> Activity:
        """The activity when it has ended, or as it is after `seconds`."""
        listener = self._parts.bus.listen(ACTIVITY)
        current = activity
        try:
            current = await self._journal.get(activity.id) or activity
            if current.state.ended:
                return current
            async with asyncio.timeout(seconds):
                async for id, value in listener:
                    if id == activity.id:
                        current = value
                        if current.state.ended:
                            break
        except TimeoutError:
            pass
        finally:
            self._parts.bus.leave(ACTIVITY, listener)
        return current

    def _set_cookie(self, request: Request, response: Response, secret: str) -> None:
        https = self._origins.is_https(request)
        response.set_cookie(
            _COOKIES[https],
            secret,
            max_age=30 * 86_400 if secret else 0,
            path="/",
            secure=https,
            httponly=True,
            samesite="lax",
        )


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """JSON as msgspec writes it."""
    return Response(wire.encode(value), status, headers, "application/json")


def problem_response(failure: MonitorError) -> Response:
    """problem+json."""
    headers = {"Retry-After": str(failure.retry_after)} if isinstance(failure, TooMany) else {}
    return Response(wire.encode(problem_of(failure)), failure.status, headers, "application/problem+json")


def _query(request: Request, operation: type[Operation[Any]]) -> dict[str, Any]:
    """Query parameters; one given twice, or of a list, is a list."""
    data: dict[str, Any] = {}
    for key in request.query_params:
        if key == "wait" and operation.kind is Kind.ACTION:
            continue
        values = request.query_params.getlist(key)
        data[key] = values if len(values) > 1 or key in _lists(operation) else values[0]
    return data


@cache
def _lists(operation: type[Operation[Any]]) -> frozenset[str]:
    """Names of the parameters that may be given several times."""
    hints = {name: get_args(h)[0] if get_origin(h) is Annotated else h for name, h in struct_hints(operation).items()}
    return frozenset(name for name, hint in hints.items() if get_origin(hint) is tuple)


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object sent; an empty body is an empty object."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > BODY_LIMIT:
            raise TooLarge(f"the body is larger than {BODY_LIMIT} bytes")
        chunks.append(chunk)
    body = b"".join(chunks)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Invalid("send JSON with Content-Type: application/json")
    if not body.strip():
        return {}
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as wrong:
        raise Invalid(f"the body is no JSON object: {wrong}") from None


def _revision(match: str) -> int:
    text = match.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Invalid.field("If-Match", "give the resource's revision, a number")
    return int(text)


def _seconds(request: Request) -> float | None:
    """How long the answer may wait for the action's end; None: not at all."""
    text = request.query_params.get("wait")
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_WAIT:
        raise Invalid.field("wait", f"seconds, 0 to {_LONGEST_WAIT:.0f}")
    return seconds
