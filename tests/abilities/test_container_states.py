"""The daemon's words about a container as Monitor's."""

from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.abilities.container.states import from_inspect, from_listing, moment
from monitor.kernel.hostview import Container, Port

NEVER = "0001-01-01T00:00:00Z"
START = "2026-01-02T03:04:05.123456789Z"


def told(state: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "Id": "1f",
        "Name": "/web",
        "Created": START,
        "State": {"StartedAt": NEVER, "FinishedAt": NEVER} | state,
    } | more


def test_everything_is_taken_over() -> None:
    labels = {"com.docker.compose.project": "shop", "com.docker.compose.service": "db", "a": "b"}
    ports = {
        "80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}, {"HostIp": "::", "HostPort": "8080"}],
        "53/udp": None,
    }
    state = {"Status": "running", "Running": True, "StartedAt": START, "Health": {"Status": "starting"}, "ExitCode": 0}
    given = told(
        state,
        Image="sha256:00",
        RestartCount=2,
        Config={"Image": "db:1", "Labels": labels},
        NetworkSettings={"Ports": ports, "Networks": {"z": {}, "b": {}}},
    )
    at = datetime(2026, 1, 2, 3, 4, 5, 123456, UTC)
    assert from_inspect(given) == Container(
        id="1f",
        name="web",
        image="db:1",
        image_id="sha256:00",
        state="running",
        health="starting",
        created=at,
        started=at,
        restarts=2,
        ports=(Port(53, "udp"), Port(80, "tcp", 8080, "0.0.0.0"), Port(80, "tcp", 8080, "::")),
        networks=("b", "z"),
        project="shop",
        service="db",
        labels=(("a", "b"), ("com.docker.compose.project", "shop"), ("com.docker.compose.service", "db")),
    )


@pytest.mark.parametrize(
    ("state", "more", "reason", "code"),
    [
        ({"Status": "running", "Running": True, "ExitCode": 0}, {}, "", None),
        ({"Status": "created"}, {}, "", None),
        ({"Status": "created", "Error": "no port", "ExitCode": 128}, {}, "no port", None),
        ({"Status": "exited", "ExitCode": 0}, {}, "exit code 0", 0),
        ({"Status": "exited", "ExitCode": 3}, {}, "exit code 3", 3),
        ({"Status": "exited", "ExitCode": 137}, {}, "exit code 137 (SIGKILL)", 137),
        ({"Status": "exited", "ExitCode": 137, "OOMKilled": True}, {}, "exit code 137 (SIGKILL), out of memory", 137),
        ({"Status": "exited", "ExitCode": 127, "Error": "no such file"}, {}, "exit code 127, no such file", 127),
        ({"Status": "restarting", "ExitCode": 1}, {"RestartCount": 4}, "exit code 1, restarted 4 times", 1),
        (
            {"Status": "running", "Health": {"Status": "unhealthy", "FailingStreak": 3, "Log": [{"ExitCode": 7}]}},
            {},
            "health check failed 3 times in a row with exit code 7",
            None,
        ),
        ({"Status": "running", "Health": {"Status": "none", "Log": None}}, {}, "", None),
    ],
)
def test_why_it_is_so(state: dict[str, Any], more: dict[str, Any], reason: str, code: int | None) -> None:
    container = from_inspect(told(state, **more))
    assert (container.reason, container.exit_code) == (reason, code)
    assert (container.started, container.finished) == (None, None)


@pytest.mark.parametrize(
    ("code", "killed", "reason"),
    [
        (137, 9, "exit code 137 (SIGKILL), out of memory"),
        (137, 4, "exit code 137 (SIGKILL)"),
        (1, 9, "exit code 1"),
    ],
)
def test_a_kill_for_memory_that_docker_does_not_flag(code: int, killed: int, reason: str) -> None:
    """It says why a container has ended that was killed in this run of it."""
    at = datetime(2026, 1, 2, 3, 4, killed, tzinfo=UTC)
    container = from_inspect(told({"Status": "exited", "ExitCode": code, "StartedAt": START}), at)
    assert (container.reason, container.out_of_memory) == (reason, at)
    assert from_inspect(told({"Status": "running", "StartedAt": START}), at).reason == ""


@pytest.mark.parametrize(
    ("killed", "ended", "flag", "so"),
    [
        (10, 10, False, True),
        (10, 18, False, True),
        (18, 10, False, True),
        (10, 40, False, False),
        (10, 40, True, False),
        (None, 40, True, True),
        (None, 40, False, False),
    ],
)
def test_a_part_that_was_killed_long_before_is_not_why_all_of_it_ended(
    killed: int | None, ended: int, flag: bool, so: bool
) -> None:
    """Docker's flag stays set meanwhile."""
    at = datetime(2026, 1, 2, 3, 5, killed, tzinfo=UTC) if killed is not None else None
    state = {"Status": "exited", "ExitCode": 137, "StartedAt": START, "OOMKilled": flag}
    container = from_inspect(told({**state, "FinishedAt": f"2026-01-02T03:05:{ended}Z"}), at)
    assert container.reason == f"exit code 137 (SIGKILL){', out of memory' if so else ''}"


def test_no_health_check_is_no_health() -> None:
    assert from_inspect(told({"Status": "running", "Health": {"Status": "none"}})).health == ""
    assert from_inspect(told({"Status": "running"})).health == ""


def test_times() -> None:
    assert moment(NEVER) is None
    assert moment("") is None
    assert moment("2026-01-02T05:04:05+02:00") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_listed_container() -> None:
    ports = [{"PrivatePort": 80, "PublicPort": 8080, "Type": "tcp", "IP": "0.0.0.0"}, {"PrivatePort": 1, "Type": "udp"}]
    given = {
        "Id": "1f",
        "Names": ["/other/alias", "/web"],
        "Image": "i",
        "ImageID": "s",
        "State": "running",
        "Ports": ports,
    }
    container = from_listing(given | {"Created": 60, "Labels": None})
    assert (container.name, container.state, container.created.minute) == ("web", "running", 1)
    assert container.ports == (Port(1, "udp"), Port(80, "tcp", 8080, "0.0.0.0"))
    assert "does not describe" in container.reason
