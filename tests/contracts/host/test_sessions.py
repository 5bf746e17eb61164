"""Sessions: both directions at once, ended by either side, held back by a slow reader."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from monitor.kernel.call import Host, Session
from monitor.kernel.errors import HostError
from monitor.testing.host import SimulatedHost
from tests.contracts.host.messages import Chat, Heard, Said, gone


class Unheard(Session[Said, Heard], frozen=True, kw_only=True, tag="test.unheard_chat"):
    """No host knows it."""


async def test_both_sides_talk(host: Host) -> None:
    async with host.session(Chat(name="ann")) as exchange:
        answers = aiter(exchange)
        for text in ("one", "two", "three"):
            await exchange.send(Said(text))
            assert await anext(answers) == Heard(f"ann: {text}")
        await exchange.send(Said("end"))
        assert await anext(answers, None) is None


async def test_the_hosts_error_arrives(host: Host) -> None:
    async with host.session(Chat(name="ann")) as exchange:
        await exchange.send(Said("fail"))
        with pytest.raises(HostError, match="no more talk") as failure:
            await anext(aiter(exchange))
        assert failure.value.hint == "be quiet"


async def test_the_handler_is_cancelled_when_core_leaves(host: Host) -> None:
    name = f"leaver {id(host)}"
    async with host.session(Chat(name=name)) as exchange:
        await exchange.send(Said("hello"))
        assert await anext(aiter(exchange)) == Heard(f"{name}: hello")
    async with asyncio.timeout(10):
        while name not in gone:
            await asyncio.sleep(0.01)


async def test_a_slow_reader_holds_the_host_back_and_nobody_else(host: Host) -> None:
    async with host.session(Chat(name="slow")) as slow, host.session(Chat(name="quick")) as quick:
        await slow.send(Said("flood"))
        await asyncio.sleep(0.2)
        await quick.send(Said("still here?"))
        assert await anext(aiter(quick)) == Heard("quick: still here?")
        assert len((await anext(aiter(slow))).text) == 100_000


async def test_a_session_no_host_knows(host: Host) -> None:
    with pytest.raises(HostError, match="know"):
        await _first(host)


async def _first(host: Host) -> Any:
    async with host.session(Unheard()) as exchange:
        messages: AsyncIterator[Heard] = aiter(exchange)
        return await anext(messages)


async def test_a_host_that_is_lost(host: Host) -> None:
    if not isinstance(host, SimulatedHost):
        return  # tests/core_link cuts real ones off
    async with host.session(Chat(name="ann")) as exchange:
        host.down = "cut off"
        with pytest.raises(Exception, match="cut off"):
            await anext(aiter(exchange))
