"""Terminals through core: who gets one, what is recorded, what ends one."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.core.journal import INDEXES
from monitor.features.activity.spec import CancelActivity, ListActivity
from monitor.features.keys.spec import DeleteKey, ListKeys
from monitor.features.users.spec import UpdateUser
from monitor.kernel.activity import State
from monitor.kernel.errors import Conflict, Forbidden, NotFound
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.terminal import Terminal
from monitor.store.memory import MemoryStore
from tests.core.desk import Desk, desk


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk(tmp_path, MemoryStore(INDEXES)) as made:
        yield made


async def test_one_types_and_reads_and_it_is_recorded_without_a_key_of_it(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann, columns=101, rows=33)
    async with at.seat(id) as seat:
        await seat.heard("began")
        await seat.type("echo h\u00e9llo \u4e16\u754c\r")
        await seat.until("\r\nh\u00e9llo \u4e16\u754c\r\n".encode())
        await seat.type("size\r")
        await seat.until(b"33 101")
        await seat.say(op="resize", columns=90, rows=20)
        await seat.type("size\r")
        await seat.until(b"20 90")
        await seat.type("exit 7\r")
        assert (await seat.heard("ended"))["exit_code"] == 7
        assert await seat.closed() == 1000
    activity = await at.app.ended(await at.app.core.journal.get(id))  # pyright: ignore[reportArgumentType]
    assert (activity.state, activity.who.name, activity.summary) == (State.SUCCEEDED, "ann", "/bin/sh: exit code 7")
    assert activity.started is not None
    assert activity.ended is not None
    stored = b"".join(doc.body for doc in await at.app.store.all("activity"))
    assert b"llo" not in stored.replace(b"null", b"")
    assert not await at.app.core.outputs.read(id, 0, 100)  # nothing of what it wrote


async def test_the_right_is_its_own_and_no_level_has_it(at: Desk) -> None:
    eve = await at.person("eve", level=Level.WRITE)
    with pytest.raises(Forbidden, match="terminal"):
        await at.open(eve)
    mallory = await at.app.user("mallory")
    with pytest.raises(NotFound):
        await at.open(mallory)


async def test_where_the_deployment_holds_host_powers_those_are_needed_too(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    await at.world.deployment("strong", cap_add=("SYS_ADMIN",))
    with pytest.raises(Forbidden, match="capabilities"):
        await at.app.run(Terminal(target="strong"), ann)
    await at.world.grant(ann, "server", level=Level.READ, powers=(HostPower.CAPABILITIES,))
    refused = await at.app.ended(await at.app.run(Terminal(target="strong"), ann))
    assert "never" in refused.error or "no container" in refused.error


async def test_a_container_that_holds_powers_by_now_taken_out_of_the_config_is_refused(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    at.app.simulated("host").machine.find("web").body["HostConfig"]["Privileged"] = True
    ended = await at.app.ended(await at.app.run(Terminal(target="web"), ann))
    assert ended.state is State.FAILED
    assert "privileged" in ended.error


async def test_a_terminal_is_its_opener_s_alone(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    await at.person("bob", Right.TERMINAL, level=Level.WRITE)
    id = await at.open(ann)
    for name, other in (("bob", id), ("ann", "01K00000000000000000000000"), ("ann", await deployed(at))):
        async with at.seat(other, name) as seat:
            assert await seat.closed() == 4404


async def deployed(at: Desk) -> str:
    return (await at.app.ended(await at.app.run(Deploy(target="web")))).id


async def test_a_revoked_grant_closes_it_within_a_second(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
        async with asyncio.timeout(1):
            await at.world.grant(ann, "deployment", level=Level.WRITE)
            assert await seat.closed() == 4403
            ended = await at.app.ended(at.app.core.journal.open[id])
    assert ended.summary == "/bin/sh: the right to it was taken away"


async def test_one_nobody_is_connected_to_is_closed_too(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
    async with asyncio.timeout(2):
        await at.app.run(UpdateUser(target="ann", enabled=False))
        await at.app.ended(at.app.core.journal.open[id])


async def test_its_session_s_end_closes_it(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
        keys = await at.app.run(ListKeys(), ann)
        async with asyncio.timeout(1):
            await at.app.run(DeleteKey(target=keys[0].id), ann)
            assert await seat.closed() == 4401


async def test_a_deleted_deployment_closes_it(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
        await at.app.run(Delete(target="web", container=Keep.KEEP))
        assert await seat.closed() == 4403


async def test_it_takes_no_lane_and_is_no_run(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
        assert (await at.app.ended(await at.app.run(Deploy(target="web")))).state is State.SUCCEEDED
    runs = next(each for each in at.app.core.runs.all())
    assert {run.operation for run in runs.items} == {"deployment.deploy"}


async def test_only_so_many(tmp_path: Path) -> None:
    async with desk(tmp_path, MemoryStore(INDEXES), terminals_per_user=2, terminals_per_server=3) as at:
        ann, bob = await at.person("ann", Right.TERMINAL), await at.person("bob", Right.TERMINAL)
        first = [await at.open(ann), await at.open(ann)]
        with pytest.raises(Conflict, match="you have 2 terminals open"):
            await at.open(ann)
        await at.open(bob)
        while at.app.core.door.open_ones()[-1].server == "":
            await asyncio.sleep(0.01)
        with pytest.raises(Conflict, match="3 terminals are open on this server"):
            await at.open(bob)
        await at.app.run(CancelActivity(target=first[0]), ann)
        await at.app.ended(at.app.core.journal.open[first[0]])
        await at.open(ann)


async def test_who_comes_back_gets_what_he_missed(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.type("echo before\r")
        await seat.until(b"before\r\n$ ")
        seen = seat.began + len(seat.output)
    async with at.seat(id, query=f"?after={seen}") as seat:
        assert (await seat.heard("began"))["at"] == seen
        await seat.type("echo again\r")
        await seat.until(b"again\r\n")
        assert b"before" not in seat.output
    async with at.seat(id) as seat:  # a page that was loaded anew
        await seat.until(b"again\r\n")
        assert b"before" in seat.output


async def test_a_second_window_takes_it_over(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as first, at.seat(id) as second:
        await second.heard("began")
        assert await first.closed() in (4409, 4503)
        await second.type("echo mine\r")
        await second.until(b"\r\nmine\r\n")


async def test_ctrl_c_acts_while_it_floods_and_memory_is_bounded(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.type("yes\r")
        await seat.until(b"y\r\n" * 100_000)
        await seat.type("\x03")
        begun = len(seat.output)
        await seat.until(b"^C")
        assert len(seat.output) - begun < 2_000_000


async def test_who_does_not_read_stops_the_flood(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.type("yes\r")
        await asyncio.sleep(0.5)  # nothing is acknowledged
        terminal = at.app.simulated("host").machine.terminals.get(id)
        assert terminal is not None
        assert terminal.written < 400_000
        await seat.say(op="close")
        await seat.heard("ended")


async def test_core_restarted_finds_it_again(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
    await at.app.crash()
    assert [each.id for each in at.app.core.door.open_ones()] == [id]
    await at.app.run(CancelActivity(target=id), ann)
    assert (await at.app.ended(at.app.core.journal.open[id])).state is State.CANCELLED


async def test_a_killed_agent_ends_it(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    async with at.seat(id) as seat:
        await seat.heard("began")
        at.app.simulated("host").crash()
        assert await seat.closed() == 4503
    ended = await at.app.ended(at.app.core.journal.open[id])
    assert (ended.state, ended.error) == (State.INTERRUPTED, "the agent was restarted; its processes were ended")


async def test_what_cannot_be_opened_says_why(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    machine = at.app.simulated("host").machine
    machine.exit(machine.find("web"))
    async with at.seat(await at.open(ann)) as seat:
        failed = await seat.heard("failed")
        assert failed["error"] == "the container web is exited"
        assert failed["hint"] == "start it first"
    page = await at.app.run(ListActivity(operation=("deployment.terminal",)))
    assert [each.state for each in page.items] == [State.FAILED]


async def test_who_waits_for_one_that_is_being_opened_hears_why_it_is_not(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    machine = at.app.simulated("host").machine
    machine.durations["terminal"] = 0.5
    id = await at.open(ann)
    async with at.seat(id) as seat, asyncio.timeout(5):
        machine.exit(machine.find("web"))
        assert (await seat.heard("failed"))["error"] == "the container web is exited"
        assert await seat.closed() == 1000
    assert at.app.core.journal.open == {}
    machine.durations["terminal"] = 60
    id = await at.open(ann)
    async with at.seat(id) as seat, asyncio.timeout(5):
        while at.app.core.journal.open[id].state is State.QUEUED:
            await asyncio.sleep(0.01)
        await at.app.run(CancelActivity(target=id), ann)
        assert (await seat.heard("ended"))["exit_code"] is None
        assert await seat.closed() == 1000


async def test_a_wrong_frame_ends_the_connection_and_nothing_else(at: Desk) -> None:
    ann = await at.person("ann", Right.TERMINAL)
    id = await at.open(ann)
    for wrong in ("{", '{"op": "what"}', '{"op": "resize", "columns": 0}'):
        async with at.seat(id) as seat:
            await seat.heard("began")
            await seat.connection.send(wrong)
            assert await seat.closed() == 4400, wrong
    async with at.seat(id) as seat:
        await seat.type("echo alive\r")
        await seat.until(b"\r\nalive\r\n")
