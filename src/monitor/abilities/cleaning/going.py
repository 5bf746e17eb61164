"""Going: one kind of things removed one after the other, a step of its own, and what that came to."""

from collections.abc import Awaitable, Callable, Iterable

from monitor.abilities.agent.contract import Run
from monitor.abilities.cleaning.calls import GoingImage, Kind
from monitor.kernel.errors import MonitorError, NotFound, Unavailable
from monitor.kernel.tidied import Left

Remove = Callable[[], Awaitable[int]]
"""Removes one thing and answers how many bytes that freed."""


async def take_away(run: Run, kind: str, going: Iterable[tuple[str, Remove]]) -> Kind:
    """One step, called like the kind. What is refused stays, with its reason; what is gone already counts for nothing.

    Unavailable where Docker stops answering.
    """
    removed = freed = 0
    left: list[Left] = []
    async with run.step(kind):
        for name, remove in going:
            try:
                freed += await remove()
            except Unavailable:
                raise
            except NotFound:
                run.note(f"{name} is gone already.")
            except (MonitorError, OSError) as failure:
                said = failure.message if isinstance(failure, MonitorError) else str(failure)
                left.append(Left(name=name[:500], reason=said[:500]))
                run.note(f"{name} stays: {said}")
            else:
                removed += 1
                run.output(f"{name}\n".encode())
    return Kind(kind=kind, removed=removed, freed=freed, left=tuple(left))


def named(image: GoingImage) -> str:
    """As people know it."""
    return " ".join(image.tags) or image.id


def freed_by(images: Iterable[GoingImage], staying: Iterable[GoingImage]) -> int:
    """Bytes of the layers of those that went that none has that stayed after all. Pure."""
    stays = {name for image in staying for name, _ in image.layers}
    gone = {name: size for image in images for name, size in image.layers if name not in stays}
    return sum(gone.values())
