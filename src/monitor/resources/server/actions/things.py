"""Things: what is done for images, volumes and networks alike."""

from collections.abc import Awaitable, Iterable
from typing import Any, TypeVar

from monitor.kernel.claims import Claimed
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, NotFound
from monitor.kernel.permission import Right
from monitor.kernel.tidied import Tidied
from monitor.resources.server.spec import SERVER
from monitor.resources.server.uses import Users, Uses

T = TypeVar("T")


def users(ctx: Context, *more: Claimed) -> Users:
    """What uses the target server's Docker, as the caller may know it."""
    server = ctx.target(SERVER).id
    return Users(ctx.view(server).containers.values(), ctx.visible_containers(server), (*ctx.claimed(server), *more))


def is_shown(ctx: Context, uses: Uses) -> bool:
    """Whether the caller may know of what is used so."""
    return uses.shown(unmanaged=ctx.holds(Right.UNMANAGED))


def missing(kind: str, name: str) -> NotFound:
    """Of what is not there, or not for the caller."""
    short = name if len(name) <= 80 else f"{name[:77]}..."
    return NotFound(f"there is no {kind} {short!r} on this server that you may see")


def refuse_used(kind: str, name: str, uses: Uses, *, way_out: str) -> None:
    """Conflict, saying by what, if anything uses it."""
    if uses.used:
        raise Conflict(f"the {kind} {name} is used by {uses.words}", hint=way_out)


async def again(look: Awaitable[T]) -> T:
    """What a second look finds, since an action may have waited. A refusal stands in the record now, which more people
    may read: it names nobody.
    """
    try:
        return await look
    except Conflict:
        raise Conflict("something uses it by now", hint="look at the list again") from None


def summary(ctx: Context, kind: str, done: Tidied, names: Iterable[str] = ()) -> None:
    """`removed 3 volumes; 1 stays: …`."""
    count = len(done.removed)
    told = ", ".join(names) if count == 1 else ""
    counted = f"{count} {kind}" if count == 1 else f"{count or 'no'} {kind}s"
    parts = [f"removed {told or counted}"]
    if done.freed is not None:
        parts[0] += f", {size_text(done.freed)} freed"
    if done.left:
        stays = "stays" if len(done.left) == 1 else "stay"
        parts.append(f"{len(done.left)} {stays}: {done.left[0].reason}")
    ctx.summary("; ".join(parts))


def only_seen(told: dict[str, Any], key: str, ctx: Context) -> dict[str, Any]:
    """A description without the containers the caller may not see; says how many these are."""
    seen = {container.id for container in ctx.visible_containers(ctx.target(SERVER).id)}
    everything: dict[str, Any] = told.get(key) or {}
    shown = {id: value for id, value in everything.items() if id in seen}
    hidden = len(everything) - len(shown)
    return {**told, key: shown, **({"Others": hidden} if hidden else {})}


def size_text(count: float) -> str:
    """`1.2 GB`, by thousands."""
    for unit in ("B", "KB", "MB"):
        if count < 1000:
            return f"{count:.3g} {unit}"
        count /= 1000
    return f"{count:.3g} GB"
