"""Edits: what is given is replaced whole, the rest stays; names are unique and may change; what is used is kept."""

import asyncio

import pytest

from monitor.kernel.errors import Conflict, Invalid, NotFound
from monitor.kernel.permission import Level
from monitor.kernel.standard import standard_operations
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.spec import SERVER
from tests.core.web import fields, problem, web_of
from tests.core.world import World, refused, updating


async def test_absent_stays_and_given_is_replaced_whole(world: World) -> None:
    web = await web_of(world, await world.app.user("boss", admin=True))
    await world.deployment("web", environment=(), stop_timeout=3)
    both = [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    first = (await web.patch("/deployments/web", {"config": {"environment": both}})).json()
    assert [v["name"] for v in first["config"]["environment"]] == ["A", "B"]
    assert first["config"]["stop_timeout"] == 3
    second = (await web.patch("/deployments/web", {"config": {"environment": both[:1]}})).json()
    assert [v["name"] for v in second["config"]["environment"]] == ["A"], "a list is replaced, not merged"
    assert fields(await web.patch("/deployments/web", {"config": {"environment": None}})) == ["config.environment"]
    assert fields(await web.patch("/deployments/web", {"config": None})) == ["config"]
    assert fields(await web.patch("/deployments/web", {"name": None})) == ["name"]
    image = (await web.patch("/deployments/web", {"config": {"image": {"kind": "image", "image": "web:2"}}})).json()
    assert image["config"]["image"] == {"kind": "image", "image": "web:2"}
    third = (await web.patch("/deployments/web", {"tags": ["shop"]})).json()
    assert (third["tags"], third["config"]) == (["shop"], image["config"])


async def test_the_revision_counts_edits_that_change_something(world: World) -> None:
    web = await world.deployment("web")
    assert web.revision == 1
    assert (await world.update(DEPLOYMENT, "web", config={"stop_timeout": 10})).revision == 1, "as it was"
    assert (await world.update(DEPLOYMENT, "web")).revision == 1
    assert (await world.update(DEPLOYMENT, "web", config={"stop_timeout": 3})).revision == 2
    await world.do(Deploy(target="web"))
    assert (await world.app.get(DEPLOYMENT, "web")).revision == 2, "what a deploy notes is no edit"
    before = len(await world.activities())
    await world.update(DEPLOYMENT, "web", config={"stop_timeout": 3})
    assert len(await world.activities()) == before, "nothing changed, nothing is recorded"


async def test_edits_at_once_are_all_or_by_revision_one(world: World) -> None:
    await world.deployment("web")
    edits = [world.update(DEPLOYMENT, "web", tags=[f"tag-{n}"]) for n in range(10)]
    answers = await asyncio.gather(*edits)
    assert sorted(a.revision for a in answers) == list(range(2, 12))
    last = max(answers, key=lambda a: a.revision)
    assert (await world.app.get(DEPLOYMENT, "web")).tags == last.tags
    conditional = [world.update(DEPLOYMENT, "web", revision=11, description=f"by {n}") for n in range(10)]
    outcomes = await asyncio.gather(*conditional, return_exceptions=True)
    assert sum(not isinstance(o, Exception) for o in outcomes) == 1
    assert all(isinstance(o, Conflict) for o in outcomes if isinstance(o, Exception))


async def test_names_are_unique_in_their_type_and_free_again(world: World) -> None:
    web = await web_of(world, await world.app.user("boss", admin=True))
    first = await world.deployment("web")
    await world.build("web")
    with pytest.raises(Conflict) as taken:
        await world.deployment("web")
    assert taken.value.fields[0].path == "name"
    await world.deployment("other")
    refusal = problem(await web.patch("/deployments/other", {"name": "web"}), 409)
    assert refusal["errors"][0]["path"] == "name"
    assert (await world.update(DEPLOYMENT, "web", name="shop")).id == first.id
    assert isinstance(await refused(world, updating(DEPLOYMENT, "web", description="x")), NotFound)
    assert (await world.update(DEPLOYMENT, "other", name="web")).name == "web"
    assert (await world.update(DEPLOYMENT, first.id, name="shop")).name == "shop", "its own name is no other's"
    racing = [world.deployment("race") for _ in range(5)]
    outcomes = await asyncio.gather(*racing, return_exceptions=True)
    assert sum(not isinstance(o, Exception) for o in outcomes) == 1


async def test_an_id_is_found_and_never_taken_for_a_name(world: World) -> None:
    web = await world.deployment("web")
    assert (await world.app.get(DEPLOYMENT, web.id)).name == "web"
    assert isinstance(await refused(world, updating(DEPLOYMENT, web.id.lower(), description="x")), NotFound)
    with pytest.raises(Invalid):
        await world.deployment(web.id)


async def test_references_are_stored_as_ids_and_survive_a_rename(world: World) -> None:
    await world.build("app")
    await world.do(RunBuild(target="app"))
    web = await world.deployment("web", image=BuiltImage(build="app"))
    build = await world.app.get(BUILD, "app")
    assert web.config.image.build == build.id
    assert web.names == {build.id: "app", web.config.server: "host"}
    await world.update(BUILD, "app", name="renamed")
    assert (await world.app.get(DEPLOYMENT, "web")).names[build.id] == "renamed"
    assert (await world.do(Deploy(target="web"))).summary == "deployed app:0.0.1"


async def test_what_is_used_is_not_deleted(world: World) -> None:
    delete = standard_operations(SERVER)["delete"]
    await world.deployment("web")
    failure = await refused(world, delete(target="host"))
    assert isinstance(failure, Conflict)
    assert "deployment web" in failure.message
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.WRITE)
    hidden = await refused(world, delete(target="host"), ann)
    assert "web" not in hidden.message


