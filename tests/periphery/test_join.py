"""Joining: works with and without a running periphery, and every wrong step of it is refused."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.abilities.agent.calls import Hello
from monitor.core.link.remote import RemoteHost
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Conflict, Forbidden, HostError, Invalid, Unavailable
from monitor.kernel.joining import JoinConfirm, JoinRequest, Token, mac_of
from monitor.kernel.pinning import Identity, fingerprint
from monitor.kernel.wire import decode
from monitor.periphery.allowed import read_allowed
from monitor.periphery.app import Periphery
from monitor.periphery.identity import load_identity, read_pin, write_pin
from monitor.periphery.join import join
from monitor.periphery.lock import take_lock
from monitor.periphery.settings import PeripherySettings
from monitor.testing.clock import ManualClock
from tests.contracts.host.linked import running, settings_in
from tests.periphery.core_desk import CoreDesk, serving

pytestmark = pytest.mark.real


@pytest.fixture
async def core(tmp_path: Path) -> AsyncIterator[CoreDesk]:
    async with serving(CoreDesk(tmp_path / "core", SystemClock())) as desk:
        yield desk


@pytest.fixture
def settings(tmp_path: Path) -> PeripherySettings:
    return replace(settings_in(tmp_path), allowed_ips=())


async def token_of(core: CoreDesk, *, replacing: bool = False) -> str:
    token, _ = await core.desk.issue("01SERVER", replace=replacing)
    return str(token)


async def try_join(core: CoreDesk, settings: PeripherySettings, token: str, **more: Any) -> str:
    return await join(settings, core.url, token, SystemClock(), tell=lambda _: None, **more)


async def test_a_host_joins_and_core_can_call_it(core: CoreDesk, settings: PeripherySettings) -> None:
    assert await try_join(core, settings, await token_of(core)) == "web-1"
    (joined,) = core.joined
    assert (joined.server, joined.address, joined.port) == ("01SERVER", "127.0.0.1", settings.port)
    assert joined.pin == load_identity(settings.state).certificate
    assert read_pin(settings.state) == core.identity.certificate
    assert read_allowed(settings.state) == ("127.0.0.1/32",)
    for name in ("identity.pem", "core.pem", "allowed_ips"):
        assert stat.S_IMODE((settings.state / name).stat().st_mode) == 0o600
    async with running(Periphery(settings, SystemClock())):
        host = RemoteHost("127.0.0.1", settings.port, core.identity, joined.pin, SystemClock())
        assert (await host.call(Hello())).version
        await host.close()


async def test_a_running_periphery_picks_the_pin_up_and_drops_it_for_a_new_one(
    core: CoreDesk, settings: PeripherySettings, tmp_path: Path
) -> None:
    clock = SystemClock()
    periphery = Periphery(settings, clock)
    task = asyncio.create_task(periphery.run())
    await asyncio.sleep(0.2)
    assert periphery.port == 0
    await try_join(core, settings, await token_of(core))
    assert periphery.port == settings.port
    async with serving(CoreDesk(tmp_path / "other", clock)) as other:
        await try_join(other, settings, await token_of(other))
        assert len(other.joined) == 1
    old = RemoteHost("127.0.0.1", settings.port, core.identity, core.joined[0].pin, clock)
    with pytest.raises(Unavailable, match="closed the connection") as refused:
        await old.call(Hello())
    assert "pins another core" in refused.value.hint
    await old.close()
    periphery.stop()
    await task


async def test_one_that_begins_while_join_has_the_state_folder_waits_for_it(
    core: CoreDesk, settings: PeripherySettings
) -> None:
    late = Periphery(settings, SystemClock())
    begun: list[asyncio.Task[None]] = []

    def begin(outcome: bytes) -> bytes:
        """Core's last word is on its way: join still listens."""
        begun.append(asyncio.create_task(late.run()))
        return outcome

    core.alter_outcome = begin
    assert await try_join(core, settings, await token_of(core)) == "web-1"
    while not late.port and not begun[0].done():
        await asyncio.sleep(0.01)
    assert late.port == settings.port
    late.stop()
    await begun[0]


