"""A stopped or hanging Docker is unknown, never "nothing is running", and everything goes on when it is back."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults.installation import Installation, docker, until
from tests.faults.relay import Relay

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Generator[Relay]:
    made = Relay(Path(tmp_path_factory.mktemp("relay")) / "docker.sock")
    made.open()
    yield made
    made.shut()


@pytest.fixture(scope="module")
def behind(relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Generator[Installation]:
    made = Installation(tmp_path_factory.mktemp("behind"), docker_socket=str(relay.path))
    try:
        made.start()
        made.deployment("steady")
        assert made.run("/deployments/steady/deploy")["state"] == "succeeded"
        yield made
    finally:
        made.stop()


def state(behind: Installation) -> str:
    return str(behind.get("/deployments/steady")["status"]["state"])


def test_a_stopped_docker_is_unknown_and_says_so(behind: Installation, relay: Relay) -> None:
    relay.shut()
    until(lambda: state(behind) == "unknown")
    assert "Docker does not answer" in behind.get("/deployments/steady")["status"]["reason"]
    server = behind.get("/servers/here")["status"]
    assert (server["state"], server["docker"]) == ("up", False)
    ended = behind.run("/deployments/steady/deploy")
    assert ended["state"] == "failed"
    assert "Docker does not answer" in ended["error"]
    # What happened meanwhile is seen when Docker is back, with nothing doubled and nothing missed.
    docker("kill", f"{behind.mark}-steady")
    relay.open()
    until(lambda: state(behind) == "exited")
    assert behind.run("/deployments/steady/start")["state"] == "succeeded"
    until(lambda: state(behind) == "running")


def test_a_hanging_docker_is_unknown_within_ten_seconds(behind: Installation, relay: Relay) -> None:
    relay.hang()
    until(lambda: state(behind) == "unknown", 15)
    relay.shut()
    relay.open()
    until(lambda: state(behind) == "running")


def test_docker_lost_in_the_middle_of_a_deploy_leaves_exactly_one(behind: Installation, relay: Relay) -> None:
    activity = behind.post("/deployments/steady/deploy")["id"]
    behind.step(activity, "verify")
    relay.shut()
    relay_back = behind.get(f"/activity/{activity}")
    assert relay_back["state"] == "running"
    relay.open()
    ended = behind.ended(activity)
    assert ended["state"] in ("succeeded", "failed"), ended
    until(lambda: behind.containers("steady") == {f"{behind.mark}-steady": "running"})
