"""/metrics as scrapers read it: both formats by the parsers of Prometheus's own client; to whom what is told."""

import json
import re
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as plain

from monitor.core.exposition import Family, Page, labelled, number
from monitor.core.fleet_metrics import CONTAINER, DERIVED, FAMILIES, SERVER, FleetMetrics
from monitor.kernel.hostview import DockerUse, Gpu
from monitor.kernel.measures import OF_CONTAINERS, OF_SERVERS
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.server.spec import SERVER as SERVER_TYPE
from monitor.testing.usage import steady
from tests.core.web import Web, web_of
from tests.core.world import IMAGE, World

DASHBOARD = Path(__file__).parents[2] / "examples/grafana/monitor.json"
Series = dict[tuple[str, tuple[tuple[str, str], ...]], float]
OPEN = {"accept": "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"}


@pytest.fixture
async def boss(world: World) -> Web:
    return await web_of(world, await world.app.user("boss", admin=True))


async def read(web: Web, *, as_open: bool = True) -> Series:
    """Every series; a series told twice is a failure, as it is to Prometheus."""
    told = await web.get("/metrics", headers=OPEN if as_open else {})
    assert told.status_code == 200, told.text
    assert told.headers["content-type"].startswith("application/openmetrics-text" if as_open else "text/plain")
    found: Series = {}
    for family in (open_metrics if as_open else plain)(told.text):
        assert family.documentation
        for sample in family.samples:
            key = (sample.name, tuple(sorted(sample.labels.items())))
            assert key not in found, key
            found[key] = sample.value
    return found


def of(series: Series, name: str, **labels: str) -> float | None:
    return series.get((name, tuple(sorted(labels.items()))))


@pytest.mark.parametrize("as_open", [True, False])
async def test_core_servers_and_containers_are_told(world: World, boss: Web, as_open: bool) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    stray = world.host.machine.create("stray", {"Image": IMAGE})
    world.host.machine.start(stray)
    world.host.machine.change(stray, restarts=3, health="unhealthy")
    world.host.machine.create("idle", {"Image": IMAGE})
    await world.clock.advance(30)
    told = await read(boss, as_open=as_open)
    assert of(told, "monitor_servers", state="up") == 1
    assert of(told, "monitor_server_up", server="host") == 1
    assert of(told, "monitor_server_cpu_ratio", server="host") == 0.125
    assert of(told, "monitor_server_memory_used_bytes", server="host") == 2 * 1024**3
    assert of(told, "monitor_server_filesystem_used_bytes", server="host", mount="/") == 40 * 1024**3
    assert of(told, "monitor_server_core_cpu_ratio", server="host", core="1") == 0.15
    assert of(told, "monitor_container_running", server="host", container="web", deployment="web") == 1
    assert (of(told, "monitor_container_memory_bytes", server="host", container="web", deployment="web") or 0) > 0
    assert of(told, "monitor_container_cpu_ratio", server="host", container="stray") is not None
    assert of(told, "monitor_container_restarts_total", server="host", container="stray") == 3
    assert of(told, "monitor_container_healthy", server="host", container="stray") == 0
    assert of(told, "monitor_container_running", server="host", container="idle") == 0
    assert of(told, "monitor_container_cpu_ratio", server="host", container="idle") is None


async def test_each_is_told_what_he_may_read(world: World) -> None:
    ann = await world.app.user("ann")
    web = await web_of(world, ann)
    await world.app.server("other")
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    world.host.machine.start(world.host.machine.create("stray", {"Image": IMAGE}))
    await world.clock.advance(30)

    async def seen() -> set[str]:
        return {value for _, labels in await read(web) for label, value in labels if label in ("server", "container")}

    assert await seen() == set()
    await world.grant(ann, "deployment", "web", Level.READ)
    assert await seen() == set(), "where it runs is its server's"
    await world.grant(ann, "server", "host", Level.READ)
    assert await seen() == {"host", "web"}
    await world.grant(ann, "server", "host", Level.READ, rights=(Right.UNMANAGED,))
    assert await seen() == {"host", "web", "stray"}


async def test_nobody_is_told_and_open_tells_of_core_alone(world: World) -> None:
    anybody = Web(world)
    assert (await anybody.get("/metrics")).status_code == 401
    world.app.core.settings = replace(world.app.core.settings, metrics_open=True)
    told = await read(anybody)
    assert of(told, "monitor_servers", state="up") == 1
    assert not [name for name, _ in told if name.startswith(("monitor_server_", "monitor_container_"))]


