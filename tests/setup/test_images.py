"""deploy/Dockerfile and deploy/compose.yaml, for real: both images built offline, run as compose would, joined."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from random import randrange
from typing import Any
from uuid import uuid4

import pytest
import yaml
from tour.steps import answers

from tests.ports import free_port
from tests.setup.images import docker, log_of, make_base

pytestmark = [pytest.mark.real, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[2]
NAME = f"monitor-image-test-{uuid4().hex[:8]}"
SUBNET = "172.30.91."
"""Of compose.yaml. Docker gives networks of other tests addresses like it, and another run of this has it, too."""
OWN_SUBNET = f"10.{randrange(100, 200)}.{randrange(256)}."
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text().replace(SUBNET, OWN_SUBNET))
SERVICES = ("core", "periphery")
VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"


@pytest.fixture(scope="module", autouse=True)
def cleared() -> Iterator[None]:
    """Nothing of it stays, however far it came."""
    yield
    remove()


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Both images, built from locked wheels without a network."""
    assert SUBNET in (ROOT / "deploy/compose.yaml").read_text()
    make_base(tmp_path_factory.mktemp("base"), NAME)
    version = docker(
        "run", "--rm", f"{NAME}:base", "python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"
    )
    subprocess.run([str(ROOT / "script/wheels"), "--python-version", version], check=True, stdin=subprocess.DEVNULL)
    given = ["--build-arg", f"BASE={NAME}:base", "--build-arg", "PIP_NO_INDEX=1", "--network", "none"]
    for target in ("wheel", *(COMPOSE["services"][service]["build"]["target"] for service in SERVICES)):
        file = str(ROOT / "deploy/Dockerfile")
        docker("build", "--quiet", "-f", file, "--target", target, *given, "--tag", f"{NAME}:{target}", str(ROOT))
    return {service: f"{NAME}:{service}" for service in SERVICES}


@pytest.fixture(scope="module")
def url(images: dict[str, str]) -> str:
    """Both services running with compose.yaml's own options; core's address."""
    config = COMPOSE["networks"]["monitor"]["ipam"]["config"][0]
    docker("network", "create", "--subnet", config["subnet"], NAME)
    port = free_port()
    for service in SERVICES:
        docker("run", "--detach", "--name", f"{NAME}-{service}", *options(service, port), images[service])
    where = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    while not answers(f"{where}/healthz") and time.monotonic() < until:
        time.sleep(0.2)
    assert answers(f"{where}/healthz"), log_of(f"{NAME}-core")
    return where


def options(service: str, port: int) -> list[str]:
    """What compose would say to docker; a key this does not know fails the test."""
    found: list[str] = ["--network", NAME, "--network-alias", service]
    for key, value in COMPOSE["services"][service].items():
        match key:
            case "image" | "build" | "restart":
                continue
            case "init" | "read_only":
                found += [f"--{key.replace('_', '-')}"]
            case "tmpfs" | "cap_drop" | "security_opt":
                found += [word for each in value for word in (f"--{key.replace('_', '-')}", each)]
            case "ports":
                assert value == ["127.0.0.1:9120:9120"]
                found += ["--publish", f"127.0.0.1:{port}:9120"]
            case "environment":
                found += [word for name, text in value.items() for word in ("--env", f"{name}={text}")]
            case "volumes":
                found += [word for each in value for word in ("--volume", each if each[0] == "/" else f"{NAME}-{each}")]
            case "networks":
                address = value["monitor"].get("ipv4_address")
                found += ["--ip", address] if address else []
            case _:
                pytest.fail(f"compose.yaml has {key}, which this test does not know")
    return found


def remove() -> None:
    """Everything of this run."""
    every = [["rm", "--force", "--volumes", f"{NAME}-{service}"] for service in SERVICES]
    every += [["volume", "rm", "--force", f"{NAME}-{service}"] for service in SERVICES]
    every += [["network", "rm", NAME]]
    every += [["image", "rm", "--force", f"{NAME}:{tag}"] for tag in (*SERVICES, "wheel", "base", "bare")]
    for arguments in every:
        subprocess.run(["docker", *arguments], check=False, capture_output=True)


