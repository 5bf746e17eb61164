"""Plans for builds: a job becomes one argument list; every string of it stays data. Pure."""

from pathlib import Path

from msgspec import Struct

from monitor.abilities.build.calls import BuildImage, BuildNetwork, Limits

_PERIOD = 100_000


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


class Place(Struct, frozen=True):
    """Of what is built: paths that were checked to be inside the clone."""

    context: Path
    dockerfile: Path


def environment(socket: str, folders: Folders) -> dict[str, str]:
    """The daemon the agent talks to, the builder that daemon itself has, and nobody's settings."""
    return {
        "DOCKER_HOST": f"unix://{socket}",
        "DOCKER_CONFIG": str(folders.config),
        "DOCKER_BUILDKIT": "0",
        # The image is just that, so that it has the id its tag leads to.
        "BUILDX_NO_DEFAULT_ATTESTATIONS": "1",
    }


def secrets(job: BuildImage) -> dict[str, str]:
    """In buildx's environment: so they stand in no argument list and in no file."""
    return {_variable(index): value for index, (_, value) in enumerate(job.secrets)}


def classic(job: BuildImage, folders: Folders, place: Place, limits: Limits, parent: str = "") -> tuple[str, ...]:
    """`docker build` by the classic builder, each step's container limited by the Engine."""
    return (
        # A failed step's container would be left on the host otherwise.
        *("docker", "build", "--force-rm"),
        *("--memory", str(limits.memory), "--memory-swap", str(limits.memory)),
        *("--cpu-period", str(_PERIOD), "--cpu-quota", str(max(int(limits.cpus * _PERIOD), 1000))),
        *(("--cgroup-parent", parent) if parent else ()),
        *_common(job, folders, place),
    )


def buildkit(job: BuildImage, folders: Folders, place: Place, buildx: Path, parent: str = "") -> tuple[str, ...]:
    """`docker buildx build` by the daemon's own BuildKit."""
    return (
        *(str(buildx), "build", "--builder", "default", "--progress", "plain"),
        *(("--cgroup-parent", parent) if parent else ()),
        *(part for entitlement in job.entitlements for part in ("--allow", entitlement.value)),
        *(
            part
            for index, (name, _) in enumerate(job.secrets)
            for part in ("--secret", f"id={name},env={_variable(index)}")
        ),
        *_common(job, folders, place),
    )


def _common(job: BuildImage, folders: Folders, place: Place) -> tuple[str, ...]:
    return (
        *("--file", str(place.dockerfile), "--iidfile", str(folders.image_id)),
        *(("--pull",) if job.pull else ()),
        *(("--no-cache",) if job.no_cache else ()),
        *(("--target", job.target) if job.target else ()),
        *(("--platform", job.platform) if job.platform else ()),
        *(("--network", job.network.value) if job.network is not BuildNetwork.DEFAULT else ()),
        *(part for name, value in job.arguments for part in ("--build-arg", f"{name}={value}")),
        *(part for name, value in job.labels for part in ("--label", f"{name}={value}")),
        *(part for tag in job.tags for part in ("--tag", tag)),
        *("--", str(place.context)),
    )


def _variable(index: int) -> str:
    return f"MONITOR_SECRET_{index}"
