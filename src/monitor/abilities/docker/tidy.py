"""Tidy: removing several things one after the other, and telling what came of each."""

from collections.abc import Awaitable, Callable, Mapping

from monitor.abilities.agent.contract import Run
from monitor.kernel.errors import HostError, MonitorError, NotFound, Unavailable
from monitor.kernel.tidied import Left, Tidied

Remove = Callable[[], Awaitable[None]]


async def tidy(run: Run, going: Mapping[str, Remove]) -> Tidied:
    """One step `remove`. What is gone already counts as removed; HostError when nothing could be removed."""
    removed: list[str] = []
    left: list[Left] = []
    async with run.step("remove"):
        for name, remove in going.items():
            try:
                await remove()
            except Unavailable:
                raise
            except NotFound:
                run.note(f"{name} is gone already.")
            except MonitorError as failure:
                left.append(Left(name=name, reason=failure.message))
                run.note(f"{name} stays: {failure.message}")
                continue
            else:
                run.output(f"{name}\n".encode())
            removed.append(name)
        if left and not removed:
            more = f" (and {len(left) - 1} more)" if len(left) > 1 else ""
            raise HostError(f"{left[0].name} stays: {left[0].reason}{more}")
    return Tidied(removed=tuple(removed), left=tuple(left))
