"""Deliver: one image given to several registries one after another; that one refuses it keeps it from no other."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any

from msgspec import structs

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.registry import auth_header, push_hint
from monitor.abilities.docker.pushing import push
from monitor.abilities.push.calls import Delivered, Delivery, Destination
from monitor.abilities.push.named import named
from monitor.abilities.push.progress import PushProgress
from monitor.abilities.push.taken import refuse_taken
from monitor.kernel.errors import HostError, MonitorError

_ENDED = "it was ended before all was pushed"
_LONGEST = 2000

Give = Callable[[Destination, str], Awaitable[str]]
"""(destination, tag) -> digest"""


async def deliver(run: Run, to: Sequence[Destination], give: Give, tell: Callable[[Delivered], None]) -> Delivered:
    """Step `push`, which fails when one of them failed; the answer says which, and so does not fail.

    A cancellation ends the step and is answered, too: what registries have by then must not be forgotten. `tell` is
    told of it each time it changes, for an agent that is killed.
    """
    done = [Delivery(image=one.image, error=_ENDED) for one in to]
    tell(Delivered(to=tuple(done)))
    try:
        async with run.step("push"):
            for at, destination in enumerate(to):
                async for told in _to_one(run, destination, give, done[at]):
                    done[at] = told
                    tell(Delivered(to=tuple(done)))
            if any(one.error for one in done):
                raise HostError("not everything was pushed")
    except HostError:
        pass
    except asyncio.CancelledError:
        if (task := asyncio.current_task()) is not None:
            task.uncancel()
    return Delivered(to=tuple(done))


async def _to_one(run: Run, to: Destination, give: Give, told: Delivery) -> AsyncGenerator[Delivery]:
    """All its tags; what is there, after each."""
    for tag in to.tags:
        reference = f"{to.image}:{tag}"
        run.note(f"push {reference}")
        try:
            digest = await give(to, tag)
        except MonitorError as failure:
            said = failure.message.rstrip(".")
            error = f"{reference} could not be pushed: {said}"
            hint = failure.hint or push_hint(said, to.auth, reference)
            run.note(error)
            yield structs.replace(told, error=error[:_LONGEST], hint=hint)
            return
        run.note(f"{reference} is there now, as {digest}")
        told = structs.replace(told, tags=(*told.tags, tag), digest=digest)
        yield told
    yield structs.replace(told, error="")


def by_docker(run: Run, image_id: str) -> Give:
    """The way to give an image: the daemon pushes it under a name of its own for each registry."""

    async def give(to: Destination, tag: str) -> str:
        header = auth_header(to.auth, f"{to.image}:{tag}")
        if tag in to.own:
            await refuse_taken(run.agent.docker, f"{to.image}:{tag}", header, image_id)
        async with named(run.agent.docker, image_id, to.image, tag):
            return await _push(run, to.image, tag, header)

    return give


async def _push(run: Run, repository: str, tag: str, header: str) -> str:
    """The digest the registry has it under now."""
    clock = run.agent.clock
    progress = PushProgress(clock.monotonic())
    digest = ""
    async with aclosing(push(run.agent.docker, repository, tag, header)) as messages:
        async for told in messages:
            last: dict[str, Any] = told.get("aux") or {}
            digest = str(last.get("Digest") or digest)
            for line in progress.take(told, clock.monotonic()):
                run.output(line.encode() + b"\n")
    if line := progress.end():
        run.output(line.encode() + b"\n")
    if not digest:
        raise HostError("Docker names no digest for it: the registry did not confirm it")
    return digest
