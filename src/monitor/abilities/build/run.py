"""The agent's way of building: clone afresh, build within limits, ask the daemon for the result, leave nothing."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler, Recovered, Run
from monitor.abilities.build import names, plan, tags
from monitor.abilities.build.before import remove_leftover, run_before
from monitor.abilities.build.buildx import has_buildkit
from monitor.abilities.build.calls import BuildImage, Built, Limits, Maker, NoCommand, OnHost
from monitor.abilities.build.credentials import write_config
from monitor.abilities.build.giving import pushed
from monitor.abilities.build.limits import HostSize, cut, granted, size, told
from monitor.abilities.build.reason import reason_in
from monitor.abilities.build.room import Held
from monitor.abilities.build.source import find_place, get_source
from monitor.abilities.container.memory import KernelCount
from monitor.abilities.container.registry import auth_header
from monitor.abilities.push.deliver import by_docker
from monitor.abilities.push.taken import refuse_taken
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError
from monitor.kernel.ownership import BUILD_LABEL

_INSTALL = "install the docker-buildx plugin on the builder (Debian: docker-buildx, Docker's own: docker-buildx-plugin)"


class _Host(Struct, frozen=True):
    """What the builder has, and what of it this build gets."""

    version: dict[str, Any]
    info: dict[str, Any]
    size: HostSize
    limits: Limits
    buildx: Path | None
    """BuildKit's way in; None: the classic builder."""


async def build_image(run: Run, job: BuildImage) -> Built:
    """Steps: clone (or write) → before, if anything is → build → inspect → push, where told."""
    folders = plan.Folders(run.agent.work / run.id)
    host = await _look(run.agent, job)
    _judge(run.agent, job, folders, host)
    try:
        folders.config.mkdir(parents=True, mode=0o700)
        fetched = await get_source(run, job, folders)
        if not isinstance(job.before, NoCommand):
            async with run.step("before"):
                await run_before(run, job.before, folders, host.limits)
                find_place(folders.clone, job)
        job = tags.named(job, fetched.commit)
        async with run.step("build"):
            await _check_tags(run.agent, job)
            write_config(folders.config, job.accounts)
            await _build(run, job, folders, host)
            image_id = folders.image_id.read_text().strip()
        async with run.step("inspect"):
            await run.agent.docker.image(image_id)
            for tag in job.tags:
                if (await run.agent.docker.image(tag))["Id"] != image_id:
                    raise HostError(f"the image {tag} was replaced meanwhile", hint="something else tags it, too")
    finally:
        await asyncio.to_thread(shutil.rmtree, folders.root, ignore_errors=True)
    built = Built(image_id=image_id, tags=job.tags, commit=fetched.commit, message=fetched.message)
    return await pushed(run, job, built, by_docker(run, image_id))


async def _check_tags(agent: Agent, job: BuildImage) -> None:
    """Nothing is built under a number that a registry has another image of, or a name that is another image's here."""
    if BUILD_LABEL in dict(job.labels):
        await names.refuse_foreign(agent.docker, job.tags)
    for to in job.push:
        for tag in to.own:
            await refuse_taken(agent.docker, f"{to.image}:{tag}", auth_header(to.auth, f"{to.image}:{tag}"))


async def build_held(run: Run, job: BuildImage) -> Built:
    """The same, while no image is removed that it may go on from."""
    with run.agent.held.build():
        return await build_image(run, job)


async def _look(agent: Agent, job: BuildImage) -> _Host:
    version, info = await agent.docker.version(), await agent.docker.info()
    size = HostSize(int(info.get("MemTotal") or 0), int(info.get("NCPU") or 1))
    wanted = job.maker is not Maker.CLASSIC and has_buildkit(version)
    limits = granted(job.limits, size, agent.builds.ceiling)
    return _Host(version, info, size, limits, agent.builds.buildx if wanted else None)


