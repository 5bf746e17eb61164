"""Ending: what a replace comes to: the new container found up, the old one cleared away, the result."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from monitor.abilities.container.beside import step_back
from monitor.abilities.container.calls import Label, Replaced, Terms
from monitor.abilities.container.failures import from_end
from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.memory import KernelCount
from monitor.abilities.container.shield import whole
from monitor.abilities.container.states import moment
from monitor.abilities.container.swap import Swap
from monitor.abilities.container.undo import PATIENCE, RETRY, away_of
from monitor.abilities.container.verify import come_up
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError, MonitorError, NotFound, Unavailable


async def verify(docker: Engine, clock: Clock, swap: Swap, terms: Terms, count: KernelCount | None = None) -> Described:
    """The new container, up and with its restart policy; else Trouble that says why it is not."""
    watched = await come_up(docker, clock, swap.new, terms, count)
    if watched.trouble:
        raise await from_end(docker, watched, swap.name)
    policy, has = swap.policy, watched.seen.host_config.restart_policy
    if policy.name and policy != has:
        await whole(docker.set_restart_policy(swap.new, policy.name, policy.maximum_retry_count))
    return watched.seen


async def clear_away(docker: Engine, clock: Clock, swap: Swap, new: Described, note: Callable[[str], None]) -> float:
    """Stop the old one, if it runs, and remove it, its volumes kept; the seconds in which neither ran. A daemon that
    is away is waited for. What cannot be removed is only noted.
    """
    late = clock.monotonic() + PATIENCE
    while swap.old:
        try:
            return await _clear_away(docker, clock, swap, new)
        except Unavailable as failure:
            if clock.monotonic() >= late:
                note(f"The old container could not be removed: {failure.message}")
                break
            await clock.sleep(RETRY)
        except MonitorError as failure:
            note(f"The old container could not be removed: {failure.message}")
            break
    return 0.0


async def _clear_away(docker: Engine, clock: Clock, swap: Swap, new: Described) -> float:
    old = await find_or_none(docker, swap.old)
    if old is not None and old.state.running:
        if swap.beside:
            await step_back(docker, clock, old)
        await docker.stop(old.id, swap.terms.stop_timeout)
        old = await find_or_none(docker, swap.old)
    if old is None:
        return 0.0
    away = away_of(old, new, new) if swap.old_ran else 0.0
    with suppress(NotFound):
        await docker.remove(old.id, force=True)
    return away


def outcome(seen: Described, image: dict[str, Any], away: float, *, beside: bool) -> Replaced:
    """The result, from what the daemon said at the end."""
    digests: list[str] = image.get("RepoDigests") or []
    repository = seen.config.image.partition("@")[0]
    digests.sort(key=lambda digest: not repository.startswith(digest.partition("@")[0]))  # its own before others'
    revision = seen.labels.get(Label.REVISION, "")
    started = moment(seen.state.started_at) or moment(seen.created)
    if started is None:
        raise HostError(f"Docker does not say when {seen.called} was started")
    return Replaced(
        container=seen.id,
        image=seen.config.image,
        image_id=seen.image,
        image_digest=digests[0] if digests else "",
        started=started,
        away=round(away, 3),
        beside=beside,
        revision=int(revision) if revision.isdecimal() else 0,
    )
