"""Requests over HTTP: what is wrong is named, what is refused was not done, nobody gets in by a side door."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from monitor.core.settings import CoreSettings
from monitor.features.users.spec import CreateUser
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.web import Web, fields, problem, web_of
from tests.core.world import World, new_world

IMAGE = {"kind": "image", "image": "web:1"}
CONFIG = {"server": "host", "image": IMAGE}


def given(**config: Any) -> dict[str, Any]:
    """A deployment to create, with some of its config like this."""
    return {"name": "web", "config": {**CONFIG, **config}}


PASSWORD = "correct horse battery"


@pytest.fixture
async def boss(world: World) -> Web:
    return await web_of(world, await world.app.user("boss", admin=True))


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"config": CONFIG}, ["name"]),
        ({"name": 7, "config": CONFIG}, ["name"]),
        ({"name": "web", "config": CONFIG, "nmae": "x"}, ["nmae"]),
        ({"name": "web", "config": CONFIG, "op": "user.create"}, ["op"]),
        ({"name": "web", "config": CONFIG, "target": "x"}, ["target"]),
        ({"name": "web", "config": {}}, ["config.server"]),
        ({"name": "web", "config": []}, ["config"]),
        (given(porst=[]), ["config.porst"]),
        (given(ports=[{"container": "80"}]), ["config.ports[0].container"]),
        (
            {"name": "web", "config": {**CONFIG, "ports": [{"container": 80}, {"container": 0}]}},
            ["config.ports[1].container"],
        ),
        (given(ports=[{"container": 80, "hots": 1}]), ["config.ports[0].hots"]),
        (given(image={"kind": "image"}), ["config.image.image"]),
        (given(image={"kind": "tarball"}), ["config.image.kind"]),
        (
            {"name": "web", "config": {**CONFIG, "image": {"kind": "image", "image": "x", "version": ""}}},
            ["config.image.version"],
        ),
        (given(server="absent"), ["config.server"]),
        (given(server=""), ["config.server"]),
        (given(restart="sometimes"), ["config.restart"]),
        (given(stop_timeout=1e300), ["config.stop_timeout"]),
        (
            {"name": "web", "config": {**CONFIG, "secret_environment": [{"name": "A"}]}},
            ["config.secret_environment[A].value"],
        ),
        ({"name": "Web", "config": CONFIG}, ["name"]),
        ({"name": "w", "config": CONFIG}, ["name"]),
        ({"name": "web\n", "config": CONFIG}, ["name"]),
        ({"name": "wéb", "config": CONFIG}, ["name"]),
        ({"name": "--flag", "config": CONFIG}, ["name"]),
        ({"name": "$(reboot)", "config": CONFIG}, ["name"]),
        ({"name": "w" * 64, "config": CONFIG}, ["name"]),
        ({"name": "web", "config": CONFIG, "tags": ["a tag"]}, ["tags[0]"]),
        ({"name": "web", "config": CONFIG, "tags": ["one", "one"]}, ["tags[1]"]),
        ({"name": "web", "config": CONFIG, "tags": "one"}, ["tags"]),
    ],
)
async def test_a_wrong_field_is_named(world: World, boss: Web, body: Any, named: list[str]) -> None:
    response = await boss.post("/deployments", body)
    assert fields(response) == named, response.text
    assert len(response.content) < 4000
    assert world.app.core.parts.catalog.all("deployment") == {}


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"{'name': 'web'}",
        b'{"name": NaN}',
        b"\xff\xfe",
        b'{"name": "\xff"}',
        b'{"name": "\\ud800"}',
        b'{"na\\ud800me": 1}',
        b'{"a":' * 5000,
        b"[" * 100_000,
        b'{"revision": ' + b"9" * 5000 + b"}",
    ],
)
async def test_what_is_no_json_object_is_refused(boss: Web, text: bytes) -> None:
    response = await boss.ask("POST", "/deployments", None, content=text, headers={"Content-Type": "application/json"})
    problem(response, 422)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_only_json_is_taken(boss: Web, kind: str) -> None:
    body = json.dumps({"name": "web", "config": CONFIG})
    response = await boss.client.post("/api/deployments", content=body, headers={"Content-Type": kind} if kind else {})
    assert "Content-Type: application/json" in problem(response, 422)["detail"]


async def test_a_body_is_bounded(boss: Web) -> None:
    response = await boss.post("/deployments", {"name": "x" * 1_200_000, "config": CONFIG})
    problem(response, 413)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/deployments?limit=x", "limit"),
        ("/deployments?limit=0", "limit"),
        ("/deployments?limit=501", "limit"),
        ("/deployments?sort=size", "sort"),
        ("/deployments?cursor=nowhere", "cursor"),
        ("/deployments?colour=red", "colour"),
        ("/deployments?search=a&search=b", "search"),
        ("/deployments?op=user.list", "op"),
        ("/deployments?target=web", "target"),
        ("/deployments?token=secret", "token"),
        ("/deployments/web?target=other", "target"),
        ("/activity?limit=-1", "limit"),
        ("/deployments/web/log?tail=-2", "tail"),
    ],
)
async def test_a_wrong_query_is_named(world: World, boss: Web, path: str, named: str) -> None:
    await world.deployment("web")
    response = await boss.get(path)
    assert fields(response) == [named]
    assert "secret" not in response.text


async def test_the_target_of_the_path_is_the_only_one(world: World, boss: Web) -> None:
    await world.deployment("web")
    await world.deployment("other")
    response = await boss.patch("/deployments/web", {"target": "other", "description": "x"})
    assert fields(response) == ["target"]


@pytest.mark.parametrize("wait", ["x", "-1", "3601", "nan", "inf", ""])
async def test_a_wrong_wait_starts_nothing(world: World, boss: Web, wait: str) -> None:
    await world.deployment("web")
    response = await boss.post(f"/deployments/web/deploy?wait={wait}")
    assert fields(response) == ["wait"]
    assert world.app.core.journal.open == {}
    assert [a.operation for a in await world.activities()].count("deployment.deploy") == 0


async def test_actions_answer_when_accepted_or_when_ended(world: World, boss: Web) -> None:
    await world.deployment("web")
    world.host.machine.durations["create"] = 5
    accepted = await boss.post("/deployments/web/deploy")
    assert accepted.status_code == 202
    assert accepted.json()["state"] == "queued"
    assert accepted.headers["monitor-activity"] == accepted.json()["id"]
    waiting = asyncio.create_task(boss.post("/deployments/web/restart?wait=60"))
    while not waiting.done():
        await world.clock.advance(0.5)
    ended = waiting.result()
    assert (ended.status_code, ended.json()["state"]) == (200, "succeeded")
    world.host.machine.exits["web:1"] = 1
    waiting = asyncio.create_task(boss.post("/deployments/web/deploy?wait=60"))
    while not waiting.done():
        await world.clock.advance(0.5)
    assert (waiting.result().status_code, waiting.result().json()["state"]) == (200, "failed")
    early = await boss.post("/deployments/web/deploy?wait=0")
    assert (early.status_code, early.json()["state"]) in ((202, "queued"), (202, "running"))


async def test_if_match_lets_exactly_one_win(world: World, boss: Web) -> None:
    web = await world.deployment("web")
    patches = [
        boss.patch("/deployments/web", {"description": f"by {n}"}, headers={"If-Match": f'"{web.revision}"'})
        for n in range(5)
    ]
    answers = await asyncio.gather(*patches)
    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409, 409]
    winner = next(a.json() for a in answers if a.status_code == 200)
    losers = [problem(a, 409) for a in answers if a.status_code == 409]
    assert {loser["current"]["description"] for loser in losers} == {winner["description"]}
    assert (await world.app.get(DEPLOYMENT, "web")).description == winner["description"]
    for wrong in ("x", "*", "-1", "1.0", "9" * 30, "²"):
        response = await boss.patch("/deployments/web", {}, headers={"If-Match": wrong.encode("utf-8")})
        assert fields(response) == ["If-Match"]


async def test_wrong_methods_and_paths_are_problems_too(boss: Web) -> None:
    response = await boss.ask("PUT", "/deployments")
    assert "GET" in response.headers["allow"]
    problem(response, 405)
    problem(await boss.get("/nowhere"), 404)
    problem(await boss.get("/deployments/a/b/c"), 404)
    assert (await boss.client.head("/api/deployments")).status_code == 200
    assert (await boss.client.options("/api/deployments")).status_code == 405, "no CORS"


@pytest.mark.parametrize(
    "target", ["%00", "%ff", "%ED%A0%80", "..%2f..", "a%20b", "x" * 5000, "%F0%9F%92%A9", "-", "host%0a"]
)
@pytest.mark.parametrize("path", ["/deployments/{}", "/activity/{}", "/activity/{}/output", "/users/{}", "/keys/{}"])
async def test_hostile_targets_are_just_not_there(boss: Web, path: str, target: str) -> None:
    method = "DELETE" if "keys" in path else "GET"
    response = await boss.ask(method, path.format(target))
    assert response.status_code in (404, 422), response.text
    assert len(response.content) < 1000


async def test_every_answer_has_safe_headers(world: World, boss: Web) -> None:
    for response in (await boss.get("/deployments"), await boss.get("/nowhere"), await Web(world).get("/me")):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert response.headers["cache-control"] == "no-store"
        assert not [h for h in response.headers if h.startswith("access-control-")]


async def test_a_bug_is_a_500_that_tells_nothing(world: World, boss: Web) -> None:
    await world.deployment("web")
    name = "deployment.get"

    async def broken(ctx: Any, op: Any) -> Any:
        raise KeyError("canary in an exception")

    handlers = world.app.core.handlers
    handlers[name] = type(handlers[name])(handlers[name].operation, broken)  # type: ignore[call-arg]
    response = await boss.get("/deployments/web")
    problem(response, 500)
    assert "canary" not in response.text


async def signed_in(world: World, **more: Any) -> Web:
    """A browser with a session."""
    web = Web(world, **more)
    response = await web.post("/login", {"name": "ann", "password": PASSWORD})
    assert response.status_code == 200, response.text
    return web


@pytest.fixture
async def ann(world: World) -> World:
    await world.app.run(CreateUser(name="ann", password=PASSWORD, admin=True))
    return world


@pytest.mark.parametrize(
    "origin", ["", "null", "https://evil.example", "http://127.0.0.1:9121", "https://127.0.0.1:9120"]
)
async def test_a_cookie_counts_only_from_cores_own_pages(ann: World, origin: str) -> None:
    await ann.deployment("web")
    web = await signed_in(ann)
    for method, path in (("POST", "/deployments"), ("PATCH", "/deployments/web"), ("DELETE", "/deployments/web")):
        response = await web.ask(method, path, headers={"Origin": origin})
        assert "another site" in problem(response, 403)["detail"]
    assert (await web.get("/deployments", headers={"Origin": origin})).status_code == 200
    assert (await web.patch("/deployments/web", {"description": "x"})).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:9120", "127.0.0.1.evil.example", "localhost.evil.example", ""]
)
async def test_another_host_name_is_refused(ann: World, host: str) -> None:
    web = await signed_in(ann)
    for path in ("/deployments", "/welcome", "/api/openapi.json"):
        problem(await web.get(path, headers={"Host": host}), 403)


@pytest.mark.parametrize("host", ["127.0.0.1:9120", "localhost:9120", "LOCALHOST", "[::1]:9120"])
async def test_this_machines_own_names_are_taken(ann: World, host: str) -> None:
    assert (await (await signed_in(ann)).get("/deployments", headers={"Host": host})).status_code == 200


async def test_with_a_public_url_only_its_name_is_taken(tmp_path: Path) -> None:
    settings = CoreSettings(address="0.0.0.0", public_url="https://monitor.example", trusted_proxies=("10.0.0.1",))
    async with new_world(tmp_path, settings=settings) as world:
        await world.app.run(CreateUser(name="ann", password=PASSWORD))
        proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
        web = Web(world, base="https://monitor.example", address="10.0.0.1")
        response = await web.post("/login", {"name": "ann", "password": PASSWORD}, headers=proxied)
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-monitor=")
        assert {p.strip().lower() for p in cookie.split(";")[1:]} >= {"secure", "httponly", "samesite=lax", "path=/"}
        assert "domain" not in cookie.lower()
        assert (await web.get("/me", headers=proxied)).status_code == 200
        problem(await web.get("/me", headers={**proxied, "Host": "other.example"}), 403)
        problem(await web.post("/logout", headers={**proxied, "Origin": "http://monitor.example"}), 403)


async def test_the_cookie_over_plain_http(ann: World) -> None:
    response = await Web(ann).post("/login", {"name": "ann", "password": PASSWORD})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie.replace("monitor_session", "")


async def test_a_secret_in_the_url_signs_nobody_in(ann: World) -> None:
    web = await signed_in(ann)
    secret = next(iter(web.client.cookies.values()))
    for query in (f"token={secret}", f"key={secret}", f"session={secret}", f"authorization=Bearer+{secret}"):
        stranger = Web(ann)
        response = await stranger.get(f"/me?{query}")
        assert response.status_code in (401, 422)
        assert secret not in response.text


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YW5uOng=", "Bearer wrong", "bearer\twrong", "x"])
async def test_a_wrong_key_is_no_stranger_but_an_error(ann: World, header: str) -> None:
    web = Web(ann)
    problem(await web.get("/welcome", headers={"Authorization": header}), 401)


async def test_health_and_readiness_tell_nothing_else(world: World) -> None:
    web = Web(world)
    assert (await web.client.get("/healthz")).json() == {"status": "ok"}
    assert (await web.client.get("/readyz")).json() == {"status": "ready"}
    world.app.core.ready = False
    assert (await web.client.get("/readyz")).status_code == 503
    world.app.core.ready = True


async def test_metrics_take_no_label_from_people(world: World, boss: Web) -> None:
    await world.deployment("canary")
    await world.ended(await world.app.run(Deploy(target="canary")))
    await boss.get("/canary-path")
    text = (await boss.client.get("/metrics")).text
    assert 'monitor_activities_total{operation="deployment.deploy",state="succeeded"} 1.0' in text
    own = [line for line in text.splitlines() if not line.startswith("monitor_container_")]
    assert not [line for line in own if "canary" in line], "but the names of what the reader may read"
    assert "canary-path" not in text
