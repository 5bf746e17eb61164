"""The agent's way of watching: what the Observer sees and samples of the host's usage, as one stream."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

from monitor.abilities.agent.contract import Agent, CallHandler, FeedHandler, JobHandler
from monitor.abilities.stats.cgroups import Cgroups
from monitor.abilities.stats.oom_kills import oom_kills
from monitor.abilities.watch.calls import Recorded, Recording, Usage, Watch, WatchEvent
from monitor.abilities.watch.observer import Observer
from monitor.abilities.watch.offering import Offering
from monitor.abilities.watch.outbox import Outbox
from monitor.abilities.watch.starved import Starved

_SHORTEST = 0.5
"""Seconds between samples at the least, whatever is asked for."""


async def watch(agent: Agent, feed: Watch) -> AsyncIterator[WatchEvent]:
    """A snapshot (or DockerDown), then changes, and usage by the clock; without an end."""
    outbox = Outbox()
    groups = Cgroups(agent.stats.sys, agent.stats.proc)
    starved = Starved(partial(oom_kills, agent.stats.proc), groups, agent.kills)
    offering = Offering(agent.docker, agent.clock, outbox.put)
    observer = Observer(agent.docker, agent.clock, offering.heed if feed.offers else outbox.put, starved)
    tasks = [asyncio.create_task(observer.run()), asyncio.create_task(_sample(agent, feed.stats_every, outbox))]
    if feed.offers:
        tasks.append(asyncio.create_task(offering.run()))
    if feed.recording is not None:
        tasks.append(asyncio.create_task(_record(agent, feed.recording, outbox)))
    for task in tasks:
        outbox.watch_over(task)
    try:
        while True:
            for event in await outbox.take():
                yield event
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _sample(agent: Agent, every: float, outbox: Outbox) -> None:
    while True:
        outbox.put(Usage(await agent.stats.sample()))
        await agent.clock.sleep(max(every, _SHORTEST))


async def _record(agent: Agent, held: Recording, outbox: Outbox) -> None:
    """What core has not, then each sample as it comes; one is told once on a connection, and again on the next if core
    has not stored it until then.
    """
    recorder, told = agent.recorder, asyncio.Event()
    recorder.listen(told.set)
    try:
        while True:
            samples = recorder.after(held.boot, held.seq)
            if samples:
                outbox.put(Recorded(recorder.boot, recorder.position, samples))
                held = Recording(recorder.boot, samples[-1].seq)
            await told.wait()
            told.clear()
    finally:
        recorder.leave(told.set)


CALLS: tuple[CallHandler, ...] = ()
FEEDS: tuple[FeedHandler, ...] = (FeedHandler(Watch, watch),)
JOBS: tuple[JobHandler, ...] = ()
