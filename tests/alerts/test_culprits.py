"""Culprits: who likely causes what a server suffers from, asked of its host, which may be slow, silent or hostile."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.abilities.stats.calls import TopProgram, TopPrograms
from monitor.features.alerts.asking import Asking
from monitor.features.alerts.culprits import Fields, blamed, docker_on, programs_by
from monitor.features.alerts.spec import GetAlert
from monitor.kernel.alerts import Alert, AlertChange
from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError, MonitorError, PolicyRefused, Unavailable
from monitor.kernel.hostview import Disk, DockerUse, HostStats
from monitor.kernel.insides import Process
from monitor.kernel.permission import Level, Right
from monitor.kernel.samples import ContainerSample
from monitor.resources.alert_rule.conditions import Missing, ServerFigure
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.testing.clock import ManualClock
from monitor.testing.usage import steady
from tests.alerts.rig import current, rule, said, told, without_defaults
from tests.core.world import World

GIB = 1024**3
BACKUP = Process(pid=77, parent=1, user="backup", cpu=640.0, memory=6 * GIB, command="restic")


def sample(id: str, name: str, cpu: float | None, memory: int = 0) -> ContainerSample:
    return ContainerSample(id, name, "", "", cpu, memory, 0.0, 0.0, 0.0, 0.0, 1)


def program(name: str, of_all: float, container: str = "", **more: Any) -> TopProgram:
    return TopProgram(**{"pid": 7, "name": name, "container": container, "used": of_all, "of_all": of_all, **more})


def nobodys(_: ContainerSample) -> str:
    return ""


@pytest.mark.parametrize(
    ("measure", "programs", "culprit", "process"),
    [
        ("cpu", [program("gzip", 95, "a"), program("sshd", 3)], "container shop, 180% of one core", "gzip (pid 7)"),
        ("load5", [program("rsync", 190, user="root")], "", "process rsync (pid 7, user root), 190% of one core"),
        (
            "load_per_core",
            [program("cc1", 400, processes=4, used=100, user="ann"), program("gzip", 170, "a")],
            "",
            "4 processes cc1 (busiest pid 7, user ann), 400% of one core",
        ),
        (
            "memory",
            [program("postgres", 6 * GIB, processes=40, used=GIB)],
            "",
            "40 processes postgres (largest pid 7), 6 GiB of memory",
        ),
        (
            "memory",
            [program("java", 3 * 1024**3, "b")],
            "container db, 4 GiB of memory",
            "java (pid 7), 3 GiB of memory",
        ),
        ("swap", [program("mysqld", 5 * GIB, processes=9)], "", "process mysqld (pid 7), 5 GiB of memory"),
        ("pressure_cpu", [program("new", 300, "begun-just-now")], "", "process new (pid 7), 300% of one core"),
        ("cpu", [program("\x1b[31m\u202eevil\n", 999)], "", "process ?[31m?evil? (pid 7), 999% of one core"),
    ],
)
def test_the_busier_of_containers_and_what_is_in_none(
    measure: str, programs: list[TopProgram], culprit: str, process: str
) -> None:
    samples = (sample("a", "shop", 180.0, 2 * GIB), sample("b", "db", 20.0, 4 * GIB), sample("c", "new", None))
    found = blamed(measure, programs, samples, nobodys)
    assert (found["culprit"], found["culprit_of"]) == (culprit, "")
    assert process in found["culprit_process"]


def test_where_nothing_is_said_nobody_is_blamed_anew() -> None:
    assert blamed("cpu", (), (sample("a", "shop", 180.0),), nobodys) == {}
    assert blamed("cpu", (program("idle", 0),), (), nobodys) == {}
    assert blamed("cpu", (program("kworker", 2), program("sh", 1, "a")), (sample("a", "shop", 3.0),), nobodys) == {}
    assert [programs_by(measure) for measure in ("received", "temperature", "swap_used")] == [None, None, "memory"]


def busy(world: World, cpu: float = 99.0) -> None:
    def usage(clock: Clock) -> HostStats:
        return replace(steady(clock), cpu=cpu)

    world.host.machine.usage = usage


async def watched(world: World, **more: Any) -> None:
    """Its cpu, by one rule."""
    await without_defaults(world)
    given = {"warning": 90, "lasts": 0, "calm": 0, **more}
    await rule(world, "busy", what=ServerFigure(measure="cpu"), **given)


async def test_a_program_of_the_host_itself(world: World) -> None:
    await watched(world, repeat=10)
    world.host.machine.processes.append(BACKUP)
    busy(world)
    await world.clock.advance(20)
    [alert] = await current(world)
    words = "process restic (pid 77, user backup), 640% of one core"
    assert (alert.culprit, alert.culprit_of, alert.culprit_process) == ("", "", words)
    world.host.machine.processes.remove(BACKUP)
    await world.clock.advance(620)
    opened, repeated = await told(world)
    assert (opened.alert.culprit_process, repeated.change) == (words, AlertChange.REPEATED)
    assert repeated.alert.culprit_process == ""  # what is left uses 2.1% of one core, and causes nothing
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.READ)
    assert (await world.app.run(GetAlert(target=alert.id), ann)).cause == ""
    await world.grant(ann, "server", "host", Level.READ, (Right.PROCESSES,))
    assert (await world.app.run(GetAlert(target=alert.id), ann)).cause == repeated.alert.culprit_process


async def test_a_program_in_a_container(world: World) -> None:
    await watched(world)
    shop = await world.deployment("shop")
    await world.do(Deploy(target="shop"))
    await world.clock.advance(30)
    busy(world)
    await world.clock.advance(20)
    [alert] = await current(world)
    assert alert.culprit.startswith("container shop, ")
    assert alert.culprit_of == shop.id
    assert alert.culprit_process.startswith("process web (pid ")
    [event] = await told(world)
    assert event.alert.cause == alert.cause
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.READ)
    assert (await world.app.run(GetAlert(target=alert.id), ann)).cause == ""
    await world.grant(ann, "deployment", "shop", Level.READ)
    assert (await world.app.run(GetAlert(target=alert.id), ann)).cause == alert.culprit
    await world.grant(ann, "deployment", "shop", Level.READ, (Right.PROCESSES,))
    assert (await world.app.run(GetAlert(target=alert.id), ann)).cause == alert.cause


def with_docker(at: datetime, *, mount: str = "/", volumes: int = 40, images: int = 20) -> HostStats:
    use = DockerUse(at=at, images=images * GIB, containers=GIB, volumes=volumes * GIB, build_cache=0, mount=mount)
    disk = Disk(mount="/", device="/dev/a", total=100 * GIB, used=90 * GIB)
    return replace(steady(ManualClock()), disks=(disk,), docker_use=use)


def test_what_docker_has_on_a_file_system() -> None:
    now = steady(ManualClock()).at
    assert docker_on(with_docker(now), "/") == "Docker's volumes, 40 GiB of the 90 GiB used"
    assert docker_on(with_docker(now, images=50), "/").startswith("Docker's images, 50 GiB of")
    assert docker_on(with_docker(now), "/srv") == ""
    assert docker_on(with_docker(now, mount="/srv"), "/") == "", "its data are on another"
    assert docker_on(with_docker(now, mount=""), "/") == "", "it is not known where they are"
    assert docker_on(with_docker(now, volumes=8, images=8), "/") == "", "a tenth explains nothing"
    assert docker_on(with_docker(now, volumes=91), "/") == "", "so much cannot be there"
    assert docker_on(with_docker(now - timedelta(hours=7)), "/") == "", "it was counted too long ago"
    assert docker_on(replace(steady(ManualClock()), docker_use=None), "/") == ""


async def test_a_full_disk_names_what_docker_has_there_and_no_container(world: World) -> None:
    await without_defaults(world)
    await rule(world, "full", what=ServerFigure(measure="disk"), warning=85, lasts=0, calm=0)

    def usage(clock: Clock) -> HostStats:
        return replace(with_docker(clock.now()), at=clock.now())

    world.host.machine.usage = usage
    await world.clock.advance(20)
    [alert] = await current(world)
    assert (alert.cause, alert.culprit_of) == ("Docker's volumes, 40 GiB of the 90 GiB used", "")
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.READ)
    assert (await world.app.run(GetAlert(target=alert.id), ann)).cause == alert.cause


async def test_what_was_about_to_be_asked_at_the_end_keeps_nothing_from_being_written(world: World) -> None:
    await watched(world)
    busy(world)
    await world.clock.advance(20)
    [alert] = await current(world)

    async def ask(_: Alert) -> Fields:
        return {}

    asking = Asking(world.clock, ask, lambda _, __: None, lambda: None)
    asking.begin("document", AlertChange.OPENED, alert)
    await asking.end()
    assert "document" not in asking


@pytest.mark.parametrize(("seconds", "comes"), [(0.9, True), (60.0, False)])
async def test_a_slow_host_holds_up_neither_its_alert_nor_others(world: World, seconds: float, *, comes: bool) -> None:
    await watched(world)
    await rule(world, "gone", what=Missing(), severity="critical", lasts=0, calm=0)
    await world.deployment("shop")
    await world.do(Deploy(target="shop"))
    await world.clock.advance(30)
    world.host.machine.processes.append(BACKUP)
    world.host.latency = seconds
    busy(world)
    while not (going := await current(world)):
        await world.clock.advance(0.25)
    assert [(alert.rule_name, alert.culprit_process) for alert in going] == [("busy", "")]
    shop = world.host.machine.named("shop")
    assert shop is not None
    world.host.machine.remove(shop)
    await world.clock.advance(0.5)
    assert await said(world) == ["opened shop gone"]
    await world.clock.advance(1.5)
    [_, opened] = await told(world)
    assert opened.alert.culprit_process.startswith("process restic") is comes
    assert opened.alert.culprit.startswith("container shop") is not comes
    stored = await world.app.run(GetAlert(target=opened.alert.id))
    assert stored.culprit_process == opened.alert.culprit_process


@pytest.mark.parametrize("failure", [Unavailable("it is gone"), HostError("no such call"), PolicyRefused("no")])
async def test_a_host_that_says_nothing_gives_an_alert_without_it(world: World, failure: MonitorError) -> None:
    await watched(world)
    world.host.fail_next(TopPrograms, failure)
    busy(world)
    await world.clock.advance(20)
    [event] = await told(world)
    assert event.alert.cause == ""


async def test_a_core_that_ends_meanwhile_tells_once(world: World) -> None:
    await watched(world)
    world.host.latency = 60.0
    busy(world)
    while not await current(world):
        await world.clock.advance(0.25)
    world.host.latency = 0.0
    await world.app.crash()
    await world.clock.advance(60)
    assert await said(world) == ["opened host busy"]