async def test_join_opens_the_port_itself_once_a_periphery_that_was_ending_has_ended(
    core: CoreDesk, settings: PeripherySettings
) -> None:
    settings.state.mkdir(parents=True)
    ending = take_lock(settings.state)
    assert ending is not None
    joining = asyncio.create_task(try_join(core, settings, await token_of(core)))
    while not read_pin(settings.state):  # then it has found the folder taken
        await asyncio.sleep(0.01)
    ending.close()
    assert await joining == "web-1"


async def test_a_token_works_once(core: CoreDesk, settings: PeripherySettings) -> None:
    token = await token_of(core)
    await try_join(core, settings, token)
    with pytest.raises(Forbidden, match="core refused: this join token is not valid"):
        await try_join(core, settings, token)
    assert read_pin(settings.state) == core.identity.certificate


async def test_joining_again_needs_a_token_that_replaces(core: CoreDesk, settings: PeripherySettings) -> None:
    await try_join(core, settings, await token_of(core))
    with pytest.raises(HostError, match="has joined already"):
        await try_join(core, settings, await token_of(core))
    assert await try_join(core, settings, await token_of(core, replacing=True)) == "web-1"


async def test_an_address_core_cannot_call_is_told_on_both_sides_and_spends_nothing(
    core: CoreDesk, settings: PeripherySettings
) -> None:
    token = await token_of(core)
    with pytest.raises(HostError, match=rf"core cannot call this host: .*127\.0\.0\.9:{settings.port} refuses") as no:
        await try_join(core, settings, token, address="127.0.0.9")
    assert no.value.hint
    assert read_pin(settings.state) == ""
    assert core.joined == []
    assert await try_join(core, settings, token) == "web-1"


@pytest.mark.parametrize("token", ["", "abc", "a.b", "a.b.c", "a..d", "a.b.c.d"])
async def test_a_token_that_is_not_whole_is_refused_at_once(settings: PeripherySettings, token: str) -> None:
    with pytest.raises(Invalid, match=r"ID\.SECRET\.FINGERPRINT"):
        await join(settings, "http://127.0.0.1:1", token, SystemClock())


async def test_wrong_secret_unknown_id_and_expired_look_the_same_to_a_stranger(
    tmp_path: Path, settings: PeripherySettings
) -> None:
    clock = ManualClock()
    async with serving(CoreDesk(tmp_path / "core", clock)) as core:
        token = Token.parse(await token_of(core))
        said: set[tuple[str, str]] = set()
        for wrong in (replace(token, secret="x" * 43), replace(token, id="01UNKNOWN")):
            with pytest.raises(Forbidden) as refused:
                await try_join(core, settings, str(wrong))
            said.add((refused.value.message, refused.value.hint))
        await clock.advance(901)
        with pytest.raises(Forbidden) as refused:
            await try_join(core, settings, str(token))
        said.add((refused.value.message, refused.value.hint))
    assert said == {
        (
            "core refused: this join token is not valid",
            "it is wrong, expired or used, or the request was altered: make a new token in core",
        )
    }


def changed(field: str, value: object) -> Callable[[bytes], bytes]:
    def alter(body: bytes) -> bytes:
        message = json.loads(body)
        message[field] = value
        return json.dumps(message).encode()

    return alter


@pytest.mark.parametrize(("field", "value"), [("port", 1), ("address", "10.0.0.1"), ("mac", "0" * 64)])
async def test_an_altered_request_is_refused(
    core: CoreDesk, settings: PeripherySettings, field: str, value: object
) -> None:
    core.alter_request = changed(field, value)
    with pytest.raises(Forbidden, match="this join token is not valid"):
        await try_join(core, settings, await token_of(core))
    assert core.joined == []


