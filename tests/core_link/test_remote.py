"""Every way the link can fail is told in words that say what to do, and a silent host is noticed."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from monitor.abilities.agent.calls import Hello
from monitor.abilities.agent.contract import Abilities
from monitor.core.link.remote import RemoteHost
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Forbidden, MonitorError, Unavailable
from monitor.kernel.pinning import Identity
from monitor.periphery.app import Periphery
from monitor.periphery.identity import load_identity, write_pin
from monitor.testing.clock import ManualClock
from tests.contracts.host.linked import linked, running, settings_in
from tests.contracts.host.messages import TEST_ABILITIES, Count, Echo, Tick
from tests.ports import free_port

pytestmark = pytest.mark.real


@pytest.fixture
def core(tmp_path: Path) -> Identity:
    return Identity.at(tmp_path / "core.pem", "monitor core")


@asynccontextmanager
async def reaching(core: Identity, port: int, pin: str, address: str = "127.0.0.1") -> AsyncGenerator[RemoteHost]:
    host = RemoteHost(address, port, core, pin, SystemClock())
    try:
        yield host
    finally:
        await host.close()


async def failures(host: RemoteHost) -> list[MonitorError]:
    """How a call and a stream fail."""
    with pytest.raises(MonitorError) as called:
        await host.call(Hello())
    return [called.value, await failure_of_stream(host)]


async def failure_of_stream(host: RemoteHost) -> MonitorError:
    with pytest.raises(MonitorError) as failed:
        await first(host)
    return failed.value


async def first(host: RemoteHost) -> Tick:
    async with host.stream(Count(to=1)) as events:
        return await anext(events)


async def test_nothing_listening_is_told(core: Identity) -> None:
    port = free_port()
    async with reaching(core, port, core.certificate) as host:
        for failure in await failures(host):
            assert isinstance(failure, Unavailable)
            assert failure.message == "the periphery refuses connections: nothing listens there"
            assert "start the periphery" in failure.hint


@pytest.mark.parametrize("address", ["127.0.0.1", "no-such-host.invalid"])
async def test_who_may_not_read_a_server_learns_no_address_by_what_is_on_it(core: Identity, address: str) -> None:
    """A deployment says why its server does not answer, in its state and in the record of what failed there."""
    port = free_port()
    async with reaching(core, port, core.certificate, address) as host:
        for failure in await failures(host):
            said = f"{failure.message} {failure.hint}"
            assert "periphery" in said
            assert address not in said
            assert str(port) not in said


async def test_a_name_that_does_not_exist_is_told(core: Identity) -> None:
    async with reaching(core, 8120, core.certificate, "no-such-host.invalid") as host:
        for failure in await failures(host):
            assert isinstance(failure, Unavailable)
            assert "the periphery cannot be reached: [Errno -2] Name or service not known" in failure.message


async def test_another_certificate_than_the_pinned_one_is_told(core: Identity, tmp_path: Path) -> None:
    other = Identity.at(tmp_path / "other.pem", "other").certificate
    async with linked(tmp_path, TEST_ABILITIES) as (periphery, _), reaching(core, periphery.port, other) as host:
        for failure in await failures(host):
            assert isinstance(failure, Unavailable)
            assert "shows another certificate than the one pinned when it joined" in failure.message
            assert "join it again" in failure.hint


async def test_a_periphery_that_pins_another_core_is_told(core: Identity, tmp_path: Path) -> None:
    async with linked(tmp_path, TEST_ABILITIES) as (periphery, _):
        agent = load_identity(periphery.settings.state).certificate
        stranger = Identity.at(tmp_path / "stranger.pem", "another core")
        async with reaching(stranger, periphery.port, agent) as host:
            for failure in await failures(host):
                assert isinstance(failure, Unavailable)
                assert "closed the connection" in failure.message
                assert "pins another core" in failure.hint


async def test_an_address_that_is_not_allowed_is_told_to_core(core: Identity, tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), allowed_ips=("10.1.2.3",))
    async with linked(tmp_path, TEST_ABILITIES, settings) as (_, host):
        for failure in await failures(host):
            assert isinstance(failure, Forbidden)
            assert failure.message == "address 127.0.0.1 is not in allowed_ips of this periphery"
            assert "allowed_ips" in failure.hint


async def test_nobody_is_allowed_unless_told(core: Identity, tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), allowed_ips=())
    async with linked(tmp_path, TEST_ABILITIES, settings) as (_, host):
        with pytest.raises(Forbidden, match="not in allowed_ips"):
            await host.call(Hello())


async def test_ipv6_works_and_ipv4_callers_of_an_ipv6_socket_are_known(core: Identity, tmp_path: Path) -> None:
    settings = replace(settings_in(tmp_path), address="::", allowed_ips=("127.0.0.1", "::1"))
    async with linked(tmp_path, TEST_ABILITIES, settings) as (periphery, host):
        assert await host.call(Echo(text="four")) == "four"
        pin = load_identity(settings.state).certificate
        async with reaching(core, periphery.port, pin, "::1") as six:
            assert await six.call(Echo(text="six")) == "six"
            async with six.stream(Count(to=2)) as events:
                assert [event.number async for event in events] == [1, 2]


async def test_something_that_speaks_no_tls_is_told(core: Identity) -> None:
    async def hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        await reader.read(1000)
        writer.close()

    server = await asyncio.start_server(hello, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with reaching(core, port, core.certificate) as host:
        for failure in await failures(host):
            assert isinstance(failure, Unavailable)
            assert "speaks no TLS" in failure.message or "closed the connection" in failure.message
    server.close()


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


async def test_a_call_to_a_port_that_never_answers_ends(core: Identity, deaf: int) -> None:
    async with reaching(core, deaf, core.certificate) as host:
        with pytest.raises(Unavailable, match="cannot be reached: no answer") as late:
            await host.call(Hello())
        assert "firewall" in late.value.hint


async def test_a_stream_from_a_port_that_never_answers_ends_by_the_clock(core: Identity, deaf: int) -> None:
    clock = ManualClock()
    host = RemoteHost("127.0.0.1", deaf, core, core.certificate, clock)
    stream = asyncio.create_task(failure_of_stream(host))
    await asyncio.sleep(0.2)
    await clock.advance(11)
    assert "cannot be reached: no answer" in (await stream).message
    await host.close()


async def test_a_host_that_falls_silent_is_dead_within_ten_seconds_and_a_slow_reader_is_not(
    core: Identity, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path)
    agent = load_identity(settings.state)
    write_pin(settings.state, core.certificate)
    # The agent's clock stands still: it looks for a pin at its start, and then shows no sign of life.
    async with running(Periphery(settings, ManualClock(), TEST_ABILITIES)) as periphery:
        clock = ManualClock()
        host = RemoteHost("127.0.0.1", periphery.port, core, agent.certificate, clock)
        async with host.stream(Count(to=2, then="stay")) as events:
            assert (await anext(events)).number == 1
            await clock.advance(60)
            assert (await anext(events)).number == 2
            waiting = asyncio.ensure_future(anext(events))
            await asyncio.sleep(0.05)
            await clock.advance(7)
            assert not waiting.done()
            await clock.advance(2.5)
            with pytest.raises(Unavailable, match="has said nothing for 8 s"):
                await waiting
        await host.close()


async def test_an_idle_stream_shows_signs_of_life(core: Identity, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    agent = load_identity(settings.state)
    write_pin(settings.state, core.certificate)
    agents, ours = ManualClock(), ManualClock()
    async with running(Periphery(settings, agents, TEST_ABILITIES)) as periphery:
        host = RemoteHost("127.0.0.1", periphery.port, core, agent.certificate, ours)
        async with host.stream(Count(to=1, then="stay")) as events:
            assert (await anext(events)).number == 1
            waiting = asyncio.ensure_future(anext(events))
            for _ in range(6):
                await agents.advance(4)
                await asyncio.sleep(0.05)
                await ours.advance(5)
            assert not waiting.done()
            waiting.cancel()
        await host.close()


async def test_an_agent_that_stops_ends_its_streams_at_once(core: Identity, tmp_path: Path) -> None:
    async with (
        linked(tmp_path, TEST_ABILITIES) as (periphery, host),
        host.stream(Count(to=1, then="stay")) as events,
    ):
        await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.05)
        periphery.stop()
        with pytest.raises(Unavailable, match="closed the connection"):
            await asyncio.wait_for(waiting, 5)


async def test_a_request_that_is_too_large_is_refused(core: Identity, tmp_path: Path) -> None:
    async with linked(tmp_path, TEST_ABILITIES) as (_, host):
        with pytest.raises(MonitorError, match=r"more than 33554432 bytes|closed the connection"):
            await host.call(Echo(text="x" * (33 << 20)))
        assert await host.call(Echo(text="fine")) == "fine"


async def test_two_agents_cannot_share_a_state_folder(core: Identity, tmp_path: Path) -> None:
    async with linked(tmp_path, Abilities()) as (periphery, _):
        clock = ManualClock()
        second = asyncio.create_task(Periphery(periphery.settings, clock, Abilities()).run())
        await clock.advance(11)
        with pytest.raises(MonitorError, match="another periphery runs"):
            await second