async def test_what_is_old_is_not_told(world: World, boss: Web) -> None:
    world.host.machine.start(world.host.machine.create("stray", {"Image": IMAGE}))
    await world.clock.advance(30)
    world.host.down = "cut"
    await world.clock.advance(120)
    told = await read(boss)
    assert [key for key in told if "host" in dict(key[1]).values()] == [("monitor_server_up", (("server", "host"),))]
    assert of(told, "monitor_server_up", server="host") == 0


async def test_names_from_hosts_stay_data(world: World, boss: Web) -> None:
    odd = 'a"b\\c\nd} 1\n# EOF'
    view = world.app.core.parts.hosts.view((await world.app.get(SERVER_TYPE, "host")).id)
    assert view is not None
    view.stats = replace(
        steady(world.clock),
        gpus=(Gpu(name=odd, busy=50.0), Gpu(name="x" * 900, busy=1.0), Gpu(name="x" * 901, busy=2.0)),
        docker_use=DockerUse(
            at=world.clock.now() - timedelta(hours=1), images=1, containers=2, volumes=3, build_cache=4
        ),
        failed_units=(),
    )
    told = await read(boss)
    assert of(told, "monitor_server_gpu_ratio", server="host", gpu=odd) == 0.5
    assert of(told, "monitor_server_gpu_ratio", server="host", gpu="x" * 200) == 0.02
    assert of(told, "monitor_server_docker_disk_bytes", server="host", kind="build_cache") == 4


async def test_a_full_fleet_takes_little_time_and_lets_others_in(world: World) -> None:
    """With a bound ten times looser than what 200 servers of 20 containers take; 20 stand for them."""
    for n in range(20):
        await world.app.server(f"s{n}")
        host = world.app.simulated(f"s{n}")
        host.images.add(IMAGE)
        for each in range(20):
            host.machine.start(host.machine.create(f"c{each}", {"Image": IMAGE}))
    await world.clock.advance(20)
    metrics, caller = FleetMetrics(world.app.core.parts), await world.app.user("boss", admin=True)
    begun = time.process_time()
    page = await metrics.page(caller)
    text = page.text("", open_metrics=True)
    assert text.count("monitor_container_cpu_ratio{") == 400
    assert time.process_time() - begun < 0.5


def test_every_measure_is_told() -> None:
    assert {*SERVER, *DERIVED} == OF_SERVERS.keys()
    assert CONTAINER.keys() == OF_CONTAINERS.keys()
    for told in SERVER.values():
        assert bool(told.label) == (
            told.family.name.endswith(("_mode_ratio", "docker_disk_bytes", "server_pressure_ratio"))
            or bool(OF_SERVERS[_measure(told)].each)
        )


def _measure(told: Any) -> str:
    return next(name for name, each in SERVER.items() if each is told)


def test_names_are_those_of_the_units() -> None:
    names = [family.name for family in FAMILIES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"monitor_(server|container)_[a-z0-9_]+", name) for name in names)
    assert not [name for name in names if "percent" in name or "_ms" in name]


def test_numbers_and_labels() -> None:
    assert [number(n) for n in (True, 3.0, 2**60, 0.1 + 0.2, 1e-7)] == ["1", "3", str(2**60), "0.3", "1e-07"]
    assert labelled({"a": 'x"\\\n', "b": ""}) == 'a="x\\"\\\\\\n"'
    page = Page([Family("a_total", "counts"), Family("b", "unused")])
    page.put(Family("a_total", "counts"), 'x="1"', 2)
    assert page.text("", open_metrics=True) == '# HELP a counts\n# TYPE a counter\na_total{x="1"} 2\n# EOF\n'


async def test_the_example_dashboard_asks_for_what_there_is(world: World, boss: Web) -> None:
    dashboard = json.loads(DASHBOARD.read_text())
    asked = {
        name for target in _expressions(dashboard) for name in re.findall(r"monitor_[a-z0-9_]+|process_[a-z_]+", target)
    }
    assert len(asked) >= 12
    await boss.get("/me")
    own = {name for name, _ in await read(boss)}
    assert asked <= own | {family.name for family in FAMILIES}


def _expressions(value: Any) -> list[str]:
    if isinstance(value, dict):
        here = [value["expr"]] if "expr" in value else []
        here += [value["query"]] if isinstance(value.get("query"), str) and "label_values" in value["query"] else []
        return here + [found for inner in value.values() for found in _expressions(inner)]
    return [found for inner in value for found in _expressions(inner)] if isinstance(value, list) else []
