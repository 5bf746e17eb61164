"""Pull: fetching an image into the daemon, its progress as lines a person can follow."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import auth_header, hint_of
from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError, MonitorError, Unavailable

_PROGRESS_EVERY = 1.0
"""Seconds between lines about pieces that are still coming."""


async def pull(run: Run, reference: str, auth: RegistryAuth | None = None) -> None:
    """Step `pull`. HostError when the registry has not got it, or says that to whoever `auth` names."""
    header = auth_header(auth, reference)
    try:
        async with aclosing(run.agent.docker.pull(reference, header)) as progress:
            async for line in progress_lines(run.agent.clock, progress):
                run.output(line.encode() + b"\n")
    except Unavailable:
        raise
    except MonitorError as failure:
        message = failure.message if reference in failure.message else f"cannot pull {reference}: {failure.message}"
        raise HostError(f"{message.rstrip('.')}.", hint=hint_of(message, auth)) from failure


async def progress_lines(clock: Clock, progress: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    """A line for each thing that happened, and now and then one for a piece under way."""
    due = clock.monotonic()
    async for told in progress:
        line = ": ".join(str(told[key]) for key in ("id", "status") if told.get(key))
        detail: dict[str, Any] = told.get("progressDetail") or {}
        if detail:
            if clock.monotonic() < due:
                continue
            due = clock.monotonic() + _PROGRESS_EVERY
            if detail.get("total"):
                line += f" {detail.get('current', 0) / 1e6:.1f} of {detail['total'] / 1e6:.1f} MB"
        if line:
            yield line
