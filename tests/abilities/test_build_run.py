"""Building on the real Docker Engine from a repository served over HTTP."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from monitor.abilities.build.calls import BuildImage, Built
from monitor.abilities.git.calls import GitSource
from monitor.kernel.activity import State
from monitor.kernel.wire import unpack
from tests.abilities.git_server import Repository, served
from tests.abilities.job_host import Ended, JobHost
from tests.abilities.world import BUSYBOX, docker

pytestmark = pytest.mark.real

DOCKERFILE = (
    'FROM scratch\nARG WORDS=none\nCOPY busybox /bin/busybox\nRUN ["busybox", "echo", "said"]\nLABEL words=$WORDS\n'
)


class Building:
    """A host, a repository that can be built, and the name of its image."""

    def __init__(self, tmp_path: Path, url: str) -> None:
        self.host = JobHost(tmp_path / "state")
        self.repository = Repository(tmp_path / "repositories" / "app")
        self.source = GitSource(url=f"{url}/app/.git")
        self.image = f"monitor-test-build-{uuid4().hex[:8]}"
        shutil.copy(BUSYBOX, self.repository.folder / "busybox")

    async def build(self, **fields: object) -> Ended:
        job = BuildImage(source=self.source, tags=(f"{self.image}:1", f"{self.image}:latest"), **fields)  # type: ignore[arg-type] # of the job
        ended = await self.host.build(job)
        assert list(self.host.agent.work.iterdir()) == []
        return ended


@pytest.fixture
def building(tmp_path: Path) -> Iterator[Building]:
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories") as url:
        building = Building(tmp_path, url)
        yield building
    images = docker("images", "-q", building.image).split()
    if images:
        docker("rmi", "-f", *set(images))


async def test_a_build_tags_the_image_and_says_what_it_was_made_from(building: Building) -> None:
    commit = building.repository.commit("make it so", Dockerfile=DOCKERFILE)
    ended = await building.build(labels=(("monitor.build", "01B"),))
    assert ended.end.state is State.SUCCEEDED, ended
    assert ended.steps == [("clone", "succeeded"), ("build", "succeeded"), ("inspect", "succeeded")]
    built = unpack(bytes(ended.end.result), Built)
    tags = (f"{building.image}:1", f"{building.image}:latest")
    assert built == Built(image_id=built.image_id, tags=tags, commit=commit, message="make it so")
    for tag in tags:
        shown = docker("image", "inspect", "--format", '{{.Id}} {{index .Config.Labels "monitor.build"}}', tag)
        assert shown == f"{built.image_id} 01B"
    assert "said" in ended.output


async def test_a_name_that_means_another_image_on_the_builder_is_not_taken_from_it(building: Building) -> None:
    """Whoever may build there called his image `postgres:16`; and what others deployed next was his."""
    building.repository.commit(Dockerfile=DOCKERFILE)
    assert (await building.build()).end.state is State.SUCCEEDED
    theirs = docker("image", "inspect", "--format", "{{.Id}}", f"{building.image}:latest")
    docker("rmi", f"{building.image}:1")
    refused = await building.build(labels=(("monitor.build", "01B"),))
    assert f"has an image called {building.image}:latest that no build of Monitor made" in refused.error
    assert refused.steps == [("clone", "succeeded"), ("build", "failed")]
    assert docker("image", "inspect", "--format", "{{.Id}}", f"{building.image}:latest") == theirs
    docker("rmi", f"{building.image}:latest")
    for build in ("01B", "01C"):
        assert (await building.build(labels=(("monitor.build", build),))).end.state is State.SUCCEEDED


async def test_hostile_arguments_stay_data(building: Building, tmp_path: Path) -> None:
    building.repository.commit(Dockerfile=DOCKERFILE)
    hostile = f"--privileged; $(touch {tmp_path}/owned) `id` 'q' ünïcödé"
    ended = await building.build(arguments=(("WORDS", hostile), ("--privileged", "x")))
    assert ended.end.state is State.SUCCEEDED, ended
    shown = docker("image", "inspect", "--format", "{{.Config.Labels.words}}", f"{building.image}:1")
    assert shown == hostile
    assert not (tmp_path / "owned").exists()


async def test_a_build_that_fails_half_way_leaves_no_tag_and_keeps_its_output(building: Building) -> None:
    building.repository.commit(Dockerfile='FROM scratch\nCOPY busybox /bin/busybox\nRUN ["busybox", "false"]\n')
    ended = await building.build()
    assert ended.error.startswith("docker build failed: ")
    assert ended.steps == [("clone", "succeeded"), ("build", "failed")]
    assert "busybox false" in ended.output
    assert docker("images", "-q", building.image) == ""


async def test_a_missing_dockerfile_or_folder_is_named(building: Building) -> None:
    building.repository.commit(file="x")
    ended = await building.build()
    assert ended.error == "the source has no Dockerfile at 'Dockerfile'"
    ended = await building.build(context="app", dockerfile="x/Dockerfile")
    assert ended.error == "the source has no folder 'app'"
    building.repository.commit(app__file="x")
    ended = await building.build(context="app", dockerfile="x/Dockerfile")
    assert ended.error == "the source has no Dockerfile at 'app/x/Dockerfile'"


async def test_a_folder_and_another_dockerfile(building: Building) -> None:
    shutil.copy(BUSYBOX, building.repository.folder / "busybox")
    building.repository.write("app/busybox", "not it")
    building.repository.write("app/in/Other", "FROM scratch\nCOPY busybox /b\n")
    building.repository.commit_all()
    ended = await building.build(context="app", dockerfile="in/Other")
    assert ended.end.state is State.SUCCEEDED, ended


@pytest.mark.parametrize(
    ("context", "dockerfile"),
    [
        *(("..", "Dockerfile"), ("/etc", "passwd"), ("link", "passwd"), (".", "../../x"), (".", "/etc/passwd")),
        *((".", "link/passwd"), (".", "Evil"), (".", "a\x00b")),
    ],
)
async def test_paths_that_lead_out_of_the_clone_are_refused(building: Building, context: str, dockerfile: str) -> None:
    folder = building.repository.folder
    (folder / "link").symlink_to("/etc")
    (folder / "Evil").symlink_to("/etc/passwd")
    building.repository.commit(Dockerfile=DOCKERFILE)
    ended = await building.build(context=context, dockerfile=dockerfile)
    assert "leads out of the source" in ended.error or "no usable path" in ended.error
    assert "root:" not in ended.output


async def test_an_ignore_file_that_is_a_link_out_of_the_clone_is_refused(building: Building) -> None:
    (building.repository.folder / ".dockerignore").symlink_to("/etc/passwd")
    building.repository.commit(Dockerfile=DOCKERFILE)
    assert "leads out of the source" in (await building.build()).error


async def test_a_branch_with_a_dash_is_refused_before_anything_runs(building: Building) -> None:
    job = BuildImage(source=GitSource(url=building.source.url, branch="--upload-pack=x"))
    assert "no valid branch name" in (await building.host.build(job)).error


async def test_cancelling_ends_the_build_and_leaves_nothing(building: Building) -> None:
    building.repository.commit(Dockerfile='FROM scratch\nCOPY busybox /bin/busybox\nRUN ["busybox", "sleep", "60"]\n')
    host = building.host
    job = host.start(BuildImage(source=building.source, tags=(f"{building.image}:1",)))
    async for event in host.runner.follow(job, 0):
        if b"sleep" in getattr(event, "data", b""):
            break
    host.runner.cancel(job)
    ended = await asyncio.wait_for(host.ended(job), 20)
    assert ended.end.state is State.CANCELLED
    assert ended.steps == [("clone", "succeeded"), ("build", "cancelled")]
    assert list(host.agent.work.iterdir()) == []
