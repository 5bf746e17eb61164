"""Door: where services send their pushes to, without a session. Whoever has not proven that he knows the secret is
answered always the same, and leaves nothing behind.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from monitor.core.http import json_response
from monitor.core.limits import Limit
from monitor.core.parts import Parts
from monitor.core.people import digest
from monitor.features.webhooks.desk import Desk
from monitor.features.webhooks.payload import read
from monitor.features.webhooks.proof import Proof, new_secret
from monitor.features.webhooks.stored import StoredHook
from monitor.kernel.clock import deadline
from monitor.kernel.errors import NotFound, TooLarge, TooSlow

_LARGEST = 25 * 1024 * 1024
"""Bytes of a body: what GitHub sends at the most (docs.github.com "Webhook events and payloads")."""
_READ = 1024 * 1024
"""Of a larger body nothing is kept: it is only checked, and the repository is asked all the same."""
_MOST_KEPT = 64 * _READ
"""Bytes of bodies that are kept at a time, of all requests together."""
_WITHIN = 10.0
"""Seconds a body may take; GitHub waits no longer for an answer."""


class Door:
    """The one route."""

    def __init__(self, parts: Parts, desk: Desk) -> None:
        self._parts = parts
        self._desk = desk
        self._limit = Limit(parts.clock, burst=600, every=0.1)
        self._nobody = parts.seal.seal(new_secret(), "")
        self._kept = 0

    def routes(self) -> list[Route]:
        """It."""
        return [Route("/api/hooks/{address}", self.answer, methods=["POST"])]

    async def answer(self, request: Request) -> Response:
        """202 at once, or the one refusal: for an unknown address, a wrong secret, and what is switched off."""
        hook = self._desk.at(digest(request.path_params["address"]))
        # Who is nobody's is checked too, as long as anybody's.
        sealed, about = (hook.secret, hook.id) if hook else (self._nobody, "")
        proof = Proof(request.headers, self._parts.seal.open(sealed, about))
        body = await self._body(request, proof)
        if not proof.holds() or hook is None or not hook.on:
            self._refuse(hook)
            raise NotFound("there is no such webhook, or it has another secret")
        self._limit.take(hook.id)
        delivery = await self._desk.take(hook, read(request.headers, body))
        return json_response({"delivery": delivery.id, "event": delivery.event}, 202)

    def _refuse(self, hook: StoredHook | None) -> None:
        if hook is not None and hook.on:
            self._desk.refuse(hook.id)

    async def _body(self, request: Request, proof: Proof) -> bytes | None:
        """What was sent, where it is small enough to be read; all of it is proven. TooLarge, TooSlow."""
        told = request.headers.get("content-length", "")
        if told.isascii() and told.isdigit() and int(told[:12]) > _LARGEST:
            raise _too_large()
        chunks: list[bytes] = []
        size = kept = 0
        try:
            async with deadline(self._parts.clock, _WITHIN):
                async for chunk in request.stream():
                    size += len(chunk)
                    if size > _LARGEST:
                        raise _too_large()
                    proof.update(chunk)
                    if size <= _READ and kept == size - len(chunk) and self._kept + len(chunk) <= _MOST_KEPT:
                        chunks.append(chunk)
                        kept += len(chunk)
                        self._kept += len(chunk)
        except TimeoutError:
            raise TooSlow(f"the body did not come within {_WITHIN:.0f} s") from None
        finally:
            self._kept -= kept
        return b"".join(chunks) if kept == size else None


def _too_large() -> TooLarge:
    return TooLarge(f"the body is larger than {_LARGEST} bytes")
