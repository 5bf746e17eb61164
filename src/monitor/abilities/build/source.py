"""Source: the files one build works on, and where in them its context and its Dockerfile are."""

from pathlib import Path

from monitor.abilities.agent.contract import Run
from monitor.abilities.build.calls import BuildImage, NoCommand
from monitor.abilities.build.plan import Folders, Place
from monitor.abilities.git.run import Fetched, fetch
from monitor.kernel.errors import HostError


async def get_source(run: Run, job: BuildImage, folders: Folders) -> Fetched:
    """Step clone, or write. What has no command before it is checked here already."""
    if job.source is None:
        async with run.step("write"):
            folders.clone.mkdir()
            (folders.clone / "Dockerfile").write_text(job.written)
            return Fetched("", "")
    async with run.step("clone"):
        fetched = await fetch(run, job.source, folders.clone, job.auth)
        if isinstance(job.before, NoCommand):
            find_place(folders.clone, job)
        return fetched


def find_place(clone: Path, job: BuildImage) -> Place:
    """Context folder and Dockerfile as real paths. HostError if one is missing or leads out of the clone."""
    if job.source is None:
        return Place(clone, _inside(clone, clone / "Dockerfile", "the Dockerfile"))
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
    return Place(context, dockerfile)


def _inside(clone: Path, path: Path, what: str) -> Path:
    try:
        real = path.resolve()
    except (OSError, ValueError, RuntimeError):
        raise HostError(f"{what} is no usable path") from None
    if not real.is_relative_to(clone.resolve()):
        raise HostError(f"{what} leads out of the source", hint="symbolic links must stay inside the repository")
    return real
