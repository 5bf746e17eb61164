"""A host that builds what a Dockerfile says, on the real Docker Engine, by either builder."""

import shutil
from pathlib import Path
from uuid import uuid4

from monitor.abilities.build.calls import BuildImage
from monitor.abilities.git.calls import GitSource
from monitor.kernel.job import Output
from tests.abilities.git_server import Repository
from tests.abilities.job_host import Ended, JobHost
from tests.abilities.world import BUSYBOX, docker

BASE = 'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n'
"""A Dockerfile's beginning: a shell and what it needs."""


class Shop:
    """A host, a repository served over HTTP, and the name of its image."""

    def __init__(self, tmp_path: Path, url: str) -> None:
        self.state = tmp_path / "state"
        self.host = JobHost(self.state)
        self.repository = Repository(tmp_path / "repositories" / "app")
        self.source = GitSource(url=f"{url}/app/.git")
        self.image = f"monitor-test-build-{uuid4().hex[:8]}"
        shutil.copy(BUSYBOX, self.repository.folder / "busybox")

    def job(self, dockerfile: str = "", **fields: object) -> BuildImage:
        """A build of this Dockerfile after the usual beginning."""
        if dockerfile:
            self.repository.commit(Dockerfile=f"{BASE}{dockerfile}\n")
        tags = (f"{self.image}:1",)
        return BuildImage(**{"source": self.source, "tags": tags, "no_cache": True, **fields})  # type: ignore[arg-type] # of the job

    async def build(self, dockerfile: str = "", hidden: tuple[str, ...] = (), **fields: object) -> Ended:
        """To its end; nothing of it is left in the agent's folder."""
        ended = await self.host.build(self.job(dockerfile, **fields), hidden)
        assert list(self.host.agent.work.iterdir()) == []
        return ended

    async def started(self, job: str, sign: bytes) -> None:
        """Return once the job's build has printed this."""
        async for event in self.host.runner.follow(job, 0):
            if isinstance(event, Output) and event.step == "build" and event.stream != "note" and sign in event.data:
                return

    def clean(self) -> None:
        """Remove its images."""
        images = docker("images", "-q", self.image).split()
        if images:
            docker("rmi", "-f", *set(images))