def _judge(agent: Agent, job: BuildImage, folders: plan.Folders, host: _Host) -> None:
    """Refuse, before anything is done, what this host does not allow or cannot do."""
    agent.builds.judge(_argv(job, folders, plan.Place(folders.clone, folders.clone), host, ""))
    if isinstance(job.before, OnHost):
        agent.builds.judge_command()
    if job.source is not None and shutil.which("git") is None:
        raise HostError("its builder has no git, without which no source is fetched", hint="install git on the builder")
    if host.buildx is not None:
        return
    if job.maker is not Maker.BUILDKIT and shutil.which("docker") is None:
        raise HostError("its builder has neither docker buildx nor the docker program", hint=_INSTALL)
    if job.maker is Maker.BUILDKIT:
        raise HostError("the build is set to BuildKit, and its builder has no docker buildx", hint=_INSTALL)
    chosen = job.maker is Maker.CLASSIC
    why = "the build is set to the classic builder" if chosen else "its builder has no docker buildx"
    way = "let it be built by BuildKit" if chosen else _INSTALL
    if job.secrets:
        raise HostError(
            f"the build has secrets, which only BuildKit keeps out of the image, and {why}",
            hint=f"{way}; or take the secrets out of the build",
        )
    if job.entitlements:
        raise HostError(f"only BuildKit knows entitlements, and {why}", hint=f"{way}; or take the entitlements out")


async def _build(run: Run, job: BuildImage, folders: plan.Folders, host: _Host) -> None:
    agent, limits = run.agent, host.limits
    place = find_place(folders.clone, job)
    async with _held(run, host) as held:
        run.note(f"built by {'BuildKit' if host.buildx else 'the classic builder'}: {told(limits)}")
        for warning in (*cut(job.limits, limits), *held.warnings):
            run.note(f"warning: {warning}")
        argv = _argv(job, folders, place, host, held.parent)
        agent.builds.judge(argv)
        env = plan.environment(agent.docker.socket, folders) | (plan.secrets(job) if host.buildx else {})
        before, count = _reached(agent, held), KernelCount(agent.stats.proc)
        try:
            # BuildKit tells all of it on stderr.
            merged = host.buildx is not None
            await run.process(argv, cwd=folders.clone, env=env, what="docker build", most=limits.output, merged=merged)
        except HostError as failure:
            # What files keep in memory may have filled the group before: then a kill tells.
            old = before - {"memory"} if count.rose else before
            raise _explained(failure, limits, _reached(agent, held) - old) from None


@asynccontextmanager
async def _held(run: Run, host: _Host) -> AsyncGenerator[Held]:
    builds, id = run.agent.builds, run.id
    holding = (
        builds.buildkit(id, host.limits, host.size, host.version, host.info)
        if host.buildx
        else builds.classic(id, host.limits, host.info)
    )
    async with holding as held:
        yield held


def _argv(job: BuildImage, folders: plan.Folders, place: plan.Place, host: _Host, parent: str) -> tuple[str, ...]:
    if host.buildx is not None:
        return plan.buildkit(job, folders, place, host.buildx, parent)
    return plan.classic(job, folders, place, host.limits, parent)


def _reached(agent: Agent, held: Held) -> frozenset[str]:
    return frozenset(limit for group in held.groups for limit in agent.builds.groups.reached(group))


def _explained(failure: HostError, limits: Limits, reached: frozenset[str]) -> HostError:
    """The same with its reason, and the limit that was reached, of which the output shows a killed process or a failed
    fork only.
    """
    if failure.hint:
        return failure
    said = {
        "memory": f"it reached its limit of {size(limits.memory)} of memory: raise `memory`, or let it need less",
        "processes": f"it reached its limit of {limits.processes} processes: raise `processes`, or let it start fewer",
    }
    hint = "; ".join(text for limit, text in said.items() if limit in reached)
    why = reason_in(failure.said) if (failure.exit_code or 0) > 0 else ""
    return HostError(f"docker build failed: {why}" if why else failure.message, hint=hint, exit_code=failure.exit_code)


async def recover(agent: Agent, id: str) -> Recovered:
    """What was in a container of the job's own, or in its control group, ends with it."""
    await remove_leftover(agent, id)
    await agent.builds.end(id)
    return Recovered(state=State.INTERRUPTED, error="the agent was restarted in the middle of the build")


CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(BuildImage, build_held, recover),)
