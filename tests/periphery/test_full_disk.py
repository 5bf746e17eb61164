"""A host whose disk is full: a clean-up runs all the same, and anything else says why it cannot."""

import errno
from pathlib import Path
from typing import Any

import pytest
from msgspec import Raw

from monitor.abilities.agent.contract import JobHandler
from monitor.abilities.cleaning.calls import CleanUp, GoingMirror
from monitor.abilities.cleaning.run import clean_up
from monitor.abilities.cleaning.seen import Seen
from monitor.abilities.git.mirrors import Mirrors
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError
from monitor.kernel.ids import new_id
from monitor.kernel.job import JobEnded, JobStart
from monitor.kernel.wire import pack
from monitor.periphery.jobs.disk import DiskShelf
from monitor.periphery.jobs.runner import JobRunner
from monitor.testing.clock import ManualClock
from tests.contracts.host.messages import Talk, talk


class Agent:
    """What a clean-up of mirrors alone needs."""

    def __init__(self, folder: Path) -> None:
        self.mirrors = Mirrors(folder)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JobRunner:
    """No job can be written down."""
    shelf = DiskShelf(tmp_path / "jobs")

    def no_room(note: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shelf, "make", no_room)
    handlers = [JobHandler(CleanUp, clean_up), JobHandler(Talk, talk)]
    return JobRunner(Agent(tmp_path / "mirrors"), handlers, shelf, ManualClock())


def start(runner: JobRunner, name: str, work: Any) -> str:
    job = new_id(ManualClock().now())
    runner.start(JobStart(id=job, name=name, body=Raw(pack(work)), time_limit=60, secrets=()))
    return job


async def test_it_makes_room_where_there_is_none_to_write_it_down(full: JobRunner, tmp_path: Path) -> None:
    mirror = tmp_path / "mirrors" / ("ab" * 20)
    mirror.mkdir(parents=True)
    (mirror / "pack").write_bytes(b"x" * 50_000)
    work = CleanUp(mirrors=(GoingMirror(key=mirror.name, used=ManualClock().now().replace(year=2200)),))
    job = start(full, "cleaning.clean_up", work)
    events = [event async for event in full.follow(job, 0)]
    assert isinstance(events[-1], JobEnded)
    assert events[-1].state is State.SUCCEEDED, events[-1].error
    assert not mirror.exists()
    full.forget(job)


async def test_anything_else_says_why_not_and_what_to_do(full: JobRunner) -> None:
    with pytest.raises(HostError, match="No space left") as failure:
        start(full, "test.talk", Talk())
    assert "clean-up" in failure.value.hint


def test_what_was_seen_is_remembered_even_where_it_cannot_be_written(tmp_path: Path) -> None:
    now = ManualClock().now()
    seen = Seen(tmp_path / "missing" / "images.json")
    assert seen.note(["a", "b"], {"a"}, now) == {"a": now}
    assert seen.note(["a", "b", "c"], set(), now.replace(year=2030)) == {"a": now, "c": now.replace(year=2030)}


def test_what_was_seen_outlives_the_agent(tmp_path: Path) -> None:
    now, later = ManualClock().now(), ManualClock().now().replace(year=2030)
    path = tmp_path / "images.json"
    Seen(path).note(["old", "used"], {"used"}, now)
    assert Seen(path).note(["old", "used", "pulled"], set(), later) == {"used": now, "pulled": later}
    path.write_text("{torn")
    assert Seen(path).note(["old"], set(), later) == {}
