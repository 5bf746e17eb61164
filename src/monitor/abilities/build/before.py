"""Before: a command that prepares the source, in a container that is thrown away, or, a host power, on the host."""

import asyncio
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from monitor.abilities.agent.contract import Agent, Run
from monitor.abilities.build import plan
from monitor.abilities.build.calls import InContainer, Limits, OnHost
from monitor.abilities.build.limits import size
from monitor.abilities.container.memory import KernelCount, ran_out
from monitor.abilities.container.pull import pull
from monitor.abilities.docker.connection import WRITE
from monitor.abilities.docker.described import described
from monitor.abilities.docker.names import container_segment
from monitor.kernel.errors import Conflict, HostError, NotFound

_FOLDER = "/source"
_NAME = "monitor-before-"


async def run_before(run: Run, before: InContainer | OnHost, folders: plan.Folders, limits: Limits) -> None:
    """Run it on the source, which is afterwards as the command left it."""
    if isinstance(before, OnHost):
        run.agent.builds.judge_command()
        run.note("on the host itself, without limits but the time's")
        await run.process(before.command, cwd=folders.clone, what=before.command[0], most=limits.output)
        return
    async with run.agent.held.image(before.image):
        await _have(run, before.image)
        container = await run.agent.docker.create(_name(run.id), body(before, limits, run.id))
    environment = plan.environment(run.agent.docker.socket, folders)
    try:
        await _copy(run, f"{folders.clone}/.", f"{container.id}:{_FOLDER}", environment)
        await _run(run, before, container.id, environment, limits)
        await asyncio.to_thread(shutil.rmtree, folders.clone)
        folders.clone.mkdir()
        await _copy(run, f"{container.id}:{_FOLDER}/.", str(folders.clone), environment)
        await asyncio.to_thread(drop_special, folders.clone)
    finally:
        await asyncio.shield(_remove(run.agent, container.id))


async def _run(run: Run, before: InContainer, container: str, environment: dict[str, str], limits: Limits) -> None:
    docker, count = run.agent.docker, KernelCount(run.agent.stats.proc)
    await docker.start(container)
    following = ("docker", "logs", "--follow", container)
    await run.process(following, env=environment, what="docker logs", most=limits.output)
    if code := await docker.wait(container):
        memory = await ran_out(docker, run.agent.clock, described(await docker.inspect(container)), code, count)
        hint = f"it reached its limit of {size(limits.memory)} of memory: raise `memory`" if memory else ""
        raise HostError(f"{before.command[0]} failed with exit code {code}", hint=hint, exit_code=code)


def body(before: InContainer, limits: Limits, job: str) -> dict[str, Any]:
    """A container with nothing but limits: Docker's defaults, the default bridge, no mounts. Pure."""
    return {
        "Image": before.image,
        "Entrypoint": [before.command[0]],
        "Cmd": list(before.command[1:]),
        "WorkingDir": _FOLDER,
        # The copied source is root's; a container's root has no more power over the host than its other users.
        "User": "0:0",
        "Labels": {"monitor.job": job},
        "HostConfig": {
            # It is what the output is read from, whatever the daemon is set to.
            "LogConfig": {"Type": "json-file"},
            "Memory": limits.memory,
            "MemorySwap": limits.memory,
            "NanoCpus": int(limits.cpus * 1e9),
            "CpuShares": 256,
            "PidsLimit": limits.processes,
        },
    }


async def remove_leftover(agent: Agent, job: str) -> None:
    """End the container of a job that is no more. Unavailable while Docker cannot tell."""
    await _remove(agent, _name(job))


def drop_special(folder: Path) -> None:
    """Of what comes out of a container, devices, pipes and sockets are no source."""
    for here, _, files in os.walk(folder):
        for name in files:
            path = Path(here, name)
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
                path.unlink()


async def _have(run: Run, image: str) -> None:
    try:
        await run.agent.docker.image(image)
    except NotFound:
        await pull(run, image)


async def _copy(run: Run, source: str, target: str, environment: dict[str, str]) -> None:
    try:
        await run.process(("docker", "cp", "--", source, target), env=environment, what="docker cp")
    except HostError as failure:
        raise HostError(f"the source could not be copied: {failure.message}", exit_code=failure.exit_code) from None


async def _remove(agent: Agent, container: str) -> None:
    """With the volumes its image declares; one that is being removed already is as good as gone."""
    with suppress(NotFound, Conflict):
        path = f"/containers/{container_segment(container)}"
        await agent.docker.ask("DELETE", path, {"v": "1", "force": "1"}, limit=WRITE)


def _name(job: str) -> str:
    return f"{_NAME}{job.lower()}"
