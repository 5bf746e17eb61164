"""Web: a browser or program that talks to a core's ASGI application, without a network."""

from typing import Any

import httpx2

from monitor.core.caller import Caller
from monitor.features.keys.spec import CreateKey
from tests.core.world import World

HOME = "http://127.0.0.1:9120"


class Web:
    """One client: keeps cookies, sends an Origin of core's own unless told otherwise."""

    def __init__(
        self, world: World, *, key: str = "", address: str = "127.0.0.1", base: str = HOME, origin: str | None = None
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        if not key:
            headers["Origin"] = base if origin is None else origin
        transport = httpx2.ASGITransport(app=world.app.core.application(), client=(address, 50_000))
        self.client = httpx2.AsyncClient(transport=transport, base_url=base, headers=headers)

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> httpx2.Response:
        """One request; below /api unless the path says otherwise. A body is sent as JSON."""
        path = path if path.startswith(("/api", "/health", "/ready", "/metrics")) else f"/api{path}"
        if body is None and method in ("POST", "PATCH", "PUT"):
            body = {}
        return await self.client.request(method, path, **({"json": body} if body is not None else {}), **more)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.ask("GET", path, **more)

    async def post(self, path: str, body: Any = None, **more: Any) -> httpx2.Response:
        return await self.ask("POST", path, body, **more)

    async def patch(self, path: str, body: Any = None, **more: Any) -> httpx2.Response:
        return await self.ask("PATCH", path, body, **more)

    async def delete(self, path: str, **more: Any) -> httpx2.Response:
        return await self.ask("DELETE", path, **more)


async def web_of(world: World, caller: Caller, **more: Any) -> Web:
    """A program with a key of this user's."""
    made = await world.app.run(CreateKey(name="test"), caller)
    return Web(world, key=made.secret, **more)


def problem(response: httpx2.Response, status: int) -> dict[str, Any]:
    """The problem a request was answered with; it must be a whole one."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found = response.json()
    assert found["status"] == status
    assert found["title"]
    assert found["detail"]
    assert found["type"] == f"urn:monitor:problem:{found['code']}"
    return found


def fields(response: httpx2.Response) -> list[str]:
    """Names of the wrong fields of a 422."""
    return [e["path"] for e in problem(response, 422).get("errors", [])]
