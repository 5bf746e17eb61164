"""The agent's way of building: clone afresh, `docker build`, ask the daemon for the result, leave nothing behind."""

import asyncio
import shutil
from pathlib import Path

from monitor.abilities.agent.contract import CallHandler, FeedHandler, JobHandler, Run
from monitor.abilities.build import plan
from monitor.abilities.build.calls import BuildImage, Built
from monitor.abilities.git.run import Fetched, fetch
from monitor.kernel.errors import HostError


async def build_image(run: Run, job: BuildImage) -> Built:
    """Steps: clone (or write) → build → inspect."""
    folders = plan.Folders(run.agent.work / run.id)
    try:
        folders.config.mkdir(parents=True, mode=0o700)
        fetched, context, dockerfile = await _get_source(run, job, folders)
        async with run.step("build"):
            argv = plan.build(job, folders, context, dockerfile)
            env = plan.environment(run.agent.docker.socket, folders)
            await run.process(argv, cwd=folders.clone, env=env, what="docker build")
            image_id = folders.image_id.read_text().strip()
        async with run.step("inspect"):
            await run.agent.docker.image(image_id)
            for tag in job.tags:
                if (await run.agent.docker.image(tag))["Id"] != image_id:
                    raise HostError(f"the image {tag} was replaced meanwhile", hint="something else tags it, too")
    finally:
        await asyncio.to_thread(shutil.rmtree, folders.root, ignore_errors=True)
    return Built(image_id=image_id, tags=job.tags, commit=fetched.commit, message=fetched.message)


async def _get_source(run: Run, job: BuildImage, folders: plan.Folders) -> tuple[Fetched, Path, Path]:
    """What is built, its context folder and its Dockerfile."""
    if job.source is None:
        async with run.step("write"):
            return Fetched("", ""), *_write(folders.clone, job.written)
    async with run.step("clone"):
        fetched = await fetch(run, job.source, folders.clone, job.auth)
        return fetched, *find_context(folders.clone, job)


def _write(folder: Path, dockerfile: str) -> tuple[Path, Path]:
    folder.mkdir()
    (folder / "Dockerfile").write_text(dockerfile)
    return folder, folder / "Dockerfile"


def find_context(clone: Path, job: BuildImage) -> tuple[Path, Path]:
    """Context folder and Dockerfile as real paths. HostError if one is missing or leads out of the clone."""
    context = _inside(clone, clone / job.context, f"the context folder {job.context!r}")
    if not context.is_dir():
        raise HostError(f"the source has no folder {job.context!r}", hint="the context is a folder inside the source")
    dockerfile = _inside(clone, context / job.dockerfile, f"the Dockerfile {job.dockerfile!r}")
    if not dockerfile.is_file():
        where = f"{job.context.rstrip('/')}/{job.dockerfile}".removeprefix("./")
        raise HostError(f"the source has no Dockerfile at {where!r}", hint="set the path, inside the context folder")
    # The docker CLI reads these on the host, following links.
    for ignored in (context / ".dockerignore", dockerfile.with_name(f"{dockerfile.name}.dockerignore")):
        _inside(clone, ignored, f"the file {ignored.name!r}")
    return context, dockerfile


def _inside(clone: Path, path: Path, what: str) -> Path:
    try:
        real = path.resolve()
    except (OSError, ValueError, RuntimeError):
        raise HostError(f"{what} is no usable path") from None
    if not real.is_relative_to(clone.resolve()):
        raise HostError(f"{what} leads out of the source", hint="symbolic links must stay inside the repository")
    return real


CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = ()
JOBS: tuple[JobHandler, ...] = (JobHandler(BuildImage, build_image),)
