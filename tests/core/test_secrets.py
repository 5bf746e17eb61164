"""Secrets: sealed at rest, kept by null, and in no answer, record, journal, stream, log or error in any spelling."""

import base64
import json
import logging
from typing import Any
from urllib.parse import quote

import pytest

from monitor.abilities.container.calls import ReplaceContainer
from monitor.core.config import reveal
from monitor.core.openapi import document
from monitor.kernel.errors import HostError, Invalid
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import SecretVariable
from tests.core.tab import Tab
from tests.core.web import fields, web_of
from tests.core.world import World, refused, updating

CANARY = 'c4n/ary$"ß+value'
KINDS = ("activity", "grant", "user", "session", "core", "resource.deployment", "info.deployment", "resource.server")


def spelled(secret: str) -> list[str]:
    """How it might come out."""
    data = secret.encode()
    return [
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        quote(secret, safe=""),
        base64.b64encode(data).decode(),
        secret.replace("$", "$$"),
    ]


async def with_secret(world: World, **more: Any) -> Any:
    return await world.deployment("web", secret_environment=(SecretVariable(name="TOKEN", value=CANARY),), **more)


async def everything_stored(world: World) -> str:
    """The raw store: documents, journal, output."""
    store = world.app.store
    found = [d.body for kind in KINDS for d in await store.all(kind)]
    found += [w.entry.body for w in await store.journal(limit=100_000)]
    for activity in await world.activities():
        found += [r.data for r in await store.read(f"output/{activity.id}", 0, 100_000)]
    return "\n".join(body.decode("utf-8", "replace") for body in found)


def leaks(text: str) -> list[str]:
    return [form for form in spelled(CANARY) if form in text]


