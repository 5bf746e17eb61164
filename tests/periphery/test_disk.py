"""What is on disk: whole after any death, without secrets, and gone when it is acknowledged."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import Raw

from monitor.abilities.agent.contract import JobHandler, Recovered
from monitor.kernel.activity import State
from monitor.kernel.errors import Unavailable
from monitor.kernel.ids import new_id
from monitor.kernel.job import JobEnded, JobEvent, JobStart, Output, StepEnded, StepStarted
from monitor.kernel.wire import pack, unpack
from monitor.periphery.jobs.disk import DiskLog, DiskShelf
from monitor.periphery.jobs.output import JobWriter
from monitor.periphery.jobs.runner import KEEP, JobRunner
from monitor.periphery.jobs.shelf import JobNote
from monitor.testing.clock import ManualClock
from tests.contracts.host.messages import Spoken, Talk, talk

Recover = Callable[[Any, str], Awaitable[Recovered]]


class Host:
    """A runner over one folder, that can die and live again."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.folder = folder
        self.recover: Recover | None = None
        self.runner = self.start()

    def start(self) -> JobRunner:
        handlers = [JobHandler(Talk, talk, self.recover)]
        self.runner = JobRunner(None, handlers, DiskShelf(self.folder), self.clock)
        self.unfinished = self.runner.load()
        self.runner.recover()
        return self.runner

    def kill(self) -> None:
        self.runner.abandon()

    def run(self, work: Talk, secrets: tuple[str, ...] = ()) -> str:
        job = new_id(self.clock.now())
        body = Raw(pack(work))
        self.runner.start(JobStart(id=job, name="test.talk", body=body, time_limit=3600, secrets=secrets))
        return job

    async def events(self, job: str, after: int = 0) -> list[JobEvent]:
        return [event async for event in self.runner.follow(job, after)]

    async def end(self, job: str) -> JobEnded:
        last = (await self.events(job))[-1]
        assert isinstance(last, JobEnded)
        return last


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[Host]:
    host = Host(tmp_path / "jobs")
    yield host
    host.kill()
    await host.clock.settle()


async def test_an_ended_job_survives_the_agent(host: Host) -> None:
    job = host.run(Talk(lines=("one", "two")))
    before = await host.events(job)
    host.kill()
    host.start()
    assert host.unfinished == set()
    assert await host.events(job) == before
    assert await host.events(job, after=3) == before[3:]


async def test_a_job_cut_off_in_the_middle_ends_as_interrupted_naming_the_step(host: Host) -> None:
    job = host.run(Talk(lines=("one",), then="wait"))
    await host.clock.advance(1)
    host.kill()
    host.start()
    assert host.unfinished == {job}
    events = await host.events(job)
    assert [type(event) for event in events] == [StepStarted, Output, JobEnded]
    assert (await host.end(job)).state is State.INTERRUPTED
    assert (await host.end(job)).error == "the agent was restarted in the middle of step talk"
    host.kill()
    host.start()
    assert await host.events(job) == events


async def test_a_job_that_can_be_recovered_is_and_docker_is_waited_for(host: Host) -> None:
    asked: list[str] = []

    async def recover(agent: Any, job: str) -> Recovered:
        asked.append(job)
        if len(asked) < 3:
            raise Unavailable("Docker does not answer")
        return Recovered(state=State.FAILED, error="put back", hint="look")

    job = host.run(Talk(then="wait"))
    await host.clock.settle()
    host.kill()
    host.recover = recover
    host.start()
    host.runner.cancel(job)
    await host.clock.advance(10)
    assert asked == [job] * 3
    end = await host.end(job)
    assert (end.state, end.error, end.hint) == (State.FAILED, "put back", "look")


async def test_an_agent_that_dies_in_a_recovery_asks_again_in_its_next_life(host: Host) -> None:
    async def hang(agent: Any, job: str) -> Recovered:
        await asyncio.Event().wait()
        raise AssertionError

    job = host.run(Talk(then="wait"))
    await host.clock.settle()
    host.kill()
    host.recover = hang
    host.start()
    await host.clock.settle()
    await host.runner.stop()
    host.recover = None
    host.start()
    assert host.unfinished == {job}
    assert (await host.end(job)).state is State.INTERRUPTED


async def test_a_graceful_stop_ends_jobs_as_interrupted(host: Host) -> None:
    job = host.run(Talk(lines=("one",), then="wait"))
    await host.clock.settle()
    await host.runner.stop()
    assert (await host.end(job)).state is State.INTERRUPTED
    ended = next(e for e in await host.events(job) if isinstance(e, StepEnded))
    assert ended.outcome == "cancelled"


async def test_a_job_cancelled_before_its_first_step_ends(host: Host) -> None:
    job = host.run(Talk(then="wait"))
    host.runner.cancel(job)
    assert (await host.end(job)).state is State.CANCELLED


