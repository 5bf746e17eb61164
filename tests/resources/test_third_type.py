"""A further resource type is its folder and two lines: everything else follows from its declaration."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor import features
from monitor.cli.parser import parser_for
from monitor.core.openapi import document
from monitor.kernel.activity import State
from monitor.kernel.permission import Level
from monitor.kernel.registry import Registry
from monitor.resources import TYPES
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.handlers import BEHAVIOURS
from monitor.testing.lab import Lab
from monitor.testing.matrix import Matrix
from monitor.testing.nested import nested, questions
from tests.core.tab import Tab
from tests.core.web import fields, problem, web_of
from tests.core.world import World, new_world
from tests.resources.example_type.actions import LOOKOUT_BEHAVIOUR
from tests.resources.example_type.spec import LOOKOUT, RunAll

ALL_TYPES = (*TYPES, LOOKOUT)
ALL_BEHAVIOURS = (*BEHAVIOURS, LOOKOUT_BEHAVIOUR)
"""The two lines."""

REGISTRY = Registry(ALL_TYPES, features.OPERATIONS, features.STREAMS)
OPERATIONS = [n for n in REGISTRY.operations if n.startswith("lookout.")]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, behaviours=ALL_BEHAVIOURS) as made:
        await made.deployment("web")
        await made.do(Deploy(target="web"))
        yield made


async def test_it_has_routes(world: World) -> None:
    boss = await web_of(world, await world.app.user("boss", admin=True))
    body = {"name": "one", "config": {"server": "host", "password": "canary-word"}}
    made = (await boss.post("/lookouts", body)).json()
    assert made["config"]["password"] is None
    assert made["status"]["state"] == "up"
    assert made["names"] == {made["config"]["server"]: "host"}
    assert set(made["can"]) == {"lookout.get", "lookout.update", "lookout.delete", "lookout.run", "lookout.look"}
    assert (await boss.get("/lookouts", params={"search": "one", "state": "up"})).json()["total"] == 1
    changed = await boss.patch("/lookouts/one", {"config": {"container": "web"}}, headers={"If-Match": "1"})
    assert changed.json()["revision"] == 1
    assert fields(await boss.patch("/lookouts/one", {"config": {"container": "none"}})) == ["config.container"]
    assert fields(await boss.patch("/lookouts/one", {"config": {"server": ""}})) == ["config.server"]
    assert fields(await boss.patch("/lookouts/one", {"config": {"after": "absent"}})) == ["config.after"]
    assert (await boss.get("/lookouts/one/look", params={"loud": "true"})).json() == "LOOKED"
    running = asyncio.create_task(boss.post("/lookouts/one/run?wait=30"))
    while not running.done():
        await world.clock.advance(0.5)
    assert running.result().json()["summary"] == "container is running"
    assert (await boss.get("/lookouts/one")).json()["info"] == {"runs": 1}
    problem(await boss.delete("/servers/host"), 409)
    second = await boss.post("/lookouts", {"name": "two", "config": {"server": "host", "after": "one"}})
    assert second.json()["config"]["after"] == made["id"]
    assert "lookout two" in problem(await boss.delete("/lookouts/one"), 409)["detail"]
    assert (await boss.patch("/lookouts/two", {"config": {"after": None}})).status_code == 200
    assert (await boss.delete("/lookouts/one")).status_code == 204
    await world.app.crash()
    assert (await world.app.get(LOOKOUT, "two")).config.after is None


async def test_an_action_on_no_single_one_has_children(world: World) -> None:
    for name in ("one", "two", "three"):
        await world.app.create(LOOKOUT, name, LOOKOUT.config(server="host"))
    end = await world.do(RunAll())
    assert (end.state, end.summary, end.what) == (State.SUCCEEDED, "asked for 3", None)
    children = [a for a in await world.activities() if a.parent == end.id]
    assert [a.operation for a in children] == ["lookout.run"] * 3
    assert {(await world.ended(a)).state for a in children} == {State.SUCCEEDED}
    ann = await world.app.user("ann")
    await world.grant(ann, "lookout", "", Level.EXECUTE)
    await world.grant(ann, "lookout", "one", Level.NONE)
    assert (await world.do(RunAll(), ann)).state is State.SUCCEEDED


async def test_parents_hold_no_lane_while_children_run(world: World) -> None:
    world.host.machine.durations["restart"] = 20
    await world.app.create(LOOKOUT, "one", LOOKOUT.config(server="host"))
    first, second = await world.app.run(RunAll()), await world.app.run(RunAll())
    await world.clock.advance(1)
    assert [(await world.stored(a)).state for a in (first, second)] == [State.SUCCEEDED] * 2
    states = sorted(a.state for a in world.app.core.journal.open.values())
    assert states == [State.QUEUED, State.RUNNING], "its children wait for each other"


async def test_it_has_a_live_topic(world: World) -> None:
    ann = await world.app.user("ann")
    tab = Tab(world, ann)
    await tab.subscribe(1, "lookout.changes")
    made = await world.app.create(LOOKOUT, "one", LOOKOUT.config(server="host"))
    assert tab.last(1)["data"] == []
    await world.grant(ann, "lookout", made.id, Level.READ)
    await world.clock.advance(1)
    world.host.down = "cable pulled"
    await world.clock.advance(1)
    assert tab.last(1)["data"]["status"]["state"] == "down"


async def test_its_secret_is_one(world: World) -> None:
    made = await world.app.create(LOOKOUT, "one", LOOKOUT.config(server="host", password="canary-word"))
    store = world.app.store
    stored = [d.body for kind in ("resource.lookout", "activity") for d in await store.all(kind)]
    assert b"canary-word" not in b"".join(stored)
    await world.update(LOOKOUT, made.id, config={"password": "canary-next"})
    changes = [c for a in await world.activities() for c in a.changes if c.field == "config.password"]
    assert [(c.before, c.after) for c in changes if "changed" in c.after] == [
        ('"********"', '"********" (a secret value changed)')
    ]


def test_it_is_in_the_document() -> None:
    described = document(REGISTRY)
    assert {p: set(o) for p, o in described["paths"].items() if p.startswith("/api/lookouts")} == {
        "/api/lookouts": {"get", "post"},
        "/api/lookouts/{target}": {"get", "patch", "delete"},
        "/api/lookouts/{target}/run": {"post"},
        "/api/lookouts/-/run_all": {"post"},
        "/api/lookouts/-/batch": {"post"},
        "/api/lookouts/-/batch_preview": {"get"},
        "/api/lookouts/{target}/look": {"get"},
    }
    config = described["components"]["schemas"]["LookoutConfig"]["properties"]
    assert config["server"]["x-refers-to"] == {"type": "server", "needs": "execute"}
    assert config["server"]["x-label"] == "Server"


async def test_screens_are_told_of_it(world: World) -> None:
    boss = await web_of(world, await world.app.user("boss", admin=True))
    [told] = [t for t in (await boss.get("/types")).json() if t["name"] == "lookout"]
    assert {o["name"] for o in told["operations"]} == set(OPERATIONS)
    assert told["columns"] == [{"path": "info.runs", "label": "Runs", "kind": "text"}]
    assert told["topics"] == ["lookout.changes"]
    assert "lookout.create" in (await boss.get("/me")).json()["can"]


def test_it_has_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["lookout", "create", "one", "--server", "host", "--container", "web"],
        ["lookout", "ls"],
        ["lookout", "get", "one"],
        ["lookout", "update", "one", "--after", "two"],
        ["lookout", "delete", "one"],
        ["lookout", "run", "one"],
        ["lookout", "look", "one", "--loud"],
    ):
        assert parser_for(REGISTRY, words).parse_args(words).run
    with pytest.raises(SystemExit):
        parser_for(REGISTRY, ["lookout", "create", "--help"]).parse_args(["lookout", "create", "--help"])
    assert "--server" in capsys.readouterr().out


@pytest.mark.parametrize("name", [*OPERATIONS, "lookout.changes"])
async def test_it_is_in_the_matrix(world: World, name: str) -> None:
    matrix = Matrix(Lab(world.app, world.clock.settle))
    ask = matrix.topic if name in REGISTRY.streams else matrix.operation
    assert [str(hole) async for hole in ask(name)] == []


async def test_what_it_names_is_in_the_matrix(world: World) -> None:
    lab = Lab(world.app, world.clock.settle)
    asked: list[Any] = [q for q in questions(lab) if q.type is LOOKOUT]
    assert {q.path[0] for q in asked} == {"server", "after"}
    assert [str(hole) async for hole in nested(lab)] == []


def test_nothing_else_names_it() -> None:
    source = Path(features.__file__).parents[1]
    assert not [
        f for f in source.rglob("*.py") if "lookout" in f.read_text().lower().split() or "lookouts" in f.read_text()
    ]