async def test_a_secret_reaches_the_container_and_nothing_else(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    boss = await world.app.user("boss", admin=True)
    web, tab = await web_of(world, boss), Tab(world, boss)
    await tab.subscribe(1, "deployment.changes")
    await tab.subscribe(2, "activity.watch")
    body = {
        "name": "web",
        "config": {
            "server": "host",
            "image": {"kind": "image", "image": "web:1"},
            "secret_environment": [{"name": "TOKEN", "value": CANARY}],
        },
    }
    answers = [await web.post("/deployments", body)]
    deployed = await world.ended(await world.app.run(Deploy(target="web"), boss))
    container = world.host.machine.named("web")
    assert container is not None
    assert f"TOKEN={CANARY}" in container.body["Env"]
    container.lines += [f"echo {form}\n".encode() for form in spelled(CANARY)]
    await tab.subscribe(3, "deployment.follow_log", target="web")
    answers += [
        await web.patch(
            "/deployments/web", {"config": {"secret_environment": [{"name": "TOKEN", "value": CANARY + "2"}]}}
        ),
        await web.patch("/deployments/web", {"config": {"secret_environment": [{"name": "OTHER", "value": None}]}}),
        await web.patch(
            "/deployments/web", {"config": {"secret_environment": [{"name": "T", "value": CANARY, "x": 1}]}}
        ),
        await web.patch("/deployments/web", {"config": {"secret_environment": [{"name": "T\0", "value": CANARY}]}}),
        await web.patch("/deployments/web", {"revision": 1, "config": {"stop_timeout": 7}}),
        await web.post("/deployments", body),
    ]
    answers += [
        await web.get(path)
        for path in (
            "/deployments",
            "/deployments/web",
            "/deployments/web/log",
            "/activity",
            f"/activity/{deployed.id}/output",
            "/servers/host/containers",
            "/servers",
            "/types",
            "/openapi.json",
            "/metrics",
        )
    ]
    assert [a.status_code for a in answers[:7]] == [200, 200, 422, 422, 422, 409, 409]
    for answer in answers:
        assert leaks(answer.text) == [], answer.request.url
    assert leaks(json.dumps(tab.frames, ensure_ascii=False)) == []
    assert "********" in str(tab.of(3))
    assert leaks(await everything_stored(world)) == []
    assert leaks(caplog.text) == []
    assert "sealed:1:" in await everything_stored(world)
    shown = (await web.get("/deployments/web")).json()["config"]["secret_environment"]
    assert shown == [{"name": "TOKEN", "value": None}]


async def test_output_of_jobs_is_redacted_in_every_spelling(world: World) -> None:
    await with_secret(world)
    world.host.machine.exits["web:1"] = 1
    original = world.host.machine.start

    def start(container: Any) -> None:
        container.lines += [form.encode() for form in spelled(CANARY)]
        original(container)

    world.host.machine.start = start  # type: ignore[method-assign] - a container that prints its environment
    end = await world.do(Deploy(target="web"))
    output = b"".join(x.data for x in await world.app.core.outputs.read(end.id, 0, 1000)).decode()
    assert output.count("********") == len(spelled(CANARY))
    assert leaks(output) == []
    world.host.fail_next(
        ReplaceContainer, HostError(f"daemon said: TOKEN={CANARY}", hint=f"see {quote(CANARY, safe='')}")
    )
    end = await world.do(Deploy(target="web"))
    assert end.error.startswith("daemon said: TOKEN=")
    assert leaks(end.error + end.hint) == []


async def test_a_log_does_not_show_a_secret_cut_in_two(world: World) -> None:
    await with_secret(world)
    await world.do(Deploy(target="web"))
    container = world.host.machine.named("web")
    assert container is not None
    container.lines += [b"first " + CANARY[:7].encode(), CANARY[7:].encode() + b" rest\n", b"next line\n"]
    container.parts = {0}
    lines = (await world.app.run(ReadLog(target="web"))).lines
    text = "".join(line.text for line in lines)
    assert CANARY not in text
    assert "first ******** rest" in text
    assert text.endswith("next line")


async def test_null_keeps_what_is_stored_and_absent_says_so(world: World) -> None:
    await with_secret(world)
    await world.update(DEPLOYMENT, "web", config={"secret_environment": [{"name": "TOKEN", "value": None}]})
    assert revealed(world) == {"TOKEN": CANARY}
    await world.update(
        DEPLOYMENT,
        "web",
        config={"secret_environment": [{"name": "FIRST", "value": "one"}, {"name": "TOKEN", "value": None}]},
    )
    assert revealed(world) == {"FIRST": "one", "TOKEN": CANARY}, "it stays with its name, not its place"
    await world.update(DEPLOYMENT, "web", config={"stop_timeout": 3})
    assert revealed(world) == {"FIRST": "one", "TOKEN": CANARY}
    failure = await refused(
        world, updating(DEPLOYMENT, "web", config={"secret_environment": [{"name": "RENAMED", "value": None}]})
    )
    assert isinstance(failure, Invalid)
    assert failure.fields[0].path == "config.secret_environment[RENAMED].value"
    await world.update(DEPLOYMENT, "web", config={"secret_environment": []})
    assert revealed(world) == {}


async def test_whoever_gives_a_short_secret_is_told_what_that_means(world: World) -> None:
    made = await with_secret(world)
    assert made.notes == ()
    given = [{"name": "TOKEN", "value": None}, {"name": "SHORT", "value": "obj"}]
    changed = await world.update(DEPLOYMENT, "web", config={"secret_environment": given})
    (note,) = changed.notes
    assert note.startswith(
        "config.secret_environment[SHORT].value: so short a secret is blacked out inside other words"
    )
    assert "obj" not in note
    given[1]["value"] = "object"
    assert (await world.update(DEPLOYMENT, "web", config={"secret_environment": given})).notes == ()


async def test_the_record_says_that_a_secret_changed_not_to_what(world: World) -> None:
    await with_secret(world)
    await world.update(DEPLOYMENT, "web", config={"secret_environment": [{"name": "TOKEN", "value": "another"}]})
    [change] = next(a for a in await world.activities() if a.operation == "deployment.update").changes
    assert change.field == "config.secret_environment"
    assert change.before == '[{"name":"TOKEN","value":"********"}]'
    assert change.after == '[{"name":"TOKEN","value":"********"}] (a secret value changed)'
    before = len(await world.activities())
    await world.update(DEPLOYMENT, "web", config={"secret_environment": [{"name": "TOKEN", "value": None}]})
    assert len(await world.activities()) == before, "keeping it is no change"


async def test_a_sealed_value_opens_for_its_own_resource_only(world: World) -> None:
    first = await with_secret(world)
    second = await world.deployment("other", secret_environment=(SecretVariable(name="TOKEN", value=CANARY),))
    seal, catalog = world.app.core.parts.seal, world.app.core.parts.catalog
    values = {r: catalog.all("deployment")[r].stored.sealed[0].value for r in (first.id, second.id)}
    assert values[first.id] != values[second.id]
    assert seal.open(values[first.id], first.id) == CANARY
    with pytest.raises(Exception, match="cannot be opened"):
        seal.open(values[first.id], second.id)


async def test_what_looks_sealed_is_a_secret_like_any_other(world: World) -> None:
    """Somebody who copies a sealed value from a stolen store cannot have core open it for him."""
    await with_secret(world)
    record = world.app.core.parts.catalog.find("deployment", "web")
    assert record is not None
    stolen = record.stored.sealed[0].value
    await world.update(DEPLOYMENT, "web", config={"secret_environment": [{"name": "TOKEN", "value": stolen}]})
    assert revealed(world) == {"TOKEN": stolen}


@pytest.mark.parametrize(
    "value", ["", " ", "x", "\n", "0", "null", "é" * 1000, "\u2028", "a\nb", "'; DROP TABLE", "x" * 131_072]
)
async def test_any_text_can_be_a_secret(world: World, value: str) -> None:
    await world.deployment("web", secret_environment=(SecretVariable(name="TOKEN", value=value),))
    assert revealed(world) == {"TOKEN": value}
    await world.do(Deploy(target="web"))
    container = world.host.machine.named("web")
    assert container is not None
    assert f"TOKEN={value}" in container.body["Env"]
    await world.app.crash()
    assert revealed(world) == {"TOKEN": value}


async def test_readers_of_logs_see_no_secrets_either(world: World) -> None:
    ann = await world.app.user("ann")
    await with_secret(world)
    await world.grant(ann, "deployment", "web", Level.READ, (Right.LOGS,))
    await world.do(Deploy(target="web"))
    container = world.host.machine.named("web")
    assert container is not None
    container.lines.append(f"{CANARY}\n".encode())
    web = await web_of(world, ann)
    assert (await web.get("/deployments/web/log")).json()["lines"][-1]["text"] == "********"


async def test_a_running_container_may_go_on_printing_the_secret_it_was_started_with(world: World) -> None:
    await with_secret(world)
    await world.do(Deploy(target="web"))
    await world.update(DEPLOYMENT, "web", config={"secret_environment": [{"name": "TOKEN", "value": "the next one"}]})
    await world.update(DEPLOYMENT, "web", config={"secret_environment": []})
    container = world.host.machine.named("web")
    assert container is not None
    container.lines += [f"{CANARY}\n".encode(), b"the next one\n"]
    assert [line.text for line in (await world.app.run(ReadLog(target="web"))).lines] == ["********", "********"]
    await world.app.crash()
    await world.clock.advance(1)
    assert [line.text for line in (await world.app.run(ReadLog(target="web"))).lines] == ["********", "********"]


async def test_the_document_marks_secrets_as_write_only(world: World) -> None:
    text = json.dumps(document(world.app.core.parts.registry))
    schemas = document(world.app.core.parts.registry)["components"]["schemas"]
    assert schemas["SecretVariable"]["properties"]["value"]["writeOnly"] is True
    assert CANARY not in text
    boss = await web_of(world, await world.app.user("boss", admin=True))
    refusal = await boss.post("/users", {"name": "x", "password": CANARY, "admin": "yes"})
    assert fields(refusal) == ["admin"]
    assert leaks(refusal.text) == []


def revealed(world: World) -> dict[str, str]:
    """The secrets as a deploy would see them."""
    parts = world.app.core.parts
    record = parts.catalog.find("deployment", "web")
    assert record is not None
    return {v.name: v.value or "" for v in reveal(parts, record.stored, []).secret_environment}
