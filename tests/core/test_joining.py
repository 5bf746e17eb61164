"""How far a host's joining has come, as who adds a server watches it: each stage, and exactly what went wrong."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.core.caller import SYSTEM
from monitor.kernel.joining import JoinConfirm, JoinRequest, Token, mac_of
from monitor.kernel.permission import Level
from monitor.kernel.pinning import Identity
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.operations.join import IssueJoinToken
from monitor.resources.server.spec import SERVER
from monitor.testing.core import CoreInProcess
from tests.core.tab import Tab
from tests.core.web import Web, problem
from tests.core.world import World, new_world
from tests.ports import free_port


@pytest.fixture
async def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A world whose core has a link identity, as a served one has."""
    plain = CoreInProcess._new_core

    def with_link(self: CoreInProcess) -> Any:
        core = plain(self)
        core.link = Identity.at(tmp_path / "link.pem", "monitor core")
        return core

    monkeypatch.setattr(CoreInProcess, "_new_core", with_link)
    async with new_world(tmp_path) as world:
        yield world


async def waiting(world: World) -> tuple[Tab, Token]:
    """A server nobody has joined as, somebody who watches it, and a token for it."""
    await world.app.create(SERVER, "new", ServerConfig())
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "server.watch_join", target="new")
    assert tab.held(1)["join"]["state"] == "none"
    made = await world.app.run(IssueJoinToken(target="new"))
    await world.clock.settle()
    return tab, Token.parse(made.token)


def request_of(folder: Path, token: Token, port: int) -> JoinRequest:
    host = Identity.at(folder / "host.pem", "host")
    request = JoinRequest(token=token.id, certificate=host.certificate, port=port, address="127.0.0.1")
    return replace(request, mac=mac_of(request, token.secret))


def confirm_of(token: Token) -> JoinConfirm:
    confirm = JoinConfirm(token=token.id)
    return replace(confirm, mac=mac_of(confirm, token.secret))


def body(message: Any) -> dict[str, Any]:
    return {f: getattr(message, f) for f in message.__struct_fields__}


def stages(tab: Tab) -> list[str]:
    return [f["data"]["state"] for f in tab.of(1) if f["kind"] == "change"]


async def test_each_stage_is_told_to_the_exact_error(linked: World, tmp_path: Path) -> None:
    tab, token = await waiting(linked)
    state = tab.held(1)["join"]
    assert (state["state"], state["address"], state["error"]) == ("waiting", "", "")
    assert state["expires"] > state["at"]
    port = free_port()
    web = Web(linked)
    assert (await web.post("/join", body(request_of(tmp_path, token, port)))).status_code == 200
    await linked.clock.settle()
    state = tab.held(1)["join"]
    assert (state["state"], state["address"], state["port"]) == ("introduced", "127.0.0.1", port)
    outcome = await confirmed(linked, web, token)
    assert not outcome["ok"]
    state = tab.held(1)["join"]
    assert (state["state"], state["error"], state["hint"]) == ("failed", outcome["error"], outcome["hint"])
    assert f"127.0.0.1:{port} refuses connections" in state["error"]
    assert stages(tab) == ["waiting", "introduced", "calling", "failed"]
    await linked.app.run(IssueJoinToken(target="new"))
    await linked.clock.settle()
    assert (tab.held(1)["join"]["state"], tab.held(1)["join"]["error"]) == ("waiting", "")
    assert token.secret not in str(tab.frames)


async def confirmed(world: World, web: Web, token: Token) -> dict[str, Any]:
    """The outcome of core's call; the clock is turned through its tries."""
    asking = asyncio.create_task(web.post("/join/confirm", body(confirm_of(token))))
    while not asking.done():
        await world.clock.advance(0.5)
        await asyncio.sleep(0.02)
    return (await asking).raise_for_status().json()


async def test_a_host_that_joins(linked: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answers(self: Any, joined: Any) -> None:
        return

    monkeypatch.setattr("monitor.core.link.join.JoinDesk._call", answers)
    tab, token = await waiting(linked)
    web = Web(linked)
    await web.post("/join", body(request_of(tmp_path, token, 8120)))
    assert (await confirmed(linked, web, token))["ok"]
    await linked.clock.settle()
    assert tab.held(1)["join"]["state"] == "joined"
    again = Tab(linked, SYSTEM)
    await again.subscribe(1, "server.watch_join", target="new")
    assert again.held(1)["join"]["state"] == "joined"
    problem(await web.post("/join", body(request_of(tmp_path, token, 8120))), 403)
    await linked.clock.settle()
    assert tab.held(1)["join"]["state"] == "joined", "a spent token says nothing more"
    await linked.app.crash()
    fresh = Tab(linked, SYSTEM)
    await fresh.subscribe(1, "server.watch_join", target="new")
    state = fresh.held(1)["join"]
    assert (state["state"], state["address"], state["port"], state["expires"]) == ("joined", "127.0.0.1", 8120, None)


async def test_a_refused_introduction_is_told_to_who_made_the_token(linked: World, tmp_path: Path) -> None:
    tab, token = await waiting(linked)
    web = Web(linked)
    forged = request_of(tmp_path, Token(token.id, "another secret", token.fingerprint), 8120)
    stranger = request_of(tmp_path, Token("01UNKNOWN", "another secret", token.fingerprint), 8120)
    answers = [await web.post("/join", body(request)) for request in (forged, stranger)]
    assert answers[0].content == answers[1].content, "to strangers every refusal looks the same"
    problem(answers[0], 403)
    await linked.clock.settle()
    assert stages(tab) == ["waiting", "failed"]
    assert "without proving" in tab.held(1)["join"]["error"]
    await linked.clock.advance(901)
    problem(await web.post("/join", body(request_of(tmp_path, token, 8120))), 403)
    await linked.clock.settle()
    assert "expired" in tab.held(1)["join"]["error"]
    assert tab.held(1)["join"]["hint"]


async def test_it_needs_what_making_a_token_needs(linked: World) -> None:
    ann = await linked.app.user("ann")
    await linked.app.create(SERVER, "new", ServerConfig())
    tab = Tab(linked, ann)
    await linked.grant(ann, "server", "new", Level.EXECUTE)
    await tab.subscribe(1, "server.watch_join", target="new")
    assert tab.last(1)["data"]["status"] == 403
    await linked.grant(ann, "server", "new", Level.WRITE)
    await tab.subscribe(2, "server.watch_join", target="new")
    assert tab.held(2)["join"]["state"] == "none"
    await linked.grant(ann, "server", "new", Level.READ)
    await linked.clock.advance(1)
    assert tab.last(2)["data"]["status"] == 403
    await linked.app.run(IssueJoinToken(target="new"))
    await linked.clock.settle()
    assert tab.kinds(2)[-1] == "error"
