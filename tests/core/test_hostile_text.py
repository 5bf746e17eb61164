"""Whatever is written into whichever field: never a 500, and what is accepted comes back unchanged."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.everything import everything
from monitor.kernel.fields import replace_marked
from tests.core.strategies import TEXT, of
from tests.core.web import Web, fields, web_of
from tests.core.world import World, new_world

REGISTRY = everything()
PLACES = {
    "server": "host",
    "build": "some-build",
    "deployment": "some-web",
    "registry_account": "some-hub",
    "git_account": "some-forge",
}
BOUNDED = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
LEFT_OUT = ("session.sign_out", "session.sign_in", "session.set_up", "user.update", "user.set_password", "user.delete")
"""Their text goes through argon2, or ends the test's own key; tests of their own look at them."""


class Room:
    """A world in a loop of its own, for tests hypothesis calls many times."""

    def __init__(self, runner: asyncio.Runner, world: World, web: Web) -> None:
        self.runner = runner
        self.world = world
        self.web = web
        self.count = 0

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        return self.runner.run(self.web.ask(method, path, body, **more))

    def refer(self, mark: dict[str, str]) -> str:
        return PLACES[mark["type"]]

    def name(self) -> str:
        self.count += 1
        return f"made-{self.count}"


@contextmanager
def room(folder: Path) -> Iterator[Room]:
    with asyncio.Runner() as runner:
        making = new_world(folder)
        world = runner.run(making.__aenter__())

        async def furnish() -> Web:
            await world.build("some-build")
            await world.deployment("some-web")
            await world.account("some-hub")
            await world.git_account("some-forge")
            return await web_of(world, await world.app.user("boss", admin=True))

        yield Room(runner, world, runner.run(furnish()))
        runner.run(making.__aexit__(None, None, None))


@pytest.mark.parametrize("type", ["server", "build", "deployment", "registry_account", "git_account", "schedule"])
@pytest.mark.parametrize("wrong", [False, True])
def test_any_config(tmp_path: Path, type: str, wrong: bool) -> None:
    declared = REGISTRY.types[type]
    accepted = 0
    with room(tmp_path) as here:

        @BOUNDED
        @given(of(declared.config, here.refer, wrong=wrong))
        def check(config: Any) -> None:
            nonlocal accepted
            name = here.name()
            response = here.ask("POST", f"/{declared.plural}", {"name": name, "config": config})
            assert response.status_code in (200, 422), response.text
            if response.status_code == 422:
                errors = response.json()["errors"]
                assert all(e["path"].startswith("config") for e in errors), errors
                return
            accepted += 1
            shown = here.ask("GET", f"/{declared.plural}/{name}").json()["config"]
            same(declared, config, shown)
            here.ask("PATCH", f"/{declared.plural}/{name}", {"config": shown})
            again = here.ask("GET", f"/{declared.plural}/{name}").json()
            assert (again["config"], again["revision"]) == (shown, 1), (
                "what is shown can be sent back and changes nothing"
            )
            assert here.ask("DELETE", f"/{declared.plural}/{name}").status_code in (202, 204)

        check()
    assert wrong or accepted, "nothing at all was accepted: the strategy is of no use"


def same(declared: Any, sent: Any, shown: Any) -> None:
    """What was sent is in what is shown; references by id, secrets as null."""
    value = msgspec.convert(sent, declared.config)
    masked = replace_marked(value, "secret", lambda mark, value, path: None)
    plain = replace_marked(masked, "refers_to", lambda mark, value, path: "id")
    back = replace_marked(msgspec.convert(shown, declared.config), "refers_to", lambda mark, value, path: "id")
    assert back == plain


