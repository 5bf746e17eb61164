"""A server's status: figures of the newest sample while the host sends them, rounded, and what stays true without."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from monitor.kernel.hostview import Disk, DiskIo, HostStats, HostView, Interface, Link
from monitor.kernel.resource import StatusInput
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.info import ServerInfo, ServerStatus
from monitor.resources.server.plan import status

GIB = 1024**3
STATS = HostStats(
    at=datetime(2026, 1, 1, tzinfo=UTC),
    cpu=12.3456,
    cores=(10.0, 14.7),
    load=(0.5, 0.4, 0.3),
    memory_total=8 * GIB,
    memory_used=2 * GIB,
    memory_cache=GIB,
    swap_total=0,
    swap_used=0,
    disks=(Disk("/", "/dev/vda1", 100, 40), Disk("/srv", "/dev/vdb1", 1000, 905)),
    interfaces=(
        Interface("eth0", 1_234_567.0, 100.0),
        Interface("wg0", 3.0, 20.0),
        Interface("lo", 9e9, 9e9),
        Interface("docker0", 9e9, 9e9),
        Interface("br-0123456789ab", 9e9, 9e9),
        Interface("veth12345", 9e9, 9e9),
    ),
    disk_io=(DiskIo("vda", 1.0, 4096.0), DiskIo("vdb", 2.0, 1.0)),
    uptime=3675.9,
)


def of(stats: HostStats | None, link: Link = Link.UP) -> ServerStatus:
    view = HostView(link=link, docker=True, stats=stats)
    return status(StatusInput("id", "web-1", 1, ServerConfig(), ServerInfo(pin="pin"), view))


def test_figures_are_those_people_read() -> None:
    known = of(STATS)
    assert (known.cpu, known.memory, known.disk, known.fullest) == (12.3, 25.0, 90.5, "/srv")
    assert (known.received, known.sent) == (1_230_000.0, 120.0)
    assert (known.uptime, known.cores, known.memory_total) == (3660, 2, 8 * GIB)
    assert STATS.device_io == (3.0, 4097.0)


def test_noise_is_no_change() -> None:
    noise: dict[str, Any] = {"cpu": 12.3111, "uptime": 3679.0, "memory_used": 2 * GIB + 100_000}
    interfaces = (Interface("eth0", 1_234_900.0, 100.0), *STATS.interfaces[1:])
    assert of(replace(STATS, interfaces=interfaces, **noise)) == of(STATS)


def test_of_a_silent_host_only_what_does_not_move_is_known() -> None:
    silent = of(STATS, Link.DOWN)
    assert (silent.cpu, silent.memory, silent.disk, silent.received, silent.sent, silent.uptime) == (None,) * 6
    assert (silent.fullest, silent.cores, silent.memory_total) == ("", 2, 8 * GIB)
    assert of(None).cores is None


def test_a_figure_that_is_none_is_no_sound_sample() -> None:
    assert STATS.is_sound
    for figure in (float("nan"), float("inf"), -1.0):
        assert not replace(STATS, cpu=figure).is_sound
        assert not replace(STATS, uptime=figure).is_sound
        assert not replace(STATS, interfaces=(Interface("eth0", figure, 0.0),)).is_sound
    assert not replace(STATS, memory_total=2**70).is_sound
    assert replace(STATS, disks=(), interfaces=(), disk_io=(), cores=()).is_sound
