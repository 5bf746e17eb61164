"""Forge: a git service that tells a build's webhook of its pushes, as each real one does."""

import hmac
import json
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

import httpx2

from monitor.abilities.git.calls import GitSource
from monitor.kernel.activity import Activity
from monitor.kernel.standard import standard_operations
from monitor.kernel.webhooks import Delivery, Webhook, webhook_operations
from monitor.resources.build.spec import BUILD
from tests.core.web import HOME, Web
from tests.core.world import World

URL = "https://git.example/app"
OPERATIONS = webhook_operations(BUILD)


class Forge:
    """A repository with `main`, and the build `app` made from it, whose webhook is on."""

    def __init__(self, world: World, build: str = "app", url: str = URL) -> None:
        self.world = world
        self.build = build
        self.repository = url
        self.path = self.secret = ""
        self._web: tuple[object, Web] | None = None

    async def set_up(self, **given: Any) -> "Forge":
        """Make the build and switch its webhook on."""
        self.push_to("main", 1)
        source = given.pop("source", GitSource(url=self.repository, branch="main"))
        await self.world.build(self.build, source=source)
        await self.on(**given)
        return self

    async def on(self, **given: Any) -> Any:
        """Switch it on; what is told of address and secret is remembered."""
        told = await self.do("webhook_on", **given)
        self.path = told.url.removeprefix(HOME)
        self.secret = told.secret or self.secret
        return told

    async def do(self, verb: str, **given: Any) -> Any:
        """One of its operations, as the system."""
        return await self.world.app.run(OPERATIONS[verb](target=self.build, **given))

    def push_to(self, branch: str, number: int) -> str:
        """A commit on a branch of the repository; nobody is told."""
        branches = self.world.host.machine.repositories.setdefault(self.repository, {})
        branches[branch] = commit(number)
        return commit(number)

    async def send(self, headers: dict[str, str], body: bytes = b"{}", path: str = "") -> httpx2.Response:
        """A request as it stands."""
        core = self.world.app.core
        if self._web is None or self._web[0] is not core:  # a new one after a crash
            self._web = core, Web(self.world, base="https://forge.test", origin="https://elsewhere.test")
        return await self._web[1].client.post(f"{HOME}{path or self.path}", content=body, headers=headers)

    async def github(
        self, *, ref: str = "refs/heads/main", event: str = "push", secret: str = "", more: Any = None
    ) -> httpx2.Response:
        """As GitHub sends it."""
        body = json.dumps(
            {
                "ref": ref,
                "before": commit(0),
                "after": commit(9),
                "pusher": {"name": "ann", "email": "ann@example.org"},
                "repository": {"default_branch": "main"},
                **(more or {}),
            }
        ).encode()
        headers = {"X-GitHub-Event": event, "X-Hub-Signature-256": f"sha256={self.sign(body, secret)}"}
        return await self.send({"Content-Type": "application/json", **headers}, body)

    def sign(self, body: bytes, secret: str = "") -> str:
        """HMAC-SHA256 as hex."""
        return hmac.new((secret or self.secret).encode(), body, sha256).hexdigest()

    def standard(self, body: bytes) -> str:
        """GitLab's signature, with a signing token."""
        key = b64decode(self.secret.removeprefix("whsec_"))
        return "v1," + b64encode(hmac.digest(key, b"id-1.1700000000." + body, sha256)).decode()

    async def shown(self) -> Webhook:
        """As readers see it."""
        return await self.do("webhook")

    async def newest(self) -> Delivery:
        """The last delivery."""
        return (await self.shown()).deliveries[0]

    async def after(self, seconds: float = 5) -> Delivery:
        """The last delivery, once that time has passed."""
        for _ in range(int(seconds * 4)):
            await self.world.clock.advance(0.25)
        return await self.newest()

    async def runs(self, *operations: str) -> list[Activity]:
        """Runs of the build, oldest first."""
        build = (await self.world.app.get(BUILD, self.build)).id
        found = [a for a in await self.world.activities() if a.what and a.what.id == build]
        return [a for a in reversed(found) if a.operation in (operations or ("build.run",))]

    async def delete(self) -> None:
        """Delete the build."""
        await self.world.app.run(standard_operations(BUILD)["delete"](target=self.build))


def commit(number: int) -> str:
    """A made-up hash."""
    return sha256(str(number).encode()).hexdigest()[:40]
