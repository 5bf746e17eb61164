"""Replace: making a body the container of a name, keeping the one before it until the new one is up.

Where two of the body can run side by side the new one starts beside the old one; else the old one stops first.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from msgspec import structs

from monitor.abilities.agent.contract import Run
from monitor.abilities.container.beside import give_aliases, restart, take_place
from monitor.abilities.container.calls import Label, ReplaceContainer, Replaced
from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.carry import carried
from monitor.abilities.container.ending import clear_away, outcome, verify
from monitor.abilities.container.endpoints import endpoints, made_on_one
from monitor.abilities.container.exclusive import held
from monitor.abilities.container.failures import as_host_error, from_daemon, show_lines, told
from monitor.abilities.container.fetch import fetched
from monitor.abilities.container.files import archive, check_places
from monitor.abilities.container.lookup import find_or_none
from monitor.abilities.container.memory import KernelCount
from monitor.abilities.container.missing import missing
from monitor.abilities.container.shield import finish, whole
from monitor.abilities.container.swap import Swap, part
from monitor.abilities.container.undo import Undo
from monitor.abilities.container.volumes import judge_volumes
from monitor.abilities.docker.described import Described
from monitor.kernel.errors import HostError, MonitorError, PolicyRefused, Unavailable
from monitor.kernel.ownership import is_of


async def replace(run: Run, job: ReplaceContainer) -> Replaced:
    """Steps: pull (if asked, or the image is not there), then as ReplaceContainer says."""
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
        self._body = canonical(job.body)
        self._swap: Swap | None = None
        self._started = False
        self._count: KernelCount | None = None

    async def run(self) -> Replaced:
        # Once there is a container of it, the daemon itself keeps the image.
        reference = str(self._body.get("Image") or "")
        if lack := await missing(self._docker, self._body, self._own):
            async with self._step("create"):
                raise lack
        async with self._run.agent.held.image(reference, self._job.image_id):
            named, image = await fetched(self._run, self._job, reference, self._step)
            self._body |= {"Image": named} if named else {}
            async with self._step("create"):
                swap = await self._create(image)
                if not swap.old:
                    await whole(self._docker.rename(swap.new, swap.name))
        seen = await (self._run_beside(swap) if swap.beside else self._run_in_turn(swap))
        away = await self._remove(swap, seen) if swap.old else 0.0
        return outcome(seen, image, away, beside=swap.beside)

    async def _remove(self, swap: Swap, seen: Described) -> float:
        async with self._run.step("remove"):
            # The new one is up and stays: from here nothing is undone, not even by a cancellation.
            return await finish(clear_away(self._docker, self._clock, swap, seen, self._run.note))

    async def _run_in_turn(self, swap: Swap) -> Described:
        if swap.old:
            async with self._step("park"):
                await self._exchange(swap)
        async with self._step("start"):
            await self._start(swap)
        async with self._step("verify"):
            return await self._verify(swap)

    async def _run_beside(self, swap: Swap) -> Described:
        async with self._step("start"):
            await self._start(swap)
        async with self._step("verify"):
            await self._verify(swap)
        async with self._step("rename"):
            kept = await give_aliases(self._docker, swap, endpoints(self._body))
            if not kept:
                await restart(self._docker, swap, self._run.note)
            seen = await self._verify(swap, again=kept)
            await take_place(self._docker, swap)
            return seen

    async def _create(self, image: dict[str, Any]) -> Swap:
        if part(self._body, "HostConfig").get("AutoRemove"):
            raise HostError("AutoRemove would delete the container's volumes with it.", hint="leave it out")
        self._docker.judge(self._job.body)
        check_places(self._job.files, image)
        old = await self._find_old()
        mounts = (old.mounts or ()) if old is not None else ()
        self._body = carried(self._body, image, mounts)
        own = [mount.name for mount in mounts] if self._job.repeats else []
        await judge_volumes(self._docker, self._body, self._job.powers, own)
        swap = Swap.begin(self._job, self._run.id, self._body, old)
        self._swap = swap
        swap.beside = self._may_run_beside(swap)
        body, later = made_on_one(swap.body(self._body, self._job.revision), aliases=not swap.beside)
        try:
            made = await whole(self._docker.create(swap.passing, body))
            swap.new = made.id
            for network, settings in later.items():
                await whole(self._docker.connect(network, made.id, settings))
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

    def _may_run_beside(self, swap: Swap) -> bool:
        """Decided by the body alone, as it goes to Docker; said where there is an old one that runs."""
        if not swap.old_ran:
            return False
        if not self._job.beside:
            self._run.note("The old container stops first, as its config says.")
            return False
        if things := held(self._body):
            self._run.note(f"The old container stops first: two cannot both hold {', '.join(things)}.")
            return False
        self._run.note("The new container starts beside the old one: nothing is held that two cannot share.")
        return True

    async def _own(self) -> str:
        """The id of what gives way, or nothing where there is none, or what has the name is somebody else's."""
        try:
            old = await self._find_old()
        except MonitorError:
            return ""
        return old.id if old is not None else ""

    async def _find_old(self) -> Described | None:
        """What has the name now, else what the same deployment made under another."""
        name, before = self._job.name, self._job.replaces
        old = await find_or_none(self._docker, name)
        if old is not None and old.called == name:
            _refuse_foreign(old, self._job)
            return old
        old = await find_or_none(self._docker, before) if before else None
        return old if old is not None and _is_own(old, self._job) else None

    async def _exchange(self, swap: Swap) -> None:
        """In this order the daemon, restarted at any point, starts one of the two at most."""
        await whole(self._docker.set_restart_policy(swap.old, "no"))
        await whole(self._docker.rename(swap.old, swap.aside))
        await whole(self._docker.rename(swap.new, swap.name))
        if swap.old_ran:
            await whole(self._docker.stop(swap.old, self._job.stop_timeout))

    async def _start(self, swap: Swap) -> None:
        self._count = KernelCount(self._run.agent.stats.proc)
        try:
            await whole(self._docker.start(swap.new))
        except MonitorError as failure:
            seen = await find_or_none(self._docker, swap.new)
            code = seen.state.exit_code or None if seen is not None else None
            raise await from_daemon(self._docker, failure, exit_code=code) from failure
        self._started = True

    async def _verify(self, swap: Swap, *, again: bool = False) -> Described:
        """With `again` it was up and only has to be so still."""
        terms = structs.replace(swap.terms, stable_for=0.0) if again else swap.terms
        try:
            return await verify(self._docker, self._clock, swap, terms, self._count)
        except HostError as failure:
            show_lines(self._run, failure)
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
        undo = Undo(self._docker, self._swap, keep=keep, settled=settled)
        undone = await finish(undo.patiently(self._clock))
        if undone:
            self._run.note(undone)
        return undone


def _refuse_foreign(old: Described, job: ReplaceContainer) -> None:
    """Monitor replaces only what the same deployment made or adopted; anything else may be somebody's."""
    if _is_own(old, job):
        return
    owner = old.labels.get(Label.DEPLOYMENT, "")
    whose = f"belongs to another deployment ({owner})" if owner else "was not made by Monitor"
    raise HostError(
        f"the name {old.called} is taken by a container that {whose}.",
        hint="give the deployment another container name, or remove that container first",
    )


def _is_own(old: Described, job: ReplaceContainer) -> bool:
    owners = (str(part(job.body, "Labels").get(Label.DEPLOYMENT, "")), job.adopted)
    return any(is_of(owner, old.id, old.labels) for owner in owners)
