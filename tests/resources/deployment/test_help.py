"""No field of the deployment's form leaves people alone: what GET /api/types says of each."""

from typing import Any

from monitor.features.types.spec import ListTypes
from tests.core.world import World


def lacking(field: dict[str, Any], mark: str) -> bool:
    """A field that may be null has its marks on one of its kinds."""
    return not any(str(each.get(mark, "")).strip() for each in (field, *field.get("anyOf", ())))


async def test_every_field_has_a_sentence_of_help_and_a_link_to_dockers_documentation(world: World) -> None:
    [deployment] = [each for each in await world.app.run(ListTypes()) if each.name == "deployment"]
    fields: dict[str, Any] = deployment.config["$defs"]["DeploymentConfig"]["properties"]
    assert len(fields) > 60
    assert [name for name, field in fields.items() if lacking(field, "description")] == []
    assert [name for name, field in fields.items() if lacking(field, "x-docs")] == []
    assert all("https://docs.docker.com/" in str(field) for field in fields.values())


async def test_every_part_of_a_field_has_a_sentence_of_help(world: World) -> None:
    [deployment] = [each for each in await world.app.run(ListTypes()) if each.name == "deployment"]
    parts: dict[str, Any] = deployment.config["$defs"]
    without = [
        f"{part}.{name}"
        for part, schema in parts.items()
        for name, field in schema.get("properties", {}).items()
        if name != "kind" and lacking(field, "description")
    ]
    assert without == []