async def test_a_new_reference_and_a_delete_at_once_leave_no_orphan(world: World) -> None:
    await world.build("app")
    delete = standard_operations(BUILD)["delete"]
    creating = world.deployment("web", image=BuiltImage(build="app"))
    deleting = world.app.run(delete(target="app"))
    outcomes = await asyncio.gather(creating, deleting, return_exceptions=True)
    assert sum(isinstance(o, Exception) for o in outcomes) == 1
    catalog = world.app.core.parts.catalog
    assert (catalog.find("build", "app") is None) == (catalog.find("deployment", "web") is None)


@pytest.mark.parametrize(
    "config",
    [
        {"ports": [{"container": 80, "host": 8080}, {"container": 81, "host": 8080}]},
        {"volumes": [{"source": "data", "target": "/a"}, {"source": "more", "target": "/a"}]},
        {"environment": [{"name": "A"}, {"name": "A"}]},
        {"environment": [{"name": "A"}], "secret_environment": [{"name": "A", "value": "x"}]},
        {"volumes": [{"source": "a/b", "target": "/a"}]},
        {"volumes": [{"source": "data:ro", "target": "/a"}]},
        {"volumes": [{"source": "x", "target": "/a"}]},
    ],
)
async def test_what_docker_would_refuse_is_refused_when_it_is_written(world: World, config: object) -> None:
    await world.deployment("web")
    failure = await refused(world, updating(DEPLOYMENT, "web", config=config))
    assert isinstance(failure, Invalid)
    assert failure.fields[0].path.startswith("config.")


async def test_configs_come_back_after_a_restart_as_they_were(world: World) -> None:
    await world.app.create(SERVER, "other", ServerConfig(address="10.0.0.9", build_slots=3, enabled=False))
    config = DeploymentConfig(
        server="host", image=LiteralImage(image="web:1"), command=("sh", "-c", "echo 'é\n\u2028'"), stop_timeout=0
    )
    made = await world.app.create(DEPLOYMENT, "web", config)
    await world.app.crash()
    again = await world.app.get(DEPLOYMENT, "web")
    assert again.config == made.config
    assert (await world.app.get(SERVER, "other")).config.build_slots == 3