@pytest.mark.parametrize("cut", range(1, 40, 3))
async def test_a_torn_end_is_cut_off_and_written_on(tmp_path: Path, cut: int) -> None:
    clock = ManualClock()
    path = tmp_path / "events"
    log = DiskLog(path)
    for seq in (1, 2):
        log.append(Output(seq=seq, at=clock.now(), step="s", stream="stdout", data=b"x" * 20))
    log.close()
    whole = path.stat().st_size
    log = DiskLog(path)
    log.append(Output(seq=3, at=clock.now(), step="s", stream="stdout", data=b"y" * 20))
    log.close()
    os.truncate(path, whole + cut)
    log = DiskLog(path)
    assert log.last_seq == 2
    log.append(Output(seq=3, at=clock.now(), step="s", stream="stdout", data=b"z"))
    reader = log.reader(0)
    assert [event.seq for event in reader.read()] == [1, 2, 3]
    assert reader.read() == []
    reader.close()
    log.close()


async def test_no_secret_and_no_body_is_on_disk(host: Host) -> None:
    secret = "correct horse battery staple"
    job = host.run(Talk(lines=(f"token is {secret}", "public words"), then="fail"), secrets=(secret,))
    await host.events(job)
    written = b"".join(path.read_bytes() for path in host.folder.rglob("*") if path.is_file())
    assert b"public words" in written
    assert secret.encode() not in written
    assert b'"lines"' not in written


async def test_forgetting_deletes_and_old_ends_are_dropped(host: Host) -> None:
    first, second = host.run(Talk()), host.run(Talk())
    await host.end(first)
    await host.end(second)
    host.runner.forget(first)
    assert [path.name for path in host.folder.iterdir()] == [second]
    await host.clock.advance((KEEP + timedelta(hours=1)).total_seconds())
    third = host.run(Talk())
    await host.end(third)
    assert [path.name for path in host.folder.iterdir()] == [third]


async def test_a_folder_without_a_whole_note_was_never_accepted(host: Host) -> None:
    (host.folder / "01ABC").mkdir()
    (host.folder / "01ABC" / "events").touch()
    host.start()
    assert host.runner.list() == ()
    assert list(host.folder.iterdir()) == []


async def test_a_full_disk_drops_output_but_never_the_end(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    job = host.run(Talk(lines=("one",), then="wait"))
    await host.clock.advance(1)
    full = True
    append = DiskLog.append

    def limited(log: DiskLog, event: JobEvent) -> None:
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        append(log, event)

    monkeypatch.setattr(DiskLog, "append", limited)
    host.runner.cancel(job)
    await host.clock.advance(10)
    full = False
    await host.clock.advance(3)
    events = await host.events(job)
    assert [type(event) for event in events] == [StepStarted, Output, StepEnded, JobEnded]
    assert (await host.end(job)).state is State.CANCELLED


async def test_output_after_a_silence_is_written_at_once(host: Host) -> None:
    job = host.run(Talk(lines=("one",), then="wait"))
    follower = host.runner.follow(job, 0)
    assert isinstance(await anext(follower), StepStarted)
    event = await asyncio.wait_for(anext(follower), 5)
    assert isinstance(event, Output)
    assert event.data == b"one\n"
    host.kill()


async def test_what_follows_is_written_within_a_quarter_of_a_second(tmp_path: Path) -> None:
    shelf, clock = DiskShelf(tmp_path / "jobs"), ManualClock()
    log = shelf.make(JobNote(id="01ABC", name="test.talk", time_limit=1.0, started=clock.now()))
    writer = JobWriter(log, (), clock, lambda: None)
    writer.start_step("talk")
    writer.output(b"one\n", "stdout")
    await clock.advance(0)
    writer.output(b"two\n", "stdout")
    await clock.advance(0.2)
    written = log.last_seq
    await clock.advance(0.06)
    assert log.last_seq == written + 1
    log.close()


async def test_writers_keep_what_fits_the_disk(tmp_path: Path) -> None:
    shelf = DiskShelf(tmp_path / "jobs")
    note = JobNote(id="01ABC", name="test.talk", time_limit=1.0, started=ManualClock().now())
    shelf.make(note).close()
    ((found, log),) = shelf.load()
    assert found == note
    log.close()


async def test_what_a_job_had_come_to_is_its_end_when_it_is_cut_off_after_that(host: Host) -> None:
    job = host.run(Talk(then="wait", keeps=(1, 2)))
    await host.clock.settle()
    host.kill()
    host.start()
    end = await host.end(job)
    assert (end.state, unpack(bytes(end.result), Spoken)) == (State.SUCCEEDED, Spoken(2))


async def test_a_disk_without_room_for_what_a_job_has_come_to_stops_no_job(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: DiskLog, result: Raw) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(DiskLog, "keep", full)
    job = host.run(Talk(then="wait", keeps=(1,)))
    await host.clock.settle()
    host.kill()
    host.start()
    assert (await host.end(job)).state is State.INTERRUPTED
