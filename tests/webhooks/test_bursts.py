"""Bursts: many pushes at once have one run go on and one wait, whatever is killed meanwhile."""

import asyncio
from collections import Counter

from monitor.abilities.git.calls import LookAtSource
from monitor.kernel.activity import State
from monitor.kernel.errors import Unavailable
from monitor.kernel.webhooks import Outcome
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from tests.webhooks.forge import Forge, commit


async def test_a_burst_has_one_run_and_one_waiting(forge: Forge) -> None:
    machine = forge.world.host.machine
    machine.durations["build"] = 60
    most = 0
    for number in range(2, 12):
        forge.push_to("main", number)
        answers = await asyncio.gather(*(forge.github() for _ in range(5)))
        assert {a.status_code for a in answers} == {202}
        await forge.after(1)
        states = Counter(run.state for run in await forge.runs())
        most = max(most, states[State.QUEUED] + states[State.RUNNING])
        assert states[State.RUNNING] <= 1
        assert states[State.QUEUED] == 0, "the one that waits is a mark of the webhook's"
    assert most == 1
    waiting = await forge.newest()
    assert waiting.outcome is Outcome.WAITING
    assert waiting.reason == "waits until this run has ended"
    await forge.after(200)
    runs = await forge.runs()
    assert [run.state for run in runs] == [State.SUCCEEDED] * 2
    assert (await forge.world.app.get(BUILD, "app")).info.commit == commit(11), "the one that waited has the last"
    told = Counter(d.outcome for d in (await forge.shown()).deliveries)
    assert told == {Outcome.RUN: 2, Outcome.MERGED: 48}


async def test_a_run_of_somebody_is_waited_for_as_well(forge: Forge) -> None:
    forge.world.host.machine.durations["build"] = 30
    run = await forge.world.app.run(RunBuild(target="app"))
    await forge.world.clock.advance(1)
    head = forge.push_to("main", 5)
    await forge.github()
    delivery = await forge.after(1)
    assert (delivery.outcome, delivery.activity) == (Outcome.WAITING, run.id)
    await forge.after(80)
    assert len(await forge.runs()) == 2
    assert (await forge.world.app.get(BUILD, "app")).info.commit == head


async def test_one_that_comes_while_the_repository_is_asked_is_looked_at_again(forge: Forge) -> None:
    forge.world.host.machine.durations["look"] = 10
    await forge.github()
    await forge.world.clock.advance(5)
    await forge.github()
    await forge.after(60)
    assert len(await forge.runs()) == 1
    assert [d.outcome for d in (await forge.shown()).deliveries] == [Outcome.NOTHING_NEW, Outcome.RUN]
    assert len(forge.world.host.machine.looks.asked) == 2


async def test_what_was_answered_survives_a_crash(forge: Forge) -> None:
    forge.world.host.down = "away"
    await forge.github()
    await forge.world.app.crash()
    delivery = await forge.newest()
    assert delivery.outcome is Outcome.WAITING
    forge.world.host.down = ""
    delivery = await forge.after(60)
    assert delivery.outcome is Outcome.RUN
    assert (await forge.runs())[0].who.name == "webhook (GitHub, push to main by ann)"


async def test_core_killed_at_any_moment_loses_no_push_and_builds_none_twice(forge: Forge) -> None:
    machine = forge.world.host.machine
    machine.durations.update(look=0.5, build=2)
    for step in range(2, 14):
        head = forge.push_to("main", step)
        await forge.github()
        await forge.world.clock.advance(0.3 * (step - 2))
        await forge.world.app.crash()
        await forge.after(30)
        assert (await forge.world.app.get(BUILD, "app")).info.commit == head
        assert len(await forge.runs()) == step - 1


async def test_nothing_is_answered_that_is_not_stored(forge: Forge) -> None:
    memory = forge.world.app.core.parts.memory
    commits = memory.commit

    async def full(*_: object) -> int:
        raise Unavailable("the disk is full")

    memory.commit = full  # type: ignore[method-assign] - the store's failure, where it is felt
    assert (await forge.github()).status_code == 503
    memory.commit = commits  # type: ignore[method-assign]
    assert (await forge.github()).status_code == 202


async def test_one_whose_repository_hangs_holds_up_no_other(forge: Forge) -> None:
    other = await Forge(forge.world, "other", "https://git.example/other").set_up()
    forge.world.host.fail_next(LookAtSource, Unavailable("it hangs"))
    await forge.github()
    await other.github()
    assert (await other.after(3)).outcome is Outcome.RUN
    assert (await forge.newest()).outcome is Outcome.WAITING


async def test_the_last_fifty_are_shown(forge: Forge) -> None:
    for number in range(60):
        await forge.github(event=f"event_{number}")
    await forge.after(1)
    shown = (await forge.shown()).deliveries
    assert [d.event for d in shown] == [f"event_{n}" for n in range(59, 9, -1)]
