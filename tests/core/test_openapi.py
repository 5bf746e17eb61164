"""The OpenAPI document as programs read it: every topic in it, nothing it refers to missing, events as it says."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from monitor.core import docs_page
from monitor.core.openapi import document
from monitor.everything import everything
from monitor.resources.alert_rule.conditions import Exited
from monitor.resources.alert_rule.spec import ALERT_RULE, AlertRuleConfig
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceConfig
from monitor.resources.maintenance.times import Daily
from monitor.resources.schedule.spec import SCHEDULE, ScheduleConfig
from tests.core.tab import Tab
from tests.core.world import IMAGE, World
from tests.notifying.events import happens

REGISTRY = everything()
DOCUMENT = document(REGISTRY)
TOPICS: dict[str, Any] = DOCUMENT["x-topics"]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_every_topic_is_described() -> None:
    assert TOPICS.keys() == REGISTRY.streams.keys()
    schemas = DOCUMENT["components"]["schemas"]
    for name, topic in TOPICS.items():
        assert topic["description"], name
        assert topic["kind"] in ("state", "log")
        parameters = schemas[topic["parameters"]["$ref"].rpartition("/")[2]]
        assert parameters["properties"]["topic"] == {"enum": [name]}
        assert "$ref" in topic["event"]
    assert TOPICS["server.changes"]["event"] == {"$ref": "#/components/schemas/Server"}
    assert TOPICS["activity.runs"]["event"] == {"$ref": "#/components/schemas/Runs"}


def test_nothing_it_refers_to_is_missing() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert set(references(DOCUMENT)) <= known
    assert not [name for name in DOCUMENT["components"]["schemas"] if not name.isidentifier()]


def test_the_page_shows_the_topics() -> None:
    page = docs_page.page(DOCUMENT)
    for name in TOPICS:
        assert f"<code>{name}</code>" in page


OF_CONTAINERS = ("server.container_stats", "server.container_top", "server.follow_container_log")
"""Topics that are told of which container of the server they are."""


@pytest.mark.parametrize("name", TOPICS)
async def test_events_are_what_it_says(world: World, name: str) -> None:
    boss = await world.app.user("boss", admin=True)
    await world.build("app")
    await world.account("hub")
    await world.git_account("forge")
    await world.app.create(SCHEDULE, "nightly", ScheduleConfig())
    await world.app.create(MAINTENANCE, "patches", MaintenanceConfig(when=Daily()))
    await world.app.create(ALERT_TARGET, "open-ones", AlertTargetConfig(service=ServiceName.BROWSER))
    web = await world.deployment("web")
    await world.do(Deploy(target="web"), boss)
    built = await world.do(RunBuild(target="app"), boss)
    container = world.host.machine.named("web")
    assert container is not None
    container.lines.append(b"one\n")
    targets = {"server": "host", "build": "app", "deployment": web.id, "activity": built.id}
    target = targets[name.partition(".")[0]] if TOPICS[name]["targeted"] else ""
    stray = world.host.machine.create("stray", {"Image": IMAGE})
    world.host.machine.start(stray)
    stray.lines.append(b"one\n")
    ended = world.host.machine.create("ended", {"Image": IMAGE})
    world.host.machine.start(ended)
    watched = AlertRuleConfig(what=Exited(unmanaged=True), lasts=0)
    await world.app.create(ALERT_RULE, "ended", watched)
    world.host.machine.exit(ended, 3)
    await world.clock.advance(1)
    tab = Tab(world, boss)
    more = {"container": "stray"} if name in OF_CONTAINERS else {}
    await tab.subscribe(1, name, target=target, **more)
    await happens(world)
    await world.clock.advance(5)
    sent = [f["data"] for f in tab.of(1) if f["kind"] == "append"] or list(tab.held(1).values())
    assert sent
    schema = {**TOPICS[name]["event"], "components": DOCUMENT["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema)
    for data in sent:
        assert [e.message for e in validator.iter_errors(data)] == []
