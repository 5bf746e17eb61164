"""What is read of a host's files, on several kernels, with whatever is missing, and between two readings."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.abilities.stats import proc
from monitor.abilities.stats.counters import Counters, Slow, count, rates, usage
from monitor.abilities.stats.gpus import amd, nvidia
from monitor.abilities.stats.proc import Times
from monitor.abilities.stats.sensors import temperatures
from monitor.abilities.stats.units import failed
from monitor.kernel.hostview import CpuSplit, Gpu, Pressure, Temperature
from tests.abilities import hosts_recorded as recorded

AT = datetime(2026, 11, 27, tzinfo=UTC)
KIB, MIB, GIB = 1024, 1024**2, 1024**3


def test_cpu_times_count_guests_once() -> None:
    told = proc.cpu_times(recorded.STAT)
    assert list(told) == ["cpu", "cpu0", "cpu1"]
    assert told["cpu"] == Times(2827875 + 107046, 695257 + 9973, 2035447, 10550, 5181)
    assert proc.cpu_times(recorded.OLD_STAT)["cpu0"] == Times(100, 50, 800, 0, 0)
    assert proc.cpu_times("") == {}


def test_memory_without_caches() -> None:
    told = proc.memory(recorded.MEMINFO)
    cache = (102400 + 6144000 + 512000 - 204800) * KIB
    assert told == proc.Memory(16384000 * KIB, (16384000 - 4096000) * KIB - cache, cache, 2 * GIB, GIB - MIB)
    assert proc.memory(recorded.NO_SWAP)[3:] == (0, 0)
    assert proc.memory(recorded.LXC_MEMINFO) == proc.Memory(2 * GIB, 512 * MIB, 512 * MIB)
    assert proc.memory("") == proc.Memory()


def test_what_zfs_caches_is_not_used() -> None:
    arc = proc.arc_size(recorded.ARCSTATS)
    assert arc == 4 * GIB - 512 * MIB
    assert proc.memory(recorded.MEMINFO).used - proc.memory(recorded.MEMINFO, arc).used == arc
    assert proc.arc_size("") == 0
    assert proc.arc_size("size 4 none\n") == 0


def test_network_and_devices() -> None:
    assert proc.network(recorded.NET_DEV)["eth0"] == (6022382384, 17341647)
    assert proc.network(recorded.NET_DEV)["eth0.10"] == (1000, 2000)
    assert proc.devices(recorded.DISKSTATS)["vda"] == (19974522 * 512, 130344896 * 512)
    assert proc.network("") == proc.devices("") == {}
    assert proc.network("garbage\n x: y z\n") == {}


def test_small_files() -> None:
    assert proc.load("1.31 0.97 1.25 1/196 32701\n") == (1.31, 0.97, 1.25)
    assert proc.uptime("3600.25 7000.00\n") == 3600.25
    assert proc.pressure(recorded.PRESSURE) == 13006981717
    assert (proc.load(""), proc.uptime(""), proc.pressure("")) == ((0.0, 0.0, 0.0), 0.0, None)


def host(folder: Path, stat: str = recorded.STAT) -> Path:
    return recorded.write(
        folder / "proc",
        {
            "stat": stat,
            "meminfo": recorded.MEMINFO,
            "loadavg": "1.31 0.97 1.25 1/196 32701",
            "uptime": "3600.25 7000.00",
            "net/dev": recorded.NET_DEV,
            "diskstats": recorded.DISKSTATS,
            "pressure/cpu": recorded.PRESSURE,
            "pressure/io": "some avg10=0.00 avg60=0.00 avg300=0.00 total=500000\n",
        },
    )


def test_a_host_between_two_readings(tmp_path: Path) -> None:
    files, blocks = host(tmp_path), tmp_path / "block"
    (blocks / "vda").mkdir(parents=True)
    before = count(100.0, files, blocks)
    assert (list(before.network), list(before.devices)) == (["eth0", "eth0.10"], ["vda"])
    host(tmp_path, recorded.STAT.replace("cpu  2827875 107046 695257 2035447", "cpu  2828375 107046 695507 2035697"))
    later = recorded.NET_DEV.replace("6022382384", "6022392384")
    recorded.write(files, {"net/dev": later, "pressure/io": "some avg10=0 total=1500000\n"})
    told = usage(before, count(110.0, files, blocks), files, AT, Slow())
    assert told.cpu_split == CpuSplit(50.0, 25.0, 0.0, 0.0)
    assert told.cores == (0.0, 0.0)
    assert [(each.name, each.received, each.sent) for each in told.interfaces] == [("eth0", 1000, 0), ("eth0.10", 0, 0)]
    assert told.pressure == Pressure(cpu=0.0, memory=0.0, io=10.0)
    assert (told.load, told.uptime, told.memory_total) == ((1.31, 0.97, 1.25), 3600.25, 16384000 * KIB)
    assert told.is_sound


def test_a_host_of_which_nothing_can_be_read(tmp_path: Path) -> None:
    nothing = count(1.0, tmp_path, tmp_path)
    told = usage(nothing, count(2.0, tmp_path, tmp_path), tmp_path, AT, Slow())
    assert (told.cpu, told.cores, told.cpu_split, told.pressure) == (0.0, (), None, None)
    assert told.is_sound


def counters(at: float, **cpu: tuple[int, int, int, int, int]) -> Counters:
    return Counters(at, {name: Times(*times) for name, times in cpu.items()}, {}, {}, {})


def test_cores_come_and_go_and_counters_go_back(tmp_path: Path) -> None:
    before = counters(0, cpu=(100, 0, 100, 0, 0), cpu0=(50, 0, 50, 0, 0), cpu1=(50, 0, 50, 0, 0))
    plugged = counters(10, cpu=(300, 0, 200, 0, 0), cpu0=(100, 0, 100, 0, 0), cpu2=(900, 0, 0, 0, 0))
    assert usage(before, plugged, tmp_path, AT, Slow()).cores == (50.0, 0.0)
    back = usage(plugged, before, tmp_path, AT, Slow())
    assert (back.cores, back.cpu_split) == ((0.0, 0.0), CpuSplit())
    assert rates({"eth0": (1000, 5)}, {"eth0": (10, 25), "eth1": (7, 7)}, 10) == [("eth0", (0.0, 2.0))]
    same = usage(before, before, tmp_path, AT, Slow())
    assert (same.cpu, same.cpu_split) == (0.0, CpuSplit())


def test_temperatures(tmp_path: Path) -> None:
    recorded.write(
        tmp_path / "class",
        {
            "hwmon/hwmon0/name": "coretemp\n",
            "hwmon/hwmon0/temp1_input": "45000\n",
            "hwmon/hwmon0/temp1_label": "Package id 0\n",
            "hwmon/hwmon1/name": "nvme\n",
            "hwmon/hwmon1/temp1_input": "38850\n",
            "hwmon/hwmon2/name": "nvme\n",
            "hwmon/hwmon2/temp1_input": "40000\n",
            "hwmon/hwmon3/name": "broken\n",
            "hwmon/hwmon3/temp1_input": "-274000\n",
            "thermal/thermal_zone0/type": "x86_pkg_temp\n",
            "thermal/thermal_zone0/temp": "44000\n",
        },
    )
    assert temperatures(tmp_path) == (
        Temperature("coretemp Package id 0", 45.0),
        Temperature("nvme", 38.85),
        Temperature("nvme 2", 40.0),
    )


def test_thermal_zones_where_there_is_no_hwmon(tmp_path: Path) -> None:
    zones = {"thermal/thermal_zone0/type": "cpu-thermal\n", "thermal/thermal_zone0/temp": "51540\n"}
    recorded.write(tmp_path / "class", {**zones, "thermal/cooling_device0/type": "fan\n"})
    assert temperatures(tmp_path) == (Temperature("cpu-thermal", 51.54),)
    assert temperatures(tmp_path / "nowhere") == ()


def test_graphics_cards(tmp_path: Path) -> None:
    assert nvidia("0, NVIDIA GeForce RTX 3060, 17, 12288, 1024, 51\n") == Gpu(
        name="0 NVIDIA GeForce RTX 3060", busy=17.0, memory_total=12 * GIB, memory_used=GIB, celsius=51.0
    )
    assert nvidia("0, Tesla, [N/A], [N/A], [N/A], [N/A]") == Gpu(name="0 Tesla")
    assert nvidia("NVIDIA-SMI has failed because it could not communicate with the driver") is None
    card = "class/drm/card0/device/"
    recorded.write(tmp_path, {f"{card}gpu_busy_percent": "37\n", f"{card}mem_info_vram_total": f"{8 * GIB}\n"})
    recorded.write(tmp_path, {"class/drm/card0-HDMI-A-1/device/gpu_busy_percent": "37\n"})
    assert amd(tmp_path) == (Gpu(name="card0", busy=37.0, memory_total=8 * GIB),)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("nginx.service loaded failed failed A web server\nbackup.timer loaded failed failed\n", None),
    ],
)
def test_failed_units(text: str, names: tuple[str, ...] | None) -> None:
    assert failed(text) == (("backup.timer", "nginx.service") if names is None else names)
