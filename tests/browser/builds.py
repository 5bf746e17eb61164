"""Builds of the fleet: eighteen, each with sixteen runs behind it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from msgspec import Struct, structs

from monitor.abilities.git.calls import GitSource
from monitor.kernel.activity import State, Who
from monitor.resources.build.config import Argument, BuildConfig, ServerBuilder
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.registries import PushTo
from monitor.resources.build.version import Push, Version
from monitor.testing.past import PastStep
from tests.browser import writings

RUNS = 16
NOBODY = Who("system", "", "")
"""Whoever runs it stands there instead."""
FAILED = "site"
"""Its last run failed in TypeScript."""
RUNNING = "worker"
"""Builds now, for as long as nobody ends it."""
REGISTRY, HUB = "registry.example.com", "docker.io"
"""All builds go to the first."""
TWICE = ("api", "gateway", "ledger")
"""These to the second, too."""
UNPUSHED = ("api", 2)
"""Its version so many before the newest did not reach one of them."""
QUEUED = "docs"
"""Waits behind it."""


class Planned(Struct, frozen=True):
    """A build: its newest version, the server it is built on, and when its last run was."""

    name: str
    version: str
    builder: str
    hours_ago: float

    @property
    def url(self) -> str:
        """Its repository."""
        return f"https://git.example.com/acme/{self.name}"


BUILDS = (
    Planned("api", "1.4.3", "ci-2", 0.1),
    Planned("worker", "0.3.12", "ci-1", 1.1),
    Planned("site", "0.9.40", "ci-2", 2.0),
    Planned("gateway", "3.1.0", "ci-3", 6.2),
    Planned("auth", "2.7.4", "ci-1", 9.0),
    Planned("billing", "1.12.0", "ci-2", 11.5),
    Planned("search", "0.22.6", "ci-3", 14.0),
    Planned("media", "5.0.3", "ci-3", 20.3),
    Planned("mailer", "1.1.9", "ci-1", 26.0),
    Planned("docs", "0.2.6", "ci-1", 27.5),
    Planned("admin", "0.18.2", "ci-2", 31.0),
    Planned("reports", "2.3.1", "ci-4", 44.0),
    Planned("ingest", "4.4.0", "ci-3", 50.0),
    Planned("notifier", "0.7.7", "ci-1", 56.0),
    Planned("webhooks", "1.0.15", "ci-2", 71.0),
    Planned("exporter", "0.5.2", "ci-4", 80.0),
    Planned("thumbs", "0.4.11", "ci-3", 95.0),
    Planned("ledger", "1.2.8", "ci-2", 120.0),
)
BY_NAME = {build.name: build for build in BUILDS}

_MESSAGES = (
    "Point the pool at db-2 after the move",
    "Raise pool size, keep idle connections",
    "Trace ids in error bodies",
    "Cursor pagination on /v1/events",
    "Bump base image to bookworm-slim",
    "Retry idempotent calls once",
    "Fix time zone in exports",
    "Drop the unused feature switch",
    "Say which field is wrong",
    "Merge branch 'fix/flaky-queue'",
)


def config(build: Planned) -> BuildConfig:
    """What people set on it."""
    return BuildConfig(
        builder=ServerBuilder(server=build.builder),
        source=GitSource(url=build.url, branch="main"),
        arguments=(Argument(name="NODE_ENV", value="production"), Argument(name="COMMIT_DATE", value="auto")),
        push_to=tuple(PushTo(image=image) for image in repositories(build.name)),
        pull=build.name in ("gateway", "auth"),
        time_limit=86_400 if build.name == RUNNING else 3600,
    )


def commit_of(name: str, version: str) -> str:
    """A made-up hash."""
    return hashlib.sha1(f"{name} {version}".encode(), usedforsecurity=False).hexdigest()


def image_id(image: str) -> str:
    """The same."""
    return f"sha256:{hashlib.sha256(image.encode()).hexdigest()}"


def digest(image: str) -> str:
    """What registries call it."""
    return f"sha256:{hashlib.sha256(f'{image} pushed'.encode()).hexdigest()}"


def repositories(name: str) -> tuple[str, ...]:
    """Where a build's versions are pushed to."""
    return tuple(f"{place}/acme/{name}" for place in ((REGISTRY, HUB) if name in TWICE else (REGISTRY,)))


def versions(newest: str, count: int = RUNS) -> list[str]:
    """The newest and those before it, newest first."""
    dice = Random(newest)
    major, minor, patch = map(int, newest.split("."))
    found: list[str] = []
    while len(found) < count:
        found.append(f"{major}.{minor}.{patch}")
        patch -= 1
        if patch < 0:
            patch = dice.randrange(3, 11)
            minor -= 1
        if minor < 0:
            minor, major = 9, max(0, major - 1)
    return found


