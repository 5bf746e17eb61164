"""Replace: making a body the container of a name, keeping the one before it until the new one is up."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.calls import Label, ReplaceContainer, Replaced
from monitor.abilities.container.failures import as_host_error, from_daemon, from_end, told
from monitor.abilities.container.files import archive
from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.pull import pull
from monitor.abilities.container.shield import finish, whole
from monitor.abilities.container.states import moment
from monitor.abilities.container.swap import Swap, part
from monitor.abilities.container.undo import Undo, away_of
from monitor.abilities.container.verify import come_up
from monitor.abilities.docker.described import Described
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError, MonitorError, NotFound, PolicyRefused, Unavailable


async def replace(run: Run, job: ReplaceContainer) -> Replaced:
    """Steps: pull (if asked, or the image is not there) → create → rename → start → verify → remove."""
    return await _Replacement(run, job).run()


class _Replacement:
    """One replace under way. Each change is asked for `whole`: of one cut off in the middle, the daemon would still
    do what the undo believes undone.
    """

    def __init__(self, run: Run, job: ReplaceContainer) -> None:
        self._run = run
        self._job = job
        self._docker = run.agent.docker
        self._clock = run.agent.clock
        self._swap: Swap | None = None
        self._started = False

    async def run(self) -> Replaced:
        image = await self._fetch()
        async with self._step("create"):
            swap = await self._create()
        async with self._step("rename"):
            await self._exchange(swap)
        async with self._step("start"):
            await self._start(swap)
        async with self._step("verify"):
            seen = await self._verify(swap)
        async with self._run.step("remove"):
            # The new one is up and stays: from here nothing is undone, not even by a cancellation.
            away = await finish(clear_away(self._docker, swap, seen, self._run.note))
        return outcome(seen, image, away)

    async def _fetch(self) -> dict[str, Any]:
        """The image as the daemon knows it; {} if the body names none, which the daemon will say."""
        reference = str(self._job.body.get("Image") or "")
        if not reference:
            return {}
        if not self._job.pull:
            try:
                return self._proved(await self._docker.image(reference), reference)
            except NotFound:
                pass
        async with self._step("pull"):
            if not self._job.pull:
                self._run.note(f"The image {reference} is not on this host.")
            await pull(self._run, reference, self._job.auth)
        return self._proved(await self._docker.image(reference), reference)

    def _proved(self, image: dict[str, Any], reference: str) -> dict[str, Any]:
        """The image, if it carries the labels asked for; an image of the same name by somebody else is refused."""
        labels = part(part(image, "Config"), "Labels")
        for name, value in self._job.image_labels:
            if labels.get(name) != value:
                raise HostError(
                    f"the image {reference} on this host was not made by the build this deployment names "
                    f"(its label {name} is {str(labels.get(name, ''))[:80]!r})",
                    hint="another build gave an image the same name: give this one a name of its own, and run it",
                )
        return image

    async def _create(self) -> Swap:
        body, name = self._job.body, self._job.name
        if part(body, "HostConfig").get("AutoRemove"):
            raise HostError("AutoRemove would delete the container's volumes with it.", hint="leave it out")
        old = await self._find_old()
        swap = Swap.begin(name, self._run.id, body, old)
        self._swap = swap
        try:
            made = await whole(self._docker.create(swap.passing, swap.body(body, self._job.revision)))
            swap.new = made.id
            await self._put_files(made.id)
        except PolicyRefused:
            raise
        except MonitorError as failure:
            raise await from_daemon(self._docker, failure) from failure
        for warning in made.warnings:
            self._run.note(warning)
        return swap

    async def _put_files(self, container: str) -> None:
        if self._job.files:
            await whole(self._docker.unpack(container, archive(self._job.files, self._clock.now())))

    async def _find_old(self) -> Described | None:
        """What has the name now, else what the same deployment made under another."""
        name, body, before = self._job.name, self._job.body, self._job.replaces
        old = await find_or_none(self._docker, name)
        if old is not None and old.called == name:
            _refuse_foreign(old, body)
            return old
        old = await find_or_none(self._docker, before) if before else None
        return old if old is not None and _is_own(old, body) else None

    async def _exchange(self, swap: Swap) -> None:
        """In this order the daemon, restarted at any point, starts one of the two at most."""
        if swap.old:
            await whole(self._docker.set_restart_policy(swap.old, "no"))
            await whole(self._docker.rename(swap.old, swap.aside))
        await whole(self._docker.rename(swap.new, swap.name))
        if swap.old_ran:
            await whole(self._docker.stop(swap.old, self._job.stop_timeout))

    async def _start(self, swap: Swap) -> None:
        try:
            await whole(self._docker.start(swap.new))
        except MonitorError as failure:
            seen = await find_or_none(self._docker, swap.new)
            code = seen.state.exit_code or None if seen is not None else None
            raise await from_daemon(self._docker, failure, exit_code=code) from failure
        self._started = True

    async def _verify(self, swap: Swap) -> Described:
        try:
            return await verify(self._docker, self._clock, swap, self._job.stable_for, self._job.healthy_within)
        except HostError as failure:
            for line in getattr(failure, "lines", ()):
                self._run.output(line.encode() + b"\n")
            raise

    @asynccontextmanager
    async def _step(self, name: str) -> AsyncGenerator[None]:
        """A step that, failing or cancelled, ends only after the old container is back."""
        async with self._run.step(name):
            try:
                yield
            except asyncio.CancelledError:
                await self._undo(keep=False)
                raise
            except PolicyRefused:
                await self._undo(keep=False)
                raise
            except MonitorError as failure:
                undone = await self._undo(keep=self._started, settled=not isinstance(failure, Unavailable))
                raise told(as_host_error(failure), f"{name}: ", undone) from failure
            except BaseException:
                await self._undo(keep=False)
                raise

    async def _undo(self, *, keep: bool, settled: bool = True) -> str:
        if self._swap is None:
            return ""
        undo = Undo(self._docker, self._swap, self._job.stop_timeout, keep=keep, settled=settled)
        undone = await finish(undo.patiently(self._clock))
        if undone:
            self._run.note(undone)
        return undone


async def verify(docker: Engine, clock: Clock, swap: Swap, stable_for: float, healthy_within: float) -> Described:
    """The new container, up and with its restart policy; else Trouble that says why it is not."""
    watched = await come_up(docker, clock, swap.new, stable_for=stable_for, healthy_within=healthy_within)
    if watched.trouble:
        raise await from_end(docker, watched)
    if swap.policy.name:
        await whole(docker.set_restart_policy(swap.new, swap.policy.name, swap.policy.maximum_retry_count))
    return watched.seen


async def clear_away(docker: Engine, swap: Swap, new: Described, note: Callable[[str], None]) -> float:
    """Remove the old one, its volumes kept; the seconds in which neither ran. What cannot be removed is only noted."""
    if not swap.old:
        return 0.0
    try:
        old = await find_or_none(docker, swap.old)
        if old is None:
            return 0.0
        away = away_of(old, new, new) if swap.old_ran else 0.0
        await docker.remove(old.id, force=True)
    except NotFound:
        return 0.0
    except MonitorError as failure:
        note(f"The old container is stopped but could not be removed: {failure.message}")
        return 0.0
    return away


def outcome(seen: Described, image: dict[str, Any], away: float) -> Replaced:
    """The result, from what the daemon said at the end."""
    digests: list[str] = image.get("RepoDigests") or []
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
        revision=int(revision) if revision.isdecimal() else 0,
    )


def _refuse_foreign(old: Described, body: Mapping[str, Any]) -> None:
    """Monitor replaces only what the same deployment made; anything else may be somebody's."""
    if _is_own(old, body):
        return
    owner = old.labels.get(Label.DEPLOYMENT, "")
    whose = f"belongs to another deployment ({owner})" if owner else "was not made by Monitor"
    raise HostError(
        f"the name {old.called} is taken by a container that {whose}.",
        hint="give the deployment another container name, or remove that container first",
    )


def _is_own(old: Described, body: Mapping[str, Any]) -> bool:
    owner = old.labels.get(Label.DEPLOYMENT, "")
    return bool(owner) and owner == part(body, "Labels").get(Label.DEPLOYMENT)
