"""A simulated host's builds: no git, no Docker, the same steps."""

from monitor.abilities.agent.contract import JobHandler, Run
from monitor.abilities.build import tags
from monitor.abilities.build.calls import BuildImage, Built, NoCommand
from monitor.abilities.build.giving import pushed
from monitor.abilities.git.calls import GitSource
from monitor.abilities.git.sim import head
from monitor.abilities.push.sim import by_machine
from monitor.abilities.push.taken import taken
from monitor.testing.machine import Machine


async def build(run: Run, job: BuildImage, machine: Machine) -> Built:
    """Clone (or write), before if anything is, build, inspect, push."""
    commit = await _source(run, job.source, machine)
    if not isinstance(job.before, NoCommand):
        async with run.step("before"):
            await machine.perform(run, "before", job.before.command[0])
    job = tags.named(job, commit)
    async with run.step("build"):
        machine.need_docker()
        for reference in (f"{to.image}:{tag}" for to in job.push for tag in to.own):
            if reference in machine.deliveries.shelf:
                raise taken(reference)
        about = job.source.url if job.source else ""
        if ("build", about) not in machine.scripts:
            run.output(b"Step 1/1 : FROM scratch\n")
        await machine.perform(run, "build", about)
        machine.need_docker()
        image = machine.add_build(job.tags, dict(job.labels))
        run.output(f"Successfully built {image}\n".encode())
    async with run.step("inspect"):
        await machine.spend("inspect")
    built = Built(image_id=image, tags=job.tags, commit=commit, message="a simulated commit" if commit else "")
    return await pushed(run, job, built, by_machine(run, machine, image))


async def _source(run: Run, source: GitSource | None, machine: Machine) -> str:
    """The commit; none where the Dockerfile is written in Monitor."""
    if source is None:
        async with run.step("write"):
            return ""
    async with run.step("clone"):
        await machine.perform(run, "clone", source.url)
        commit = _commit(machine, source)
        run.note(f"commit {commit}")
        return commit


def _commit(machine: Machine, source: GitSource) -> str:
    return source.commit or head(machine, source)[0]


async def _run(run: Run, job: BuildImage) -> Built:
    machine = run.agent
    assert isinstance(machine, Machine)  # noqa: S101 - what a simulated host gives its jobs
    with machine.held.build():
        return await build(run, job, machine)


JOBS = (JobHandler(BuildImage, _run),)
