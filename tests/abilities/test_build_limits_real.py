"""What a build may use of its host, checked from inside a build, by both builders on the real Docker Engine."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from monitor.abilities.build.calls import Limits, Maker
from monitor.abilities.build.limits import MIB
from monitor.abilities.build.room import SHARED
from monitor.kernel.activity import State
from tests.abilities.shop import Shop
from tests.abilities.world import World, docker

pytestmark = [pytest.mark.real, pytest.mark.alone]
BOTH = pytest.mark.parametrize("maker", [Maker.BUILDKIT, Maker.CLASSIC])
TICK = "busybox cat /proc/uptime; busybox usleep 50000"
BOMB = (
    "RUN bomb() { if [ $1 -gt 0 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & wait; else sleep 4; fi; }; "
    "(bomb 10) 2>/dev/null & dd if=/dev/zero of=/dev/null bs=3000M count=1 & "
    "for i in 1 2 3 4 5 6; do (while :; do :; done) & done; sleep 4; exit 1"
)
"""Two thousand processes at most, so that the machine the tests run on survives it should the limits not hold."""


@BOTH
async def test_memory_processes_and_cpu_are_limited(shop: Shop, maker: Maker) -> None:
    limits = Limits(memory=100 * MIB, cpus=0.3, processes=40)
    ended = await shop.build(
        "RUN (dd if=/dev/zero of=/dev/null bs=300M count=1 2>/dev/null; echo memory $?); "
        "(for i in $(seq 100); do sleep 1 & done) 2>&1 | head -1; "
        "timeout 2 sh -c 'while :; do :; done'; echo; times; exit 7",
        maker=maker,
        limits=limits,
    )
    assert ended.end.state is State.FAILED
    assert "memory 137" in ended.output, ended.output
    assert "can't fork" in ended.output
    spent = [line for line in ended.output.splitlines() if "0m" in line][-1]
    assert "0m0." in spent.replace(" ", ""), f"two seconds at 0.3 cpus took {spent}"
    assert "its limit of 105 MB of memory" in ended.end.hint
    if maker is Maker.CLASSIC:  # all builds by BuildKit share a group, whose peak stays
        assert "its limit of 40 processes" in ended.end.hint


@BOTH
async def test_what_a_build_prints_is_limited(shop: Shop, maker: Maker) -> None:
    ended = await shop.build("RUN yes words | head -c 3000000", maker=maker, limits=Limits(output=64 * 1024))
    assert "printed more than 65536 bytes" in ended.error
    assert len(ended.output) < MIB


@BOTH
async def test_a_hungry_build_does_not_starve_a_container_beside_it(shop: Shop, world: World, maker: Maker) -> None:
    beside = world.run("beside", command=["busybox", "sh", "-c", f"while :; do {TICK}; done"])
    ended = await shop.build(BOMB, maker=maker, limits=Limits(memory=400 * MIB, processes=400))
    assert ended.end.state is State.FAILED
    ticks = [float(line.split()[0]) for line in docker("logs", beside).splitlines()]
    longest = max(after - before for before, after in pairwise(ticks))
    assert longest < 2, f"the container beside it was held up for {longest:.1f} s"
    assert docker("inspect", "--format", "{{.State.Running}} {{.RestartCount}}", beside) == "true 0"


async def test_after_the_last_build_nothing_of_its_limits_is_left(shop: Shop) -> None:
    await shop.build("RUN true")
    root = Path("/sys/fs/cgroup/memory")
    if root.is_dir():
        assert int((root / SHARED.strip("/") / "memory.limit_in_bytes").read_text()) > 2**60
    own = [path for path in Path("/sys/fs/cgroup").glob("*/monitor-build/*/") if f"-{os.getpid()}-" in path.name]
    assert not own, "control groups of ended builds"
