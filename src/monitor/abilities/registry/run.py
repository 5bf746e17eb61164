"""The agent's way of asking registries: through the Engine, with its route, its CAs and its mirrors.

Measured against Engine 20.10: it asks HEAD for the tag, GET where that fails or names no digest, and then GET for the
manifest, so a check counts as one pull where pulls are counted. It hands on no Retry-After.
"""

from typing import Any

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.container.lookup import find_own
from monitor.abilities.container.registry import DOCKER_HUB, HUB_ADDRESS, auth_header, sign_in_hint
from monitor.abilities.docker.connection import decode
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.names import image_segments
from monitor.abilities.registry.answers import MADE_HERE, from_failure, unknown
from monitor.abilities.registry.calls import WITHIN, AskRegistry, Latest, Runs, Signed, SignIn, Told, Trouble
from monitor.kernel.clock import Clock, deadline
from monitor.kernel.errors import MonitorError, NotFound

_LASTING = ("bind", "volume", "npipe", "cluster")
_LABEL = "org.opencontainers.image."
_LONGEST = 500


async def ask(agent: Agent, call: AskRegistry) -> Told:
    """What runs, then what there is."""
    runs = await _running(agent.docker, call)
    known = MADE_HERE if runs.made_here and not call.from_registry else call.known
    return Told(runs=runs, latest=known or await _latest(agent.docker, agent.clock, call))


async def sign_in(agent: Agent, call: SignIn) -> Signed:
    """Asked by the Engine, with its route and its CAs; it keeps nothing of it."""
    auth = call.auth
    address = HUB_ADDRESS if auth.domain == DOCKER_HUB else auth.domain
    body = {"username": auth.username, "password": auth.token, "serveraddress": address}
    try:
        async with deadline(agent.clock, WITHIN):
            await agent.docker.ask("POST", "/auth", body=body, limit=WITHIN)
    except TimeoutError:
        return Signed(error=f"the registry did not answer within {WITHIN:g} s")
    except MonitorError as failure:
        text = failure.message.replace(auth.token, "…")[:_LONGEST]
        return Signed(error=text, hint=sign_in_hint(text, auth))
    return Signed()


async def _running(docker: Engine, call: AskRegistry) -> Runs:
    seen = await find_own(docker, call.container, call.deployment)
    told = await docker.inspect(seen.id)
    writes = any(m.get("Type") in _LASTING and m.get("RW") for m in told.get("Mounts") or ())
    try:
        image = await docker.image(seen.image)
    except NotFound:  # it was removed under the container
        return Runs(image_id=seen.image, writes=writes)
    config: dict[str, Any] = image.get("Config") or {}
    labels: dict[str, Any] = config.get("Labels") or {}
    return Runs(
        image_id=seen.image,
        digests=tuple(str(d) for d in image.get("RepoDigests") or ())[:100],
        made_here=not image.get("RepoDigests"),
        platform=_platform(image, "Os", "Architecture"),
        writes=writes,
        source=_text(labels, "source") or _text(labels, "url"),
        version=_text(labels, "version"),
    )


async def _latest(docker: Engine, clock: Clock, call: AskRegistry) -> Latest:
    try:
        auth = auth_header(call.auth, call.reference)
        headers = {"X-Registry-Auth": auth} if auth else {}
        path = f"/distribution/{image_segments(call.reference)}/json"
        async with (
            deadline(clock, WITHIN),
            docker.stream("GET", path, {}, headers=headers, limit=WITHIN) as answer,
        ):
            return _read(decode(await answer.body()))
    except TimeoutError:
        return unknown(Trouble.LATER, f"the registry did not answer within {WITHIN:g} s")
    except MonitorError as failure:
        return from_failure(failure)


def _read(told: dict[str, Any]) -> Latest:
    """From GET /distribution/{name}/json."""
    descriptor: dict[str, Any] = told.get("Descriptor") or {}
    digest = str(descriptor.get("digest") or "")
    if not digest.startswith(("sha256:", "sha512:")):
        return unknown(Trouble.LASTING, "the registry names no digest")
    platforms = {_platform(p, "os", "architecture") for p in told.get("Platforms") or ()}
    return Latest(digest=digest, platforms=tuple(sorted(platforms - {"", "unknown/unknown"}))[:100])


def _platform(told: dict[str, Any], system: str, architecture: str) -> str:
    parts = [str(told.get(key) or "")[:60] for key in (system, architecture)]
    return "/".join(parts) if all(parts) else ""


def _text(labels: dict[str, Any], name: str) -> str:
    return str(labels.get(_LABEL + name) or "")[:_LONGEST]


CALLS = (CallHandler(AskRegistry, ask), CallHandler(SignIn, sign_in))
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = ()
