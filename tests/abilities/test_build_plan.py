"""A build becomes one argument list; hostile strings stay data in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from monitor.abilities.build import plan
from monitor.abilities.build.calls import BuildImage, BuildNetwork, Entitlement, Limits
from monitor.abilities.build.powers import build_powers
from monitor.abilities.git.calls import GitSource
from monitor.kernel.permission import HostPower

FOLDERS = plan.Folders(Path("/w/job"))
PLACE = plan.Place(Path("/w/job/source/app"), Path("/w/job/source/app/Dockerfile"))
SOURCE = GitSource(url="https://example.com/a.git")
LIMITS = Limits(memory=1000, cpus=1.5, processes=10)
BUILDX = Path("/plugins/docker-buildx")
FILES = ("--file", "/w/job/source/app/Dockerfile", "--iidfile", "/w/job/image-id")
EVERYTHING = BuildImage(
    source=SOURCE,
    arguments=(("BASE", "debian:12"), ("EMPTY", "")),
    secrets=(("npm", "s3cret"), ("key", "line\nline")),
    labels=(("monitor.build", "01"),),
    tags=("hello:0.0.1", "hello:latest"),
    pull=True,
    no_cache=True,
    target="release",
    platform="linux/arm64",
    network=BuildNetwork.NONE,
)
COMMON = (
    *FILES,
    *("--pull", "--no-cache", "--target", "release", "--platform", "linux/arm64", "--network", "none"),
    *("--build-arg", "BASE=debian:12", "--build-arg", "EMPTY="),
    *("--label", "monitor.build=01", "--tag", "hello:0.0.1", "--tag", "hello:latest"),
    *("--", "/w/job/source/app"),
)
CLASSIC = (
    *("docker", "build", "--force-rm", "--memory", "1000", "--memory-swap", "1000"),
    *("--cpu-period", "100000", "--cpu-quota", "150000"),
)


def buildkit(job: BuildImage, parent: str = "") -> tuple[str, ...]:
    return plan.buildkit(job, FOLDERS, PLACE, BUILDX, parent)


def classic(job: BuildImage, parent: str = "") -> tuple[str, ...]:
    return plan.classic(job, FOLDERS, PLACE, LIMITS, parent)


def test_the_least() -> None:
    rest = (*FILES, "--", "/w/job/source/app")
    job = BuildImage(source=SOURCE)
    assert classic(job) == (*CLASSIC, *rest)
    assert buildkit(job) == (str(BUILDX), "build", "--builder", "default", "--progress", "plain", *rest)


def test_everything() -> None:
    assert classic(EVERYTHING, "/group") == (*CLASSIC, "--cgroup-parent", "/group", *COMMON)
    assert buildkit(EVERYTHING, "/group") == (
        *(str(BUILDX), "build", "--builder", "default", "--progress", "plain", "--cgroup-parent", "/group"),
        *("--secret", "id=npm,env=MONITOR_SECRET_0", "--secret", "id=key,env=MONITOR_SECRET_1"),
        *COMMON,
    )


def test_secrets_stand_in_the_environment_only() -> None:
    assert plan.secrets(EVERYTHING) == {"MONITOR_SECRET_0": "s3cret", "MONITOR_SECRET_1": "line\nline"}
    assert not [word for word in (*classic(EVERYTHING), *buildkit(EVERYTHING)) if "s3cret" in word]


def test_the_daemon_is_the_agents_and_no_credentials_of_the_host_are_used() -> None:
    assert plan.environment("/run/docker.sock", FOLDERS) == {
        "DOCKER_HOST": "unix:///run/docker.sock",
        "DOCKER_CONFIG": "/w/job/docker",
        "DOCKER_BUILDKIT": "0",
        "BUILDX_NO_DEFAULT_ATTESTATIONS": "1",
    }


def test_host_powers_are_seen_in_the_final_argument_list() -> None:
    for make in (classic, buildkit):
        assert build_powers(make(EVERYTHING, "/group")) == frozenset()
        assert build_powers(make(replace(EVERYTHING, network=BuildNetwork.HOST))) == {HostPower.BUILD}
    for entitlement in Entitlement:
        assert build_powers(buildkit(replace(EVERYTHING, entitlements=(entitlement,)))) == {HostPower.BUILD}


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("docker", "run", "--", "x"),
        ("docker", "build", "--unknown", "x", "--", "."),
        ("docker", "build", "--network=host", "--", "."),
        ("docker", "build", "--network", "container:x", "--", "."),
        ("docker", "build", "--ulimit", "x=1", "--", "."),
        ("docker", "build", "--security-opt", "x", "--", "."),
        ("docker", "build", "--pull", "."),
        ("docker", "build", "--", ".", "more"),
    ],
)
def test_what_is_not_known_is_a_host_power(argv: tuple[str, ...]) -> None:
    assert build_powers(argv) == {HostPower.BUILD}


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4), st.lists(st.text(), max_size=3))
def test_whatever_people_write_is_the_value_of_an_option_of_ours(pairs: list[tuple[str, str]], tags: list[str]) -> None:
    job = BuildImage(source=SOURCE, arguments=tuple(pairs), labels=tuple(pairs), tags=tuple(tags))
    made = classic(job)
    assert build_powers(made) == build_powers(buildkit(job)) == frozenset()
    rest = list(made[len(CLASSIC) + len(FILES) : -2])
    options, values = rest[::2], rest[1::2]
    assert options == ["--build-arg"] * len(pairs) + ["--label"] * len(pairs) + ["--tag"] * len(tags)
    assert values == [f"{k}={v}" for k, v in pairs] * 2 + tags
