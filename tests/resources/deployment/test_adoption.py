"""Adopting and making are each other's inverse: what Docker says of a container gives the config that made it."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Conflict
from monitor.resources.deployment.adoption.config import Taken, take
from monitor.resources.deployment.adoption.environment import looks_secret
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.config import DeploymentConfig
from tests.abilities.world import World, build_image, docker
from tests.resources.deployment.test_body import config
from tests.resources.deployment.test_real import HARMLESS, POWERFUL, RUNS, SHARED

ENGINE = Engine("/var/run/docker.sock", SystemClock())
MORE: dict[str, Any] = {
    "ports": [{"container": 80, "host": 0}, {"container": 53, "host": 0, "protocol": "udp", "address": "127.0.0.1"}],
    "memory": 64 * 2**20,
    "volumes": [{"source": "NAME", "target": "/data"}, {"source": "/etc", "target": "/host", "read_only": True}],
    "secret_environment": [{"name": "DB_PASSWORD", "value": "hunter2"}],
    "health_check": {"kind": "shell", "command": "busybox true"},
    "host_config": '{"OomScoreAdj":500}',
    "restart": "always",
    "stop_timeout": 33,
}
BARE: dict[str, Any] = {}


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


async def taken(id: str, **more: Any) -> Taken:
    told = await ENGINE.inspect(id)
    return take(told, await ENGINE.image(told["Image"]), "s", **more)


def without(given: DeploymentConfig) -> DeploymentConfig:
    """Order of lists the daemon keeps as a map says nothing."""
    return replace(given, ports=tuple(sorted(given.ports, key=str)), labels=tuple(sorted(given.labels, key=str)))


@pytest.mark.real
@pytest.mark.parametrize(
    "given", [BARE | RUNS, HARMLESS, POWERFUL | RUNS, SHARED | RUNS, MORE | RUNS, {"network": "host"} | RUNS]
)
async def test_what_a_config_made_gives_that_config_again(world: World, given: dict[str, Any]) -> None:
    text = msgspec.json.encode(given).replace(b'"NAME"', f'"{world.name("data")}"'.encode())
    asked = config(**msgspec.json.decode(text), container_name=world.name())
    created = await ENGINE.create(world.name(), engine_body(asked, world.image, {"monitor.test": world.mark}))
    await ENGINE.start(created.id)
    found = await taken(created.id)
    expected = msgspec.convert({"kind": "image", "image": world.image}, type=Any)
    assert found.left == ()
    assert msgspec.to_builtins(found.config)["image"] == expected
    assert without(replace(found.config, image=asked.image)) == without(_normal(asked))


def _normal(asked: DeploymentConfig) -> DeploymentConfig:
    """As the daemon says it, where it says the same in another way."""
    ulimits = tuple(replace(u, hard=None) if u.hard == u.soft else u for u in asked.ulimits)
    ipc = "" if asked.ipc_mode == "private" else asked.ipc_mode
    return replace(asked, ulimits=ulimits, ipc_mode=ipc)


@pytest.mark.real
async def test_a_container_of_networks_keeps_its_aliases(world: World) -> None:
    networks = [world.name("n1"), world.name("n2")]
    for network in networks:
        docker("network", "create", "--label", world.labels[0], network)
    try:
        id = world.run("web", "--network", networks[0], "--network-alias", "db")
        docker("network", "connect", "--alias", "two", networks[1], id)
        found = await taken(id)
        assert [(n.name, n.aliases) for n in found.config.networks] == [(networks[0], ("db",)), (networks[1], ("two",))]
        assert found.left == ()
    finally:
        docker("rm", "-f", world.name())
        for network in networks:
            docker("network", "rm", network)


@pytest.mark.real
async def test_what_has_no_field_goes_into_the_patch(world: World) -> None:
    id = world.run("web", "-v", "/etc:/host:ro,z", "--tmpfs", "/t:noexec", "--oom-score-adj", "300")
    found = await taken(id)
    patch = msgspec.json.decode(found.config.host_config)
    assert patch == {"Binds": ["/etc:/host:ro,z"], "Tmpfs": {"/t": "noexec"}, "OomScoreAdj": 300}
    assert found.config.volumes == ()


def test_which_variables_look_like_secrets() -> None:
    for name in ("DB_PASSWORD", "API_TOKEN", "SECRET_KEY_BASE", "aws_secret_access_key", "PGPASS"):
        assert looks_secret(name), name
    for name in ("LOG_LEVEL", "PORT", "TZ", "PATH"):
        assert not looks_secret(name), name


def test_secret_is_what_the_person_says() -> None:
    told = {"Config": {"Image": "web:1", "Env": ["A=1", "TOKEN=2", "OWN=3"]}, "HostConfig": {}}
    found = take(told, {"Config": {"Env": ["OWN=3"]}}, "s", ("A",)).config
    assert [v.name for v in found.environment] == ["TOKEN"]
    assert [(v.name, v.value) for v in found.secret_environment] == [("A", "1")]


def test_what_is_left_behind_is_said() -> None:
    told = {
        "Id": "c" * 64,
        "Image": "sha256:" + "a" * 64,
        "Config": {"Image": "sha256:" + "a" * 64, "Labels": {"com.docker.compose.project": "shop"}},
        "HostConfig": {"NetworkMode": "default", "PortBindings": {"80/tcp": [{"HostPort": "8000-8010"}]}},
        "NetworkSettings": {"Networks": {"bridge": {}, "back": {}}},
    }
    found = take(told, {}, "s")
    assert len(found.left) == 4
    assert found.compose == "shop"


def test_one_that_removes_itself_cannot_be_kept() -> None:
    with pytest.raises(Conflict, match="--rm"):
        take({"Config": {"Image": "web:1"}, "HostConfig": {"AutoRemove": True}}, {}, "s")
