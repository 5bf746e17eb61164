"""The real thing around a build: its turn and its cancel, and a redeploy that outlives kill -9 of core."""

import time
from typing import Any

import pytest

from tests.faults.installation import Installation, docker, until
from tests.faults.repository import Repository, make_build

pytestmark = pytest.mark.real


def state(installed: Installation, activity: str) -> Any:
    return installed.get(f"/activity/{activity}")["state"]


def below(installed: Installation, activity: str) -> Any:
    return installed.get(f"/activity?parent={activity}")["items"]


def test_killing_core_as_a_build_ends_loses_no_redeploy(installed: Installation, repository: Repository) -> None:
    make_build(installed, repository, "followed", 1)
    assert installed.run("/builds/followed/run")["state"] == "succeeded"
    image = {"kind": "build", "build": "followed"}
    installed.deployment("follower", image=image, redeploy_on_build=True)
    assert installed.run("/deployments/follower/deploy")["state"] == "succeeded"
    activity = installed.post("/builds/followed/run")["id"]
    until(lambda: state(installed, activity) == "succeeded")
    installed.kill("core")
    installed.start_core()
    (leading,) = until(lambda: below(installed, activity))
    (redeploy,) = until(lambda: below(installed, leading["id"]))
    ended = installed.ended(leading["id"]), installed.ended(redeploy["id"])
    assert [(e["operation"], e["state"]) for e in ended] == [
        ("build.redeploy", "succeeded"),
        ("deployment.deploy", "succeeded"),
    ], ended
    assert installed.get("/deployments/follower")["info"]["version"] == "0.0.2"
    assert (redeploy["who"]["name"], redeploy["origin"]) == ("ana", "redeploy_on_build")
    name = f"{installed.mark}-follower"
    assert docker("inspect", "-f", "{{.Config.Image}}", name) == f"{installed.mark}-followed:0.0.2"


def test_a_build_waits_its_turn_through_a_kill_and_is_cancelled_in_two_seconds(
    installed: Installation, repository: Repository
) -> None:
    asked: list[str] = []
    for seconds, name in enumerate(("first", "second", "third"), 60):
        make_build(installed, repository, name, seconds)
        asked.append(installed.post(f"/builds/{name}/run")["id"])
    until(lambda: "tick 1" in installed.output(asked[0]))
    before = [installed.get(f"/activity/{a}")["turn"] for a in asked]
    assert [turn and (turn["place"], turn["waiting"]) for turn in before] == [None, (1, 2), (2, 2)]
    installed.kill("core")
    installed.start_core()
    installed.up()
    assert [installed.get(f"/activity/{a}")["turn"] for a in asked] == before
    installed.post(f"/activity/{asked[2]}/cancel")
    assert state(installed, asked[2]) == "cancelled"
    installed.post(f"/activity/{asked[0]}/cancel")
    began = time.monotonic()
    assert installed.ended(asked[0])["state"] == "cancelled"
    assert time.monotonic() - began < 20  # two seconds, ten times looser
    until(lambda: "tick 1" in installed.output(asked[1]))
    installed.post(f"/activity/{asked[1]}/cancel")
    assert installed.ended(asked[1])["state"] == "cancelled"
