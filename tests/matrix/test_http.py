"""The matrix as seen over HTTP: strangers, 404 and 403, and what lists, counts, names and the record tell."""

from typing import Any
from urllib.parse import urlencode

import pytest

from monitor.everything import everything
from monitor.kernel.ids import new_id
from monitor.kernel.operation import ForwardHandler
from monitor.kernel.permission import Access, Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage
from monitor.testing.lab import Lab
from monitor.testing.samples import parameters
from tests.core.web import Web, problem, web_of
from tests.core.world import World

REGISTRY = everything()
ROUTED = [n for n, o in REGISTRY.operations.items() if o.routed]
TARGETED = [n for n in ROUTED if REGISTRY.type_of(n) and REGISTRY.operations[n].targeted]


async def ask(web: Web, lab: Lab, name: str, target: str = "") -> Any:
    """The operation over HTTP with the least it needs."""
    method, path = REGISTRY.route(name)
    given = parameters(REGISTRY.operations[name], lab.refer)
    if "name" in given:
        given["name"] = lab.new_name()
    path = path.replace("{target}", target)
    if method in ("GET", "DELETE"):
        given.pop("target", None)
        return await web.ask(method, f"{path}?{urlencode(given, doseq=True)}" if given else path)
    return await web.ask(method, path, given)


@pytest.fixture
async def lab(world: World) -> Lab:
    made = Lab(world.app, world.clock.settle)
    for type in REGISTRY.types.values():
        await made.share(type)
    return made


async def test_strangers_are_answered_401_everywhere_but_at_the_door(world: World, lab: Lab) -> None:
    own = {name: await lab.make(type) for name, type in REGISTRY.types.items()}
    web = Web(world)
    for name in ROUTED:
        target = own[name.partition(".")[0]].name if name in TARGETED else "some-one"
        response = await ask(web, lab, name, target)
        if REGISTRY.operations[name].needs is Access.PUBLIC:
            assert response.status_code != 401 or name == "session.sign_in"
        else:
            problem(response, 401)
            assert (await ask(web, lab, name, "absent")).content == response.content
    for path in ("/api/openapi.json", "/api/docs", "/metrics"):
        problem(await web.get(path), 401)


@pytest.mark.parametrize("by", ["name", "id"])
async def test_foreign_and_absent_look_the_same_to_the_byte(world: World, lab: Lab, by: str) -> None:
    ann = await world.app.user("ann")
    for type in REGISTRY.types:
        await world.grant(ann, type, "", Level.NONE, tuple(Right))
    web = await web_of(world, ann)
    for name in TARGETED:
        foreign = await lab.make(REGISTRY.types[name.partition(".")[0]])
        word = foreign.name if by == "name" else foreign.id
        absent = "none-" + word[5:] if by == "name" else new_id(world.clock.now())
        first, second = await ask(web, lab, name, word), await ask(web, lab, name, absent)
        assert first.status_code == second.status_code == 404, name
        assert first.content.replace(word.encode(), b"?") == second.content.replace(absent.encode(), b"?")
        assert dict(first.headers) == dict(second.headers)


async def test_what_may_be_read_but_not_done_is_403(world: World, lab: Lab) -> None:
    ann = await world.app.user("ann")
    for type in REGISTRY.types:
        await world.grant(ann, type, "", Level.READ)
    web = await web_of(world, ann)
    for name in TARGETED:
        own = await lab.make(REGISTRY.types[name.partition(".")[0]])
        response = await ask(web, lab, name, own.name)
        reads = REGISTRY.operations[name].needs is Level.READ
        # What one stands for is asked for with a right of its own; a schedule as it is made names nothing.
        forwards = isinstance(world.app.core.handlers[name], ForwardHandler)
        assert (response.status_code == (409 if forwards else 200)) == reads, f"{name}: {response.text}"
        if not reads:
            assert name in problem(response, 403)["detail"]
        assert name in own.can
    for name in REGISTRY.types:
        shown = (await web.get(f"/{REGISTRY.types[name].plural}")).json()["items"][0]
        assert set(shown["can"]) == {n for n in TARGETED if n.startswith(f"{name}.")} & set(reading(name))


def reading(type: str) -> list[str]:
    return [n for n in TARGETED if n.startswith(f"{type}.") and REGISTRY.operations[n].needs is Level.READ]


async def test_lists_searches_and_counts_tell_only_of_what_may_be_read(world: World) -> None:
    ann = await world.app.user("ann")
    web = await web_of(world, ann)
    mine = [await world.deployment(f"mine-{n}") for n in range(5)]
    for n in range(20):
        await world.deployment(f"hidden-{n}", environment=())
        await world.update(DEPLOYMENT, f"hidden-{n}", description="mine too", tags=["mine"])
    for deployment in mine:
        await world.grant(ann, "deployment", deployment.id, Level.READ)
    for query in (
        {},
        {"search": "mine"},
        {"search": "hidden"},
        {"tag": "mine"},
        {"sort": "-updated"},
        {"limit": "2"},
        {"server": "host"},
        {"state": "not_deployed"},
    ):
        page = (await web.get("/deployments", params=query)).json()
        assert "hidden" not in str(page)
        assert page["total"] <= 5
        assert page["total"] == {"hidden": 0}.get(query.get("search", ""), page["total"])
    assert (await web.get("/deployments", params={"search": "hidden"})).json()["total"] == 0
    hidden = await world.app.get(DEPLOYMENT, "hidden-3")
    absent = new_id(world.clock.now())
    first = await web.get("/deployments", params={"cursor": hidden.id})
    second = await web.get("/deployments", params={"cursor": absent})
    assert first.content == second.content
    assert first.status_code == 422