def monitor(home: Path, *words: str, **given: str) -> str:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home), **given}
    command = [str(Path(sys.executable).with_name("monitor")), *words]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_compose_names_what_the_dockerfile_has() -> None:
    text = (ROOT / "deploy/Dockerfile").read_text()
    for service in COMPOSE["services"].values():
        assert f" AS {service['build']['target']}\n" in text
        assert set(service["build"]["args"]) == {"BASE"}
        assert (ROOT / "deploy" / service["build"]["context"]).resolve() == ROOT
        assert service["build"]["dockerfile"] == "deploy/Dockerfile"
    assert set(COMPOSE["services"]) == set(SERVICES)


def test_no_image_is_made_without_the_web_app(images: dict[str, str], tmp_path: Path) -> None:
    for name in (
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "requirements/run.txt",
        "deploy/Dockerfile",
        "deploy/healthy.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("web_app", "__pycache__"))
    command = ["docker", "build", "-f", str(tmp_path / "deploy/Dockerfile"), "--target", "wheel", "--network", "none"]
    given = ["--build-arg", f"BASE={NAME}:base", "--build-arg", "PIP_NO_INDEX=1", str(tmp_path)]
    done = subprocess.run([*command, *given], check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert "the web app is not built: run script/setup run" in done.stdout + done.stderr


def test_core_serves_the_web_app_that_was_built_before(url: str) -> None:
    with urllib.request.urlopen(f"{url}/deployments/hello") as page:
        text = page.read().decode()
        assert "script-src 'self'" in page.headers["content-security-policy"]
    with urllib.request.urlopen(url + re.findall(r'src="(/assets/[^"]+)"', text)[0]) as script:
        assert "immutable" in script.headers["cache-control"]
        assert script.read()
    command = ["exec", f"{NAME}-core", "sh", "-c", "ls -A /opt/monitor/lib/python3*/site-packages/monitor/core/web_app"]
    assert {"index.html", "assets"} <= set(docker(*command).split())
    assert docker("exec", f"{NAME}-core", "sh", "-c", "command -v node || true") == ""


def test_core_serves_as_nobody_special_and_says_that_it_is_healthy(url: str) -> None:
    assert docker("exec", f"{NAME}-core", "id", "-u") == "9120"
    until = time.monotonic() + 60
    health = ""
    while health != "healthy" and time.monotonic() < until:
        health = docker("inspect", "--format", "{{.State.Health.Status}}", f"{NAME}-core")
        time.sleep(0.5)
    assert health == "healthy"


def test_a_periphery_in_a_container_joins_and_reports(url: str, tmp_path: Path) -> None:
    token = docker("exec", f"{NAME}-core", "monitor", "core", "user", "set-up-token").splitlines()[0]
    given = {"MONITOR_SETUP_TOKEN": token, "MONITOR_PASSWORD": "a good password"}
    monitor(tmp_path, "login", url, "--set-up", "--name", "admin", **given)
    monitor(tmp_path, "server", "create", "this-machine", "--address", "periphery")
    token = json.loads(monitor(tmp_path, "server", "join-token", "this-machine", "--json"))["token"]
    join = ["monitor", "periphery", "join", "http://core:9120", "--token", "-"]
    done = subprocess.run(
        ["docker", "exec", "--interactive", f"{NAME}-periphery", *join],
        check=False,
        input=token,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    until = time.monotonic() + 60
    status: dict[str, Any] = {}
    while status.get("state") != "up" and time.monotonic() < until:
        status = json.loads(monitor(tmp_path, "server", "get", "this-machine", "--json"))["status"]
        time.sleep(0.2)
    assert status["state"] == "up"
    names = {each["name"] for each in json.loads(monitor(tmp_path, "server", "containers", "this-machine", "--json"))}
    assert {f"{NAME}-core", f"{NAME}-periphery"} <= names


def test_core_stops_gracefully_and_comes_back_with_what_it_knew(url: str) -> None:
    began = time.monotonic()
    docker("stop", "--time", "20", f"{NAME}-core")
    assert time.monotonic() - began < 15
    assert docker("inspect", "--format", "{{.State.ExitCode}}", f"{NAME}-core") == "0"
    docker("start", f"{NAME}-core")
    until = time.monotonic() + 60
    while not answers(f"{url}/readyz") and time.monotonic() < until:
        time.sleep(0.2)
    welcome = subprocess.run(
        [str(Path(sys.executable).with_name("monitor")), "--url", url, "session", "welcome", "--json"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert json.loads(welcome.stdout)["needs_setup"] is False
