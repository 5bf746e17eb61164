"""kill -9 of the periphery in the middle of a build and of a push: soon all is well, and no number is given twice."""

import signal
import time
from pathlib import Path

import pytest

from tests.abilities.private_registry import TOKEN, USER, running_registry
from tests.faults.installation import Installation, docker, until
from tests.faults.repository import Repository, make_build

pytestmark = pytest.mark.real
WITHIN = 10.0
"""Seconds in which all is well again, from when the agent is back."""


def running(text: str) -> list[str]:
    """Command lines on this host, containers' included, that hold it."""
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in line and "pytest" not in line:
            found.append(line)
    return found


def back(installed: Installation) -> None:
    installed.kill("agent")
    installed.start_agent()


@pytest.mark.parametrize("maker", ["buildkit", "classic"])
def test_inside_a_build_nothing_is_left_running(installed: Installation, repository: Repository, maker: str) -> None:
    name = f"cut-{maker}"
    make_build(installed, repository, name, 30, maker=maker)
    installed.up()
    activity = installed.post(f"/builds/{name}/run")["id"]
    until(lambda: "tick 1" in installed.output(activity))
    assert running(f"{installed.mark}-{name}")
    back(installed)
    began = time.monotonic()
    assert installed.ended(activity, WITHIN)["state"] == "interrupted"
    until(lambda: not running(f"{installed.mark}-{name}"), WITHIN - (time.monotonic() - began))
    assert not list((installed.folder / "agent" / "work").iterdir())


def test_inside_a_push_the_version_stands(installed: Installation, repository: Repository, tmp_path: Path) -> None:
    with running_registry(tmp_path / "one") as (one, _), running_registry(tmp_path / "two") as (two, stuck):
        for number, domain in enumerate((one, two)):
            config = {"domain": domain, "username": USER, "token": TOKEN}
            installed.post("/registry_accounts", {"name": f"account-{number}", "config": config})
        images = [f"{domain}/{installed.mark}" for domain in (one, two)]
        push_to = [{"image": image, "account": f"account-{number}"} for number, image in enumerate(images)]
        make_build(installed, repository, "given", 2, push_to=push_to)
        installed.up()
        activity = installed.post("/builds/given/run")["id"]
        until(lambda: "tick 1" in installed.output(activity))
        stuck.send_signal(signal.SIGSTOP)
        until(lambda: f"push {images[1]}:0.0.1" in installed.output(activity))
        back(installed)
        ended = installed.ended(activity, WITHIN)
        stuck.send_signal(signal.SIGCONT)
        assert ended["state"] == "failed", ended
        assert f"Version 0.0.1 is made, and on its builder and in {images[0]}" in ended["error"]
        assert "monitor build push given" in ended["hint"]
        [made] = installed.get("/builds/given/versions")
        assert [(push["image"], bool(push["digest"])) for push in made["pushes"]] == [
            (images[0], True),
            (images[1], False),
        ]
        installed.up()
        assert installed.run("/builds/given/push")["state"] == "succeeded"
        again = installed.run("/builds/given/run")
        assert again["summary"].startswith(f"built {installed.mark}-given:0.0.2")
        second, first = installed.get("/builds/given/versions")
        assert first["pushes"][0]["digest"] == made["pushes"][0]["digest"] != second["pushes"][0]["digest"]
        for image in images:
            docker("rmi", *(f"{image}:{tag}" for tag in ("0.0.1", "0.0.2", "latest")))