async def test_a_filter_is_no_oracle_for_names(world: World) -> None:
    ann = await world.app.user("ann")
    web = await web_of(world, ann)
    mine = await world.deployment("mine")
    await world.grant(ann, "deployment", mine.id, Level.READ)
    assert (await web.get("/deployments", params={"server": "host"})).json()["total"] == 0, (
        "its name is not his to know"
    )
    assert (await web.get("/deployments", params={"server": mine.config.server})).json()["total"] == 1
    await world.grant(ann, "server", "host", Level.READ)
    assert (await web.get("/deployments", params={"server": "host"})).json()["total"] == 1


async def test_names_of_what_is_referred_to_are_shown_to_who_may_read_it(world: World) -> None:
    ann = await world.app.user("ann")
    web = await web_of(world, ann)
    build = await world.build("secret-build")
    mine = await world.deployment("mine", image=BuiltImage(build="secret-build"))
    await world.grant(ann, "deployment", mine.id, Level.WRITE, (Right.LOGS,))
    shown = await web.get("/deployments/mine")
    assert shown.json()["names"] == {}
    assert "secret-build" not in shown.text
    refusal = await web.post("/deployments/mine/deploy")
    assert problem(refusal, 409)["detail"]
    assert "secret-build" not in refusal.text
    await world.grant(ann, "build", build.id, Level.READ)
    assert (await web.get("/deployments/mine")).json()["names"] == {build.id: "secret-build"}
    assert "secret-build" in (await web.post("/deployments/mine/deploy")).text


async def test_what_creators_may_do_is_in_the_answer(world: World) -> None:
    ann = await world.app.user("ann")
    await world.grant(ann, "deployment", "", Level.NONE, (Right.CREATE,))
    await world.grant(ann, "server", "host", Level.EXECUTE)
    web = await web_of(world, ann)
    config = {"server": "host", "image": {"kind": "image", "image": "web:1"}}
    made = await web.post("/deployments", {"name": "mine", "config": config})
    assert made.status_code == 200
    assert set(made.json()["can"]) == {n for n in TARGETED if n.startswith("deployment.")}
    assert made.json()["can"] == (await web.get("/deployments/mine")).json()["can"]


async def test_the_record_shows_each_what_he_did_and_what_was_done_to_what_he_may_read(world: World) -> None:
    ann, bob = await world.app.user("ann"), await world.app.user("bob")
    mine, hidden = await world.deployment("mine"), await world.deployment("hidden")
    await world.grant(ann, "deployment", mine.id, Level.READ)
    await world.grant(bob, "deployment", hidden.id, Level.EXECUTE)
    done = await world.do(Deploy(target="mine"))
    theirs = await world.do(Deploy(target="hidden"), bob)
    web = await web_of(world, ann)
    page = (await web.get("/activity")).json()
    assert "hidden" not in str(page)
    assert done.id in [a["id"] for a in page["items"]]
    assert page["total"] == len(page["items"])
    for query in ({"type": "deployment", "resource": "hidden"}, {"resource": hidden.id}, {"user": bob.who.id}):
        found = (await web.get("/activity", params=query)).json()
        assert found == {"items": [], "total": 0, "next": ""}, "not even how many there are"
    for path in ("", "/output", "/cancel"):
        method = "POST" if path == "/cancel" else "GET"
        first = await web.ask(method, f"/activity/{theirs.id}{path}")
        second = await web.ask(method, f"/activity/{new_id(world.clock.now())}{path}")
        assert first.content == second.content
        problem(first, 404)
    problem(await web.post(f"/activity/{done.id}/cancel"), 403)
    assert (await web.get(f"/activity/{done.id}")).status_code == 200


async def test_containers_of_others_need_a_right_of_their_own(world: World) -> None:
    ann = await world.app.user("ann")
    await world.deployment("mine")
    await world.deployment("hidden")
    world.host.images.add("postgres")
    await world.do(Deploy(target="mine"))
    await world.do(Deploy(target="hidden"))
    world.host.machine.create("by-hand", {"Image": "postgres"})
    await world.clock.advance(1)
    await world.grant(ann, "server", "host", Level.WRITE)
    web = await web_of(world, ann)
    await world.grant(ann, "deployment", "mine", Level.READ)
    assert [c["name"] for c in (await web.get("/servers/host/containers")).json()] == ["mine"]
    await world.grant(ann, "server", "host", Level.READ, (Right.UNMANAGED,))
    assert [c["name"] for c in (await web.get("/servers/host/containers")).json()] == ["by-hand", "mine"]
