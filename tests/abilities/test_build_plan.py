"""A build becomes one argument list; hostile strings stay data in it."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.build import plan
from monitor.abilities.build.calls import BuildImage
from monitor.abilities.git.calls import GitSource

FOLDERS = plan.Folders(Path("/w/job"))
SOURCE = GitSource(url="https://example.com/a.git")


def argv(job: BuildImage) -> tuple[str, ...]:
    return plan.build(job, FOLDERS, Path("/w/job/source/app"), Path("/w/job/source/app/Dockerfile"))


def test_the_least() -> None:
    assert argv(BuildImage(source=SOURCE)) == (
        *("docker", "build", "--force-rm", "--file", "/w/job/source/app/Dockerfile", "--iidfile", "/w/job/image-id"),
        *("--", "/w/job/source/app"),
    )


def test_everything() -> None:
    job = BuildImage(
        source=SOURCE,
        arguments=(("BASE", "debian:12"), ("EMPTY", "")),
        labels=(("monitor.build", "01"),),
        tags=("hello:0.0.1", "hello:latest"),
        pull=True,
        no_cache=True,
    )
    assert argv(job) == (
        *("docker", "build", "--force-rm", "--file", "/w/job/source/app/Dockerfile", "--iidfile", "/w/job/image-id"),
        *("--pull", "--no-cache", "--build-arg", "BASE=debian:12", "--build-arg", "EMPTY="),
        *("--label", "monitor.build=01", "--tag", "hello:0.0.1", "--tag", "hello:latest"),
        *("--", "/w/job/source/app"),
    )


def test_the_daemon_is_the_agents_and_no_credentials_of_the_host_are_used() -> None:
    assert plan.environment("/run/docker.sock", FOLDERS) == {
        "DOCKER_HOST": "unix:///run/docker.sock",
        "DOCKER_CONFIG": "/w/job/docker",
        "DOCKER_BUILDKIT": "0",
    }


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4), st.lists(st.text(), max_size=3))
def test_whatever_people_write_is_the_value_of_an_option_of_ours(pairs: list[tuple[str, str]], tags: list[str]) -> None:
    job = BuildImage(source=SOURCE, arguments=tuple(pairs), labels=tuple(pairs), tags=tuple(tags))
    made = argv(job)
    rest = list(made[7:-2])
    options, values = rest[::2], rest[1::2]
    assert options == ["--build-arg"] * len(pairs) + ["--label"] * len(pairs) + ["--tag"] * len(tags)
    assert values == [f"{k}={v}" for k, v in pairs] * 2 + tags
