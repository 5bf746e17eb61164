"""Plans for builds: a job becomes one argument list; every string of it stays data. Pure."""

from pathlib import Path

from msgspec import Struct

from monitor.abilities.build.calls import BuildImage


class Folders(Struct, frozen=True):
    """Where one build works."""

    root: Path
    """The job's own folder; all below goes with it."""

    @property
    def clone(self) -> Path:
        """The source's files."""
        return self.root / "source"

    @property
    def config(self) -> Path:
        """Docker's configuration: of this job alone, so that no credentials of the host's users are used."""
        return self.root / "docker"

    @property
    def image_id(self) -> Path:
        """Where `docker build` writes the image's id."""
        return self.root / "image-id"


def environment(socket: str, folders: Folders) -> dict[str, str]:
    """Of `docker build`: the daemon the agent talks to, and the builder that daemon itself has."""
    return {"DOCKER_HOST": f"unix://{socket}", "DOCKER_CONFIG": str(folders.config), "DOCKER_BUILDKIT": "0"}


def build(job: BuildImage, folders: Folders, context: Path, dockerfile: Path) -> tuple[str, ...]:
    """`docker build`; `context` and `dockerfile` are paths that were checked to be inside the clone."""
    return (
        # A failed step's container would be left on the host otherwise.
        *("docker", "build", "--force-rm", "--file", str(dockerfile), "--iidfile", str(folders.image_id)),
        *(("--pull",) if job.pull else ()),
        *(("--no-cache",) if job.no_cache else ()),
        *(part for name, value in job.arguments for part in ("--build-arg", f"{name}={value}")),
        *(part for name, value in job.labels for part in ("--label", f"{name}={value}")),
        *(part for tag in job.tags for part in ("--tag", tag)),
        *("--", str(context)),
    )