@pytest.mark.parametrize("name", [n for n, o in REGISTRY.operations.items() if o.routed and n not in LEFT_OUT])
def test_any_parameters(tmp_path: Path, name: str) -> None:
    operation = REGISTRY.operations[name]
    method, path = REGISTRY.route(name)
    with room(tmp_path) as here:
        target = PLACES.get(name.partition(".")[0], "boss")

        @settings(BOUNDED, max_examples=25)
        @given(of(operation, here.refer, wrong=True), st.sampled_from([target, target, "\u00e9", "a b", "..", "%00"]))
        def check(given: Any, ref: str) -> None:
            body = {k: v for k, v in given.items() if k != "op"} if isinstance(given, dict) else given
            where = path.replace("{target}", ref.replace("/", "%2F").replace("?", "%3F"))
            if method in ("GET", "DELETE"):
                query = (
                    {k: v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}
                    if isinstance(body, dict)
                    else {}
                )
                response = here.ask(method, where, params=query)
            else:
                response = here.ask(method, where, body)
            # 502 and 503 are what a host, or a core without a key of its own, has to say.
            assert response.status_code < 500 or response.json()["code"] in ("unavailable", "host_error"), response.text

        check()


def as_query(given: Any) -> dict[str, str]:
    """Parameters as a query string may say them."""
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()} if isinstance(given, dict) else {}


def test_any_name_and_words(tmp_path: Path) -> None:
    with room(tmp_path) as here:

        @BOUNDED
        @given(TEXT, TEXT, st.lists(TEXT, max_size=3))
        def check(name: str, description: str, tags: list[str]) -> None:
            body = {"name": name, "description": description, "tags": tags, "config": {}}
            response = here.ask("POST", "/servers", body)
            if response.status_code == 200:
                shown = here.ask("GET", f"/servers/{name}").json()
                assert (shown["name"], shown["description"], shown["tags"]) == (name, description, tags)
                assert here.ask("GET", "/servers", params={"search": description[:50]}).json()["total"] >= 1
                here.ask("DELETE", f"/servers/{name}")
            else:
                assert response.status_code in (409, 422), response.text
            response = here.ask("PATCH", "/servers/host", {"description": description})
            assert response.status_code in (200, 422)
            for query in ("search", "tag", "state", "server", "cursor", "sort"):
                assert here.ask("GET", "/deployments", params={query: description}).status_code in (200, 422)

        check()


ENDS = [
    ("server", "address", {}, "host.example\n"),
    ("build", "source", {"url": "https://git.example/app\n"}, None),
    ("build", "source", {"url": "https://git.example/app", "commit": "abcdef0\n"}, None),
    ("build", "arguments", [{"name": "A\n"}], None),
    ("deployment", "container_name", {}, "web\n"),
    ("deployment", "network", {}, "bridge\n"),
    ("deployment", "image", {"kind": "image", "image": "web:1\n"}, None),
    ("deployment", "image", {"kind": "build", "build": "some-build", "version": "0.0.1\n"}, None),
    ("deployment", "ports", [{"container": 80, "address": "127.0.0.1\n"}], None),
]


@pytest.mark.parametrize(("type", "field", "value", "text"), ENDS)
async def test_a_line_break_at_the_end_is_no_end(world: World, type: str, field: str, value: Any, text: Any) -> None:
    """`$` of a pattern also stands before a last line break; what is one word must not bring one along."""
    await world.build("some-build")
    await world.deployment("some-web")
    web = await web_of(world, await world.app.user("boss", admin=True))
    response = await web.patch(f"/{REGISTRY.types[type].plural}/{PLACES[type]}", {"config": {field: text or value}})
    [named] = fields(response)
    assert named.startswith(f"config.{field}")


async def test_a_line_break_inside_is_kept_where_it_may_be(world: World) -> None:
    web = await web_of(world, await world.app.user("boss", admin=True))
    await world.deployment("some-web")
    config = {"command": ["a\n"], "environment": [{"name": "A", "value": "b\n"}]}
    assert (await web.patch("/deployments/some-web", {"config": config})).json()["config"]["command"] == ["a\n"]
