"""Jobs: started once, followed from anywhere, ended exactly once, kept until forgotten."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import Raw

from monitor.kernel.activity import State
from monitor.kernel.call import Host
from monitor.kernel.errors import Conflict, HostError, UnknownJob
from monitor.kernel.ids import new_id
from monitor.kernel.job import HostJob, JobEnded, JobEvent, Output, StepEnded, StepStarted
from monitor.kernel.wire import unpack
from tests.contracts.host.messages import Mute, Spoken, Talk


def fresh() -> str:
    return new_id(datetime.now(UTC))


async def start(host: Host, work: HostJob[Any], *, limit: float = 60, secrets: tuple[str, ...] = ()) -> str:
    job = fresh()
    await host.start_job(job, work, time_limit=limit, secrets=secrets)
    return job


async def follow(host: Host, job: str, after: int = 0) -> list[JobEvent]:
    async with host.follow_job(job, after) as events:
        return [event async for event in events]


def written(events: list[JobEvent], stream: str = "stdout") -> bytes:
    return b"".join(e.data for e in events if isinstance(e, Output) and e.stream == stream)


def end_of(events: list[JobEvent]) -> JobEnded:
    ends = [event for event in events if isinstance(event, JobEnded)]
    assert len(ends) == 1
    assert events[-1] is ends[0]
    return ends[0]


async def test_a_job_tells_steps_output_and_result_in_order(host: Host) -> None:
    events = await follow(host, await start(host, Talk(lines=("one", "two"))))
    assert [type(event) for event in events] == [StepStarted, Output, StepEnded, JobEnded]
    assert written(events) == b"one\ntwo\n"
    assert [event.seq for event in events] == [1, 2, 3, 4]
    assert isinstance(events[2], StepEnded)
    assert (events[2].step, events[2].outcome) == ("talk", "succeeded")
    end = end_of(events)
    assert end.state is State.SUCCEEDED
    assert unpack(bytes(end.result), Spoken) == Spoken(2)


async def test_a_failure_keeps_message_hint_and_exit_code(host: Host) -> None:
    events = await follow(host, await start(host, Talk(lines=("one",), then="fail")))
    ended = next(event for event in events if isinstance(event, StepEnded))
    assert (ended.outcome, ended.exit_code) == ("failed", 3)
    end = end_of(events)
    assert (end.state, end.error, end.hint) == (State.FAILED, "lost the thread after one", "try again")
    assert bytes(end.result) == bytes(Raw(b"\xc0"))


async def test_a_bug_fails_the_job_and_names_the_step(host: Host) -> None:
    end = end_of(await follow(host, await start(host, Talk(then="bug"))))
    assert end.state is State.FAILED
    assert "step talk" in end.error
    assert "ZeroDivisionError" in end.error


async def test_starting_the_same_id_twice_starts_it_once_also_after_its_end(host: Host) -> None:
    job = await start(host, Talk(lines=("one",)))
    await host.start_job(job, Talk(lines=("other",)), time_limit=60, secrets=())
    events = await follow(host, job)
    await host.start_job(job, Talk(lines=("third",)), time_limit=60, secrets=())
    assert await follow(host, job) == events
    assert written(events) == b"one\n"


async def test_following_again_after_a_seq_misses_nothing_and_repeats_nothing(host: Host) -> None:
    job = await start(host, Talk(lines=("one", "two")))
    events = await follow(host, job)
    for after in range(len(events) + 1):
        assert await follow(host, job, after) == events[after:]


async def test_a_running_job_is_followed_live_by_several(host: Host) -> None:
    job = await start(host, Talk(lines=("one",), then="wait"))
    first = asyncio.create_task(follow(host, job))
    async with host.follow_job(job, 0) as events:
        assert isinstance(await anext(events), StepStarted)
        output = await anext(events)
        assert isinstance(output, Output)
        assert output.data == b"one\n"
    await host.cancel_job(job)
    assert end_of(await first).state is State.CANCELLED


async def test_cancel_ends_it_as_cancelled_and_keeps_its_output(host: Host) -> None:
    job = await start(host, Talk(lines=("one",), then="wait"))
    await host.cancel_job(job)
    await host.cancel_job(job)
    events = await follow(host, job)
    assert end_of(events).state is State.CANCELLED
    await host.cancel_job(job)
    assert await follow(host, job) == events


async def test_the_time_limit_fails_it_and_names_the_step(host: Host) -> None:
    end = end_of(await follow(host, await start(host, Talk(then="wait"), limit=0.2)))
    assert (end.state, end.error) == (State.FAILED, "time limit of 0.2 s reached in step talk")


async def test_unknown_jobs_are_unknown(host: Host) -> None:
    with pytest.raises(UnknownJob):
        await follow(host, fresh())
    with pytest.raises(UnknownJob):
        await host.cancel_job(fresh())
    await host.forget_job(fresh())


async def test_a_kind_of_job_the_agent_does_not_know_is_refused(host: Host) -> None:
    with pytest.raises(HostError, match=r"does not know .*test\.mute"):
        await start(host, Mute())


async def test_a_forgotten_job_is_gone_and_a_running_one_cannot_be_forgotten(host: Host) -> None:
    job = await start(host, Talk(then="wait"))
    with pytest.raises(Conflict, match="has not ended"):
        await host.forget_job(job)
    await host.cancel_job(job)
    await follow(host, job)
    await host.forget_job(job)
    with pytest.raises(UnknownJob):
        await follow(host, job)


async def test_secrets_are_redacted_from_output_and_error(host: Host) -> None:
    secret = 's3cr"et with $igns & ünïcode'
    job = await start(host, Talk(lines=(f"password={secret}.", secret), then="fail"), secrets=(secret,))
    events = await follow(host, job)
    assert secret.encode() not in written(events)
    assert secret not in end_of(events).error
    assert b"password=" in written(events)


async def test_a_slow_follower_does_not_hold_the_job_up(host: Host) -> None:
    job = await start(host, Talk(megabytes=24))
    async with host.follow_job(job, 0) as slow:
        first = await anext(slow)
        assert len(written(await follow(host, job))) == 24 << 20
        rest = [event async for event in slow]
    assert len(written([first, *rest])) == 24 << 20


async def test_beyond_the_cap_the_end_of_the_output_is_kept(host: Host) -> None:
    events = await follow(host, await start(host, Talk(megabytes=70)))
    kept = len(written(events))
    assert (65 << 20) <= kept < (65 << 20) + 2 * 65536
    note = written(events, "note").decode()
    assert f"[{(70 << 20) - kept} bytes of output are left out here" in note
    assert end_of(events).state is State.SUCCEEDED
