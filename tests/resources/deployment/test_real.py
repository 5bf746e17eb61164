"""What the real Docker makes of a config: everything asked for is what it then says of the container."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from monitor.abilities.container.powers import host_powers
from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.permission import HostPower
from monitor.resources.deployment.body import engine_body
from tests.abilities.world import World, build_image, docker
from tests.resources.deployment.test_body import config

HARMLESS: dict[str, Any] = {
    "entrypoint": ["busybox"],
    "command": ["sleep", "3600"],
    "working_dir": "/srv",
    "user": "1000:1000",
    "hostname": "web",
    "init": False,
    "tty": True,
    "open_stdin": True,
    "stop_signal": "SIGQUIT",
    "environment": [{"name": "A", "value": "$(reboot) --privileged\nb"}],
    "labels": [{"name": "a.b", "value": "c"}],
    "extra_hosts": [{"name": "db", "address": "10.0.0.5"}, {"name": "six", "address": "fd00::5"}],
    "dns": ["10.0.0.2", "fd00::2"],
    "tmpfs": [{"path": "/run", "size": 65536, "mode": "700"}],
    "read_only": True,
    "memory": 64 * 2**20,
    "memory_reservation": 32 * 2**20,
    "cpus": 0.5,
    "cpu_shares": 512,
    "pids_limit": 50,
    "shm_size": 2**20,
    "ulimits": [{"name": "nofile", "soft": 100, "hard": 200}],
    "health_check": {"kind": "command", "command": ["busybox", "true"]},
    "health_interval": 1.5,
    "health_timeout": 1,
    "health_start_period": 2,
    "health_retries": 2,
    "cap_drop": ["ALL"],
    "group_add": ["12"],
    "security_opt": ["no-new-privileges"],
    "ipc_mode": "private",
    "log_driver": "json-file",
    "log_options": [{"name": "max-size", "value": "1m"}],
    "restart": "on-failure",
    "restart_max_retries": 3,
}
POWERFUL: dict[str, Any] = {
    "cap_add": ["NET_ADMIN"],
    "security_opt": ["apparmor=unconfined"],
    "devices": [{"path_on_host": "/dev/null", "path_in_container": "/dev/zilch", "permissions": "r"}],
    "sysctls": [{"name": "net.core.somaxconn", "value": "512"}],
    "ulimits": [{"name": "memlock", "soft": 1024}],
}

SHARED: dict[str, Any] = {"pid_mode": "host", "ipc_mode": "host", "uts_mode": "host"}
RUNS = {"entrypoint": HARMLESS["entrypoint"], "command": HARMLESS["command"]}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tag = build_image(tmp_path_factory.mktemp("image"))
    yield tag
    docker("rmi", "-f", tag)


@pytest.fixture
def world(image: str) -> Iterator[World]:
    made = World(image)
    yield made
    made.clean()


async def made(world: World, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The body asked for, and what Docker says of the container, started."""
    engine = Engine("/var/run/docker.sock", SystemClock())
    body = engine_body(config(**given), world.image, {"monitor.test": world.mark})
    created = await engine.create(world.name(), body)
    await engine.start(created.id)
    return body, await engine.inspect(created.id)


def told(asked: Any, said: Any) -> Any:
    """What was said, cut down to what was asked."""
    if not isinstance(asked, dict) or not isinstance(said, dict):
        return said
    given, answer = cast("dict[str, Any]", asked), cast("dict[str, Any]", said)
    return {key: told(value, answer.get(key)) for key, value in given.items()}


@pytest.mark.real
@pytest.mark.parametrize("given", [HARMLESS, POWERFUL | RUNS, SHARED | RUNS])
async def test_docker_does_what_the_config_says(world: World, given: dict[str, Any]) -> None:
    body, said = await made(world, given)
    del body["Image"]  # the one it was made from, by name
    host, variables = body.pop("HostConfig"), body.pop("Env")
    for asked, part in ((body, said["Config"]), (host, said["HostConfig"])):
        set_ones = {key: value for key, value in asked.items() if value}
        assert told(set_ones, part) == set_ones
    assert set(variables) <= set(said["Config"]["Env"])
    assert said["State"]["Running"]


def test_what_is_called_harmless_is() -> None:
    assert host_powers(engine_body(config(**HARMLESS), "web", {})) == frozenset()
    assert host_powers(engine_body(config(**POWERFUL), "web", {})) == {
        HostPower.CAPABILITIES,
        HostPower.SECURITY,
        HostPower.DEVICES,
        HostPower.SYSCTLS,
        HostPower.CGROUP,
    }
    assert host_powers(engine_body(config(**SHARED), "web", {})) == {HostPower.NAMESPACES}
