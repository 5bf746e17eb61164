"""Cleaning up where it is needed most: the disk Docker keeps its data on has no byte left, most of it build cache."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.abilities.cleaning.calls import CleanUp, GoingCache, GoingImage, ListBuildCache
from monitor.abilities.cleaning.look import list_build_cache
from monitor.abilities.cleaning.run import clean_up
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.resources.server.cleaning import alone
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.faults.own_docker import IMAGE, OwnDocker

pytestmark = [pytest.mark.real, pytest.mark.timeout(180)]
_ROOM = 160_000_000
_LAYER = 30_000_000


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnDocker]:
    """An Engine whose data lie on a file system of their own, in memory."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "data").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "tmpfs", str(folder / "data")], check=True)
    docker = OwnDocker(folder)
    try:
        docker.set_up()
        yield docker
    finally:
        docker.tear_down()


def build(docker: OwnDocker, tag: str, content: str) -> None:
    """By BuildKit; it keeps the layer in its cache, too."""
    command = f"RUN head -c {_LAYER} /dev/zero | tr '\\\\0' {content} > /{content}"
    context = docker.folder / f"context-{content}"
    context.mkdir()
    shutil.copy("/usr/bin/busybox", context)
    setting = 'SHELL ["/bin/busybox", "sh", "-c"]\nENV PATH=/bin\nRUN /bin/busybox --install /bin\n'
    (context / "Dockerfile").write_text(f"FROM {IMAGE}\n{setting}{command}\n")
    environment = {**os.environ, "DOCKER_BUILDKIT": "1", "DOCKER_HOST": f"unix://{docker.socket}"}
    argv = ["docker", "build", "-q", "--network", "none", "-t", tag, str(context)]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, timeout=90, env=environment)
    assert done.returncode == 0, done.stderr


def fill(folder: Path) -> None:
    """To the last byte."""
    with (folder / "filling").open("wb", buffering=0) as file:
        for size in (1_000_000, 4096, 1):
            try:
                while True:
                    file.write(b"\1" * size)
            except OSError:
                continue
    assert os.statvfs(folder).f_bavail == 0


async def test_a_full_disk_is_made_room_on_and_what_is_needed_stays(small: OwnDocker) -> None:
    build(small, "used:1", "a")
    build(small, "unused:1", "b")
    build(small, "gone:1", "c")
    small.docker("rmi", "gone:1")  # the cache alone has its layer
    small.docker("create", "--name", "user", "used:1", "/bin/busybox", "true")
    unused = small.docker("inspect", "-f", "{{.Id}}", "unused:1")
    agent = MemoryAgent(Engine(small.socket, SystemClock()))
    before = await list_build_cache(agent, ListBuildCache())
    assert sum(record.bytes for record in before) >= 3 * _LAYER
    data = small.folder / "data"
    fill(data)
    going = CleanUp(cache=GoingCache(keep=1, alone=alone(before)), images=(GoingImage(id=unused, tags=("unused:1",)),))
    run = MemoryRun(agent, "a full disk")
    done = await asyncio.wait_for(clean_up(run, going), 60)
    assert [step for step, _ in run.steps] == ["build_cache", "images", "build_cache"]
    told = {kind.kind: kind for kind in done.kinds}
    assert told["build_cache"].removed >= 2
    # What it shared with images made no room by itself.
    assert _LAYER <= told["build_cache"].freed < 2 * _LAYER
    assert told["images"].removed == 1
    assert told["images"].left == ()
    room = os.statvfs(data)
    assert room.f_bavail * room.f_frsize >= 2 * _LAYER
    assert sum(record.bytes for record in await list_build_cache(agent, ListBuildCache())) < _LAYER
    assert small.docker("images", "-q", "used:1")
    assert not small.docker("images", "-q", "unused:1")