async def test_somebody_elses_certificate_in_the_request_is_refused(
    core: CoreDesk, settings: PeripherySettings, tmp_path: Path
) -> None:
    core.alter_request = changed("certificate", Identity.at(tmp_path / "thief.pem", "thief").certificate)
    with pytest.raises(Forbidden, match="not valid"):
        await try_join(core, settings, await token_of(core))


@pytest.mark.parametrize(("field", "value"), [("source", "10.0.0.1"), ("certificate", "x"), ("mac", "1")])
async def test_an_altered_answer_pins_nothing(
    core: CoreDesk, settings: PeripherySettings, field: str, value: object
) -> None:
    core.alter_answer = changed(field, value)
    with pytest.raises(Forbidden, match="altered on the way"):
        await try_join(core, settings, await token_of(core))
    assert read_pin(settings.state) == ""


async def test_a_replayed_answer_pins_nothing(core: CoreDesk, settings: PeripherySettings) -> None:
    answers: list[bytes] = []

    def replay(body: bytes) -> bytes:
        answers.append(body)
        return answers[0]

    core.alter_answer = replay
    token = await token_of(core)
    with pytest.raises(HostError):
        await try_join(core, settings, token, address="127.0.0.9")
    with pytest.raises(Forbidden, match="replays old answers"):
        await try_join(core, settings, token)
    assert read_pin(settings.state) == ""


async def test_an_altered_outcome_does_not_count(core: CoreDesk, settings: PeripherySettings) -> None:
    core.alter_outcome = changed("ok", True)
    with pytest.raises(Forbidden, match="last answer was altered"):
        await try_join(core, settings, await token_of(core), address="127.0.0.9")
    assert read_pin(settings.state) == ""


async def test_a_core_with_another_certificate_than_the_token_names_is_refused(
    core: CoreDesk, settings: PeripherySettings, tmp_path: Path
) -> None:
    token = Token.parse(await token_of(core))
    other = fingerprint(Identity.at(tmp_path / "thief.pem", "thief").certificate)
    with pytest.raises(Forbidden, match="another certificate than the one the token names"):
        await try_join(core, settings, str(replace(token, fingerprint=other)))
    assert read_pin(settings.state) == ""


async def test_captured_messages_are_worth_nothing_later(core: CoreDesk, settings: PeripherySettings) -> None:
    token = Token.parse(await token_of(core))
    await try_join(core, settings, str(token))
    with pytest.raises(Forbidden):
        await core.desk.answer(decode(core.requests[0], JoinRequest), "127.0.0.1")
    confirm = JoinConfirm(token=token.id)
    with pytest.raises(Forbidden):
        await core.desk.confirm(replace(confirm, mac=mac_of(confirm, token.secret)))
    assert len(core.joined) == 1


async def test_a_confirm_before_an_introduction_is_refused(core: CoreDesk) -> None:
    token = Token.parse(await token_of(core))
    confirm = JoinConfirm(token=token.id)
    with pytest.raises(Conflict, match="not introduced itself"):
        await core.desk.confirm(replace(confirm, mac=mac_of(confirm, token.secret)))


async def test_a_wrong_url_is_named(core: CoreDesk, settings: PeripherySettings) -> None:
    with pytest.raises(Unavailable, match=r"core at http://127\.0\.0\.1:1/? cannot be reached"):
        await join(settings, "http://127.0.0.1:1", await token_of(core), SystemClock())
    core.alter_answer = lambda _: b"<html>hello</html>"
    with pytest.raises(HostError, match="is no core of Monitor"):
        await try_join(core, settings, await token_of(core))


async def test_a_refused_join_leaves_the_old_core_in_place(
    core: CoreDesk, settings: PeripherySettings, tmp_path: Path
) -> None:
    old = Identity.at(tmp_path / "old.pem", "old core").certificate
    load_identity(settings.state)
    write_pin(settings.state, old)
    with pytest.raises(HostError):
        await try_join(core, settings, await token_of(core), address="127.0.0.9")
    assert read_pin(settings.state) == old
