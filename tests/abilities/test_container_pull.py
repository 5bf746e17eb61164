"""What a pull shows while it runs: few lines that move, an end for each layer; and that it ends when asked to."""

import asyncio
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from monitor.abilities.container.calls import ReplaceContainer, Replaced
from monitor.abilities.container.progress import Progress
from monitor.abilities.container.replace import replace
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.slow_registry import SlowRegistry, slow_registry
from tests.abilities.world import World, docker


def told(id: str, status: str, current: int = 0, total: int = 0) -> dict[str, Any]:
    detail = {"progressDetail": {"current": current, "total": total}} if total else {"progressDetail": {}}
    return {"id": id, "status": status, **detail}


def lines(*messages: tuple[float, dict[str, Any]]) -> list[str]:
    progress = Progress(0)
    shown = [line for at, message in messages for line in progress.take(message, at)]
    return [*shown, *progress.end()]


def test_layers_become_one_line_that_moves_and_an_end_each() -> None:
    assert lines(
        (0, {"id": "1", "status": "Pulling from team/web"}),
        (0, told("aaa", "Already exists")),
        (0, told("bbb", "Pulling fs layer")),
        (0, told("ccc", "Pulling fs layer")),
        (0.1, told("ccc", "Waiting")),
        (0.2, told("bbb", "Downloading", 1_000_000, 4_000_000)),
        (0.3, told("bbb", "Downloading", 2_000_000, 4_000_000)),
        (0.5, told("ccc", "Downloading", 500_000, 1_000_000)),
        (0.6, told("ccc", "Verifying Checksum")),
        (0.8, told("ccc", "Download complete")),
        (0.9, told("bbb", "Download complete")),
        (1.1, told("bbb", "Extracting", 3_000_000, 4_000_000)),
        (1.2, told("bbb", "Pull complete")),
        (1.3, told("ccc", "Extracting", 1_000_000, 1_000_000)),
        (1.4, told("ccc", "Pull complete")),
        (1.5, {"status": "Digest: sha256:123"}),
        (1.5, {"status": "Status: Downloaded newer image for web:1"}),
    ) == [
        "1: Pulling from team/web",
        "aaa: is here already",
        "downloaded 1.0 MB of 4.0 MB in 1 of 2 layers: bbb 25%",
        "downloaded 2.5 MB of 5.0 MB: bbb 50%, ccc 50%",
        "downloaded 3.0 MB of 5.0 MB: bbb 50%, ccc 100%",
        "downloaded 5.0 MB of 5.0 MB, unpacked 3.0 MB: bbb unpacked 75%, ccc 100%",
        "bbb: pulled, 4.0 MB",
        "ccc: pulled, 1.0 MB",
        "Digest: sha256:123",
        "Status: Downloaded newer image for web:1",
        "pulled 2 layers of 5.0 MB; 1 layer was here already",
    ]


def test_no_more_than_four_a_second_and_later_one() -> None:
    progress = Progress(0)
    at = [
        now / 100
        for now in range(3000)
        for _ in progress.take(told("aaa", "Downloading", now * 100_000, 300_000_000), now / 100)
    ]
    assert len([x for x in at if x < 10]) in range(38, 41)
    assert len([x for x in at if x >= 20]) in range(9, 12)


def test_what_does_not_move_is_not_told_again() -> None:
    stuck = told("aaa", "Downloading", 1_000_000, 4_000_000)
    assert lines(*((at, stuck) for at in range(9))) == [
        "downloaded 1.0 MB of 4.0 MB: aaa 25%",
        "pulled 1 layer of 4.0 MB",
    ]


def test_of_many_layers_the_first_are_told_one_by_one() -> None:
    *_, last, _ = lines(*((at, told(f"{at:03}", "Downloading", 1, 4)) for at in range(10)))
    assert last.endswith(": " + ", ".join(f"{at:03} 25%" for at in range(8)) + ", 2 more")


def test_what_is_not_known_is_shown_as_it_is() -> None:
    odd = [{"id": "aaa", "status": "Retrying in 5 seconds"}, {"status": ""}, {}, {"status": "Image is up to date"}]
    assert lines(*((0, message) for message in odd)) == ["aaa: Retrying in 5 seconds", "Image is up to date"]


@pytest.fixture
def registry() -> Iterator[SlowRegistry]:
    """One whose two layers take two seconds."""
    with slow_registry(1_500_000, 3_000_000, 1_000_000) as made:
        yield made
        if docker("images", "-q", made.reference):
            docker("rmi", "-f", made.reference)


class TimedRun(MemoryRun):
    """Remembers when each line came."""

    def __init__(self, agent: MemoryAgent, id: str) -> None:
        super().__init__(agent, id)
        self.at: list[tuple[float, str]] = []

    def output(self, data: bytes, stream: str = "stdout") -> None:
        super().output(data, stream)
        self.at.append((time.monotonic(), data.decode().rstrip()))


async def pull(run: MemoryRun, world: World, image: str) -> Replaced:
    body = world.body() | {"Image": image}
    return await replace(run, ReplaceContainer(name=world.name(), body=body, pull=True, stable_for=0.1))


@pytest.mark.real
async def test_a_real_pull_moves_while_it_runs(agent: MemoryAgent, world: World, registry: SlowRegistry) -> None:
    run = TimedRun(agent, world.job())
    with pytest.raises(HostError, match="executable file not found"):
        await pull(run, world, registry.reference)
    assert run.steps[0] == ("pull", "succeeded")
    moving = [(at, line) for at, line in run.at if line.startswith("downloaded")]
    assert len(moving) >= 4, run.at
    took = moving[-1][0] - moving[0][0]
    assert len(moving) <= took * 4 + 2
    sizes = [float(re.match(r"downloaded ([\d.]+) MB of [\d.]+ MB", line)[1]) for _, line in moving]  # type: ignore[index]
    assert sizes == sorted(sizes)
    assert len([line for _, line in run.at if re.fullmatch(r"[0-9a-f]{12}: pulled, [\d.]+ MB", line)]) == 2
    assert run.at[-1][1] == "pulled 2 layers of 4.0 MB"


@pytest.mark.real
async def test_a_pull_ends_when_it_is_cancelled(agent: MemoryAgent, world: World, registry: SlowRegistry) -> None:
    registry.rate = 100_000
    await replace(MemoryRun(agent, world.job()), ReplaceContainer(name=world.name(), body=world.body(), stable_for=0.1))
    before = docker("inspect", world.name())
    run = MemoryRun(agent, world.job())
    task = asyncio.create_task(pull(run, world, registry.reference))
    async with asyncio.timeout(20):
        while "downloaded" not in run.output_text:
            await asyncio.sleep(0.02)
    task.cancel()
    cancelled = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - cancelled < 5, "as long as the rest of it would take"
    assert run.steps == [("pull", "cancelled")]
    assert await asyncio.to_thread(registry.cut.wait, 10), "the daemon goes on pulling what nobody wants"
    assert docker("inspect", world.name()) == before


@pytest.mark.real
async def test_a_tag_that_is_not_there_leaves_the_old_one(
    agent: MemoryAgent, world: World, registry: SlowRegistry
) -> None:
    await replace(MemoryRun(agent, world.job()), ReplaceContainer(name=world.name(), body=world.body(), stable_for=0.1))
    before = docker("inspect", world.name())
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError, match=r"pull: .*manifest unknown"):
        await pull(run, world, registry.reference[:-1] + "2")
    assert run.steps == [("pull", "failed")]
    assert docker("inspect", world.name()) == before