class Run(Struct, frozen=True, kw_only=True):
    """One run of a build, long ended."""

    began: datetime
    steps: tuple[PastStep, ...]
    state: State
    summary: str = ""
    error: str = ""
    hint: str = ""
    info: BuildInfo | None = None
    pushes: tuple[Push, ...] = ()

    def version_at(self, server: str) -> Version:
        """The record of what it made on that server."""
        assert self.info is not None
        assert self.info.built is not None
        info = self.info
        return Version(
            id="",
            version=info.version,
            image=info.image,
            image_id=info.image_id,
            tags=(info.image, f"{info.image.rpartition(':')[0]}:latest"),
            commit=info.commit,
            commit_url=info.commit_url,
            message=info.message,
            branch="main",
            server=server,
            built=info.built,
            who=NOBODY,
            pushes=self.pushes,
        )


def runs(build: Planned, id: str, now: datetime) -> Iterator[tuple[RunBuild, Run]]:
    """Sixteen, oldest first; one in twelve failed, one in thirty was cancelled."""
    dice = Random(build.name)
    made = versions(build.version)
    if build.name == FAILED:
        made.insert(0, "0.9.41")
    for age in range(RUNS - 1, -1, -1):
        began = now - timedelta(hours=build.hours_ago + age * dice.uniform(17, 23), minutes=dice.uniform(0, 50))
        fate = dice.random()
        if (build.name == FAILED and age == 0) or (age and fate < 0.08):
            run = _failed(build, began, dice)
        elif age and fate < 0.11:
            run = _cancelled(build, made[age], began, dice)
        else:
            run = _built(build, made[age], began, dice)
        yield RunBuild(target=id), run


def _built(build: Planned, version: str, began: datetime, dice: Random) -> Run:
    commit = commit_of(build.name, version)
    seconds = dice.uniform(28, 110)
    steps = (
        PastStep("clone", dice.uniform(1, 4), writings.clone_output(build.url, commit)),
        PastStep("build", seconds, writings.build_output(build.name, version)),
        PastStep("inspect", 0.3),
    )
    image = f"{build.name}:{version}"
    info = BuildInfo(
        version=version,
        image=image,
        image_id=image_id(image),
        commit=commit,
        message=dice.choice(_MESSAGES),
        built=began + timedelta(seconds=seconds + 4),
    )
    summary = f"built {image} from {commit[:10]}"
    run = Run(began=began, steps=steps, state=State.SUCCEEDED, summary=summary, info=info)
    return _pushed(build, run, info)


def _pushed(build: Planned, run: Run, info: BuildInfo) -> Run:
    """The same, pushed; one version of one build did not reach the second registry."""
    tags = (info.version, "latest")
    own, *_ = images = repositories(build.name)
    pushes = tuple(Push(image=image, tags=tags, digest=digest(info.image), pushed=info.built) for image in images)
    push = PastStep("push", 2.1, (f"push {own}:{info.version}\n".encode(),))
    name, before = UNPUSHED
    if build.name != name or info.version != versions(build.version)[before]:
        return structs.replace(run, steps=(*run.steps, push), pushes=pushes)
    hub = images[1]
    error = f"{hub}:{info.version} could not be pushed: denied: requested access to the resource is denied"
    hint = "the registry was told acme-ci: see whether that token is still good and may push there"
    return structs.replace(
        run,
        steps=(*run.steps, structs.replace(push, outcome="failed")),
        state=State.FAILED,
        error=f"{error}. Version {info.version} is made, and on its builder and in {own}.",
        hint=f"{hint}; push it again, nothing is built anew: monitor build push {build.name} --version {info.version}",
        pushes=(pushes[0], Push(image=hub, error=error, hint=hint)),
    )


def _failed(build: Planned, began: datetime, dice: Random) -> Run:
    commit = commit_of(build.name, f"failed {began}")
    steps = (
        PastStep("clone", dice.uniform(1, 4), writings.clone_output(build.url, commit)),
        PastStep("build", dice.uniform(20, 50), writings.failed_output(), "failed", 1),
    )
    return Run(
        began=began,
        steps=steps,
        state=State.FAILED,
        error="docker build ended with exit code 1: The command '/bin/sh -c npm run build' returned a non-zero code: 1",
        hint="the end of its output says why",
    )


def _cancelled(build: Planned, version: str, began: datetime, dice: Random) -> Run:
    commit = commit_of(build.name, version)
    steps = (
        PastStep("clone", dice.uniform(1, 4), writings.clone_output(build.url, commit)),
        PastStep("build", dice.uniform(6, 20), writings.build_output(build.name, version)[:4], "cancelled"),
    )
    return Run(began=began, steps=steps, state=State.CANCELLED, error="cancelled in step build")
