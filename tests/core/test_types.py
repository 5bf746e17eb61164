"""What core publishes of its declarations, for screens that derive forms, lists and buttons from them."""

from typing import Any

from monitor.core.caller import SYSTEM
from tests.core.web import web_of
from tests.core.world import World


async def published(world: World) -> dict[str, Any]:
    boss = await world.app.user("boss", admin=True)
    web = await web_of(world, boss)
    return {t["name"]: t for t in (await web.get("/types")).json()}


async def test_a_type_says_what_it_is_and_what_its_parts_are(world: World) -> None:
    types = await published(world)
    deployment = types["deployment"]
    assert deployment["help"] == "One container kept on one server."
    assert {c["label"]: c["kind"] for c in deployment["columns"]} == {
        "State": "state",
        "Server": "reference",
        "Image": "image",
        "Update": "text",
        "Since": "time",
    }
    assert {c["kind"] for c in types["server"]["columns"]} == {"state", "text", "percent", "number"}
    for part, field in (("config", "image"), ("info", "image_id"), ("status", "health")):
        schema = deployment[part]
        assert field in schema["$defs"][schema["$ref"].rpartition("/")[2]]["properties"]


async def test_fields_have_labels_groups_and_where_docker_describes_them(world: World) -> None:
    definitions = (await published(world))["deployment"]["config"]["$defs"]
    fields = definitions["DeploymentConfig"]["properties"]
    assert fields["restart"]["x-docs"].startswith("https://docs.docker.com/")
    assert list(dict.fromkeys(f["x-group"] for f in fields.values())) == [
        *("Image", "Command", "Environment", "Network", "Storage", "Resources", "Health"),
        *("Security", "Logging", "Behaviour", "Updates", "Advanced"),
    ]
    port = definitions["PublishedPort"]["properties"]["host"]
    assert (port["x-label"], port["description"]) == (
        "Host port",
        "Where the host listens; 0: Docker chooses a free one.",
    )
    secret = definitions["SecretVariable"]["properties"]["value"]
    assert secret["x-secret"]
    assert secret["x-label"] == "Value"


async def test_operations_have_the_words_of_their_buttons(world: World) -> None:
    types = await published(world)
    operations = {o["name"]: o for t in types.values() for o in t["operations"]}
    assert (operations["build.run"]["title"], operations["build.run"]["danger"]) == ("Build", False)
    assert (operations["deployment.remove"]["title"], operations["deployment.remove"]["danger"]) == ("Remove", True)
    assert operations["server.delete"]["danger"]


async def test_topics_are_described_with_what_they_send(world: World) -> None:
    types = await published(world)
    streams = {s["name"]: s for t in types.values() for s in t["streams"]}
    assert streams.keys() == {n for t in types.values() for n in t["topics"]}
    log = streams["deployment.follow_log"]
    assert (log["kind"], log["targeted"], log["needs"]) == ("log", True, "logs")
    assert "text" in log["event"]["$defs"]["LogLine"]["properties"]
    assert streams["server.changes"]["help"]
    assert "status" in str(streams["server.changes"]["event"])


async def test_everybody_is_told_the_same(world: World) -> None:
    ann = await world.app.user("ann")
    asked = world.app.core.handlers["type.list"].operation()
    assert await world.app.run(asked, ann) == await world.app.run(asked, SYSTEM)
