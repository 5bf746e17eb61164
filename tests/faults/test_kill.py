"""kill -9 of core, then of periphery, inside a build and inside a deploy: each ends as promised (guarantees 1 to 4)."""

import re
import time
from datetime import datetime

import pytest

from monitor.kernel.samples import GRID
from tests.faults.installation import Installation, docker, until
from tests.faults.repository import Repository, make_build

pytestmark = pytest.mark.real
WAYS = {
    "beside": ["create", "start", "verify", "rename", "remove"],
    "in-turn": ["create", "park", "start", "verify", "remove"],
}
"""The steps of each; a volume it may write to is what decides."""
WITHIN = 10.0
"""Seconds in which all is well again, from when all are back."""


def test_killing_core_inside_a_build_loses_nothing(installed: Installation, repository: Repository) -> None:
    make_build(installed, repository, "core-killed", 4)
    activity = installed.post("/builds/core-killed/run")["id"]
    until(lambda: "tick 1" in installed.output(activity))
    installed.kill("core")
    time.sleep(1)
    installed.start_core()
    ended = installed.ended(activity)
    assert ended["state"] == "succeeded", ended
    text = installed.output(activity)
    # BuildKit writes the step and the time before each line.
    assert re.findall(r"^(?:#\d+ [\d.]+ )?tick (\d)$", text, re.MULTILINE) == ["1", "2", "3", "4"], text
    assert installed.get("/builds/core-killed")["info"]["version"] == "0.0.1"
    assert docker("images", "-q", f"{installed.mark}-core-killed:0.0.1")


@pytest.mark.parametrize(("way", "step"), [(way, step) for way, steps in WAYS.items() for step in steps])
def test_killing_core_inside_a_deploy_loses_nothing(installed: Installation, way: str, step: str) -> None:
    name, activity = in_the_middle(installed, "core-killed", way, step)
    installed.kill("core")
    installed.start_core()
    ended = installed.ended(activity, WITHIN)
    assert ended["state"] == "succeeded", ended
    assert [s["name"] for s in ended["steps"]] == WAYS[way]
    assert installed.containers(name) == {f"{installed.mark}-{name}": "running"}
    assert installed.get(f"/deployments/{name}")["info"]["activity"] == activity
    until(lambda: installed.get(f"/deployments/{name}")["status"]["state"] == "running")


def test_killing_core_loses_no_sample_of_history(installed: Installation) -> None:
    """Those it had not written yet, and those of the time it was away, come from the agent, each in its place."""
    before = until(lambda: samples(installed))
    installed.kill("core")
    time.sleep(GRID - time.time() % GRID + 0.3)  # a sample is due while nobody listens
    installed.start_core()
    installed.up()
    after = until(lambda: samples(installed).keys() > before.keys() and samples(installed))
    assert {at: after[at] for at in before} == before
    assert sorted(after) == list(range(min(after), max(after) + 1, GRID)), "a gap"


def samples(installed: Installation) -> dict[int, float]:
    """What core has of the host's cpu over the last hour, by second."""
    told = installed.get("/servers/here/usage_history?metrics=cpu")
    begin = int(datetime.fromisoformat(told["since"]).timestamp())
    mean = told["series"][0]["mean"] if told["series"] else []
    return {begin + n * told["step"]: value for n, value in enumerate(mean) if value is not None}


def test_killing_the_periphery_inside_a_build_interrupts_it(installed: Installation, repository: Repository) -> None:
    make_build(installed, repository, "agent-killed", 6)
    activity = installed.post("/builds/agent-killed/run")["id"]
    until(lambda: "tick 1" in installed.output(activity))
    installed.kill("agent")
    installed.start_agent()
    ended = installed.ended(activity)
    assert ended["state"] == "interrupted", ended
    assert "tick 1" in installed.output(activity)
    assert installed.get("/builds/agent-killed")["info"]["version"] == "0.0.0"
    installed.up()
    again = installed.run("/builds/agent-killed/run")
    assert (again["state"], again["summary"][:40]) == ("succeeded", f"built {installed.mark}-agent-killed:0.0.1"[:40])


@pytest.mark.parametrize(("way", "step"), [(way, step) for way, steps in WAYS.items() for step in steps])
def test_killing_the_periphery_inside_a_deploy_leaves_exactly_one(installed: Installation, way: str, step: str) -> None:
    name, activity = in_the_middle(installed, "agent-killed", way, step)
    installed.kill("agent")
    installed.start_agent()
    ended = installed.ended(activity, WITHIN)
    assert ended["state"] in ("succeeded", "interrupted", "failed"), ended
    assert installed.containers(name) == {f"{installed.mark}-{name}": "running"}
    installed.up()
    until(lambda: installed.get(f"/deployments/{name}")["status"]["state"] == "running")


def in_the_middle(installed: Installation, word: str, way: str, step: str) -> tuple[str, str]:
    """A deployment of its own for each way, and its redeploy that has come to this step."""
    name = f"{word}-{way}"
    if name not in [item["name"] for item in installed.get("/deployments")["items"]]:
        volumes = [{"source": f"{installed.mark}-data", "target": "/data"}] if way == "in-turn" else []
        installed.deployment(name, stable_for=1, volumes=volumes)
        assert installed.run(f"/deployments/{name}/deploy")["state"] == "succeeded"
    activity = installed.post(f"/deployments/{name}/deploy")["id"]
    until(lambda: any(s["name"] == step for s in installed.get(f"/activity/{activity}")["steps"]))
    return name, activity
