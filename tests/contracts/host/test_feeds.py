"""Feeds: every event in order, ends, errors, leaving early, slow readers."""

import asyncio

import pytest

from monitor.abilities.watch.calls import Containers, DockerDown, Usage, Watch
from monitor.kernel.call import Host
from monitor.kernel.errors import HostError
from tests.contracts.host.messages import Count, Echo, Tick


async def first(host: Host, feed: Count) -> Tick:
    async with host.stream(feed) as events:
        return await anext(events)


async def test_every_event_arrives_in_order_and_the_end_is_seen(host: Host) -> None:
    async with host.stream(Count(to=500)) as events:
        assert [event.number async for event in events] == list(range(1, 501))


async def test_an_error_comes_after_the_events_before_it(host: Host) -> None:
    async with host.stream(Count(to=3, then="fail")) as events:
        assert [(await anext(events)).number for _ in range(3)] == [1, 2, 3]
        with pytest.raises(HostError, match="no more numbers") as failed:
            await anext(events)
    assert failed.value.hint == "ask for fewer"


async def test_a_feed_can_be_left_early(host: Host) -> None:
    async with host.stream(Count(to=10, then="stay")) as events:
        async for event in events:
            if event.number == 2:
                break
    assert await host.call(Echo(text="fine")) == "fine"


async def test_a_slow_reader_holds_up_nobody_else(host: Host) -> None:
    async with host.stream(Count(to=400, size=100_000)) as slow:
        assert (await anext(slow)).number == 1
        for number in range(20):
            assert await host.call(Echo(text=str(number))) == str(number)
        async with host.stream(Count(to=50)) as quick:
            assert len([event async for event in quick]) == 50
        await asyncio.sleep(0.2)
        assert [event.number async for event in slow] == list(range(2, 401))


async def test_a_feed_the_agent_does_not_know_says_so(host: Host) -> None:
    class Unknown(Count, frozen=True, kw_only=True, tag="test.unknown"):
        """No host feeds it."""

    with pytest.raises(HostError, match=r"does not know test\.unknown"):
        await first(host, Unknown(to=1))


async def test_watch_begins_with_a_snapshot(host: Host) -> None:
    async with host.stream(Watch()) as events:
        told = [await anext(events) for _ in range(2)]
    first = next(event for event in told if not isinstance(event, Usage))
    assert isinstance(first, Containers | DockerDown)
