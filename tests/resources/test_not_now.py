"""What cannot work at this moment is said with its reason, to who may ask for it; core decides as before."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from monitor.abilities.git.calls import GitSource
from monitor.core.caller import SYSTEM
from monitor.kernel.hostview import HostView, Link
from monitor.kernel.permission import Level, Right
from monitor.kernel.resource import NoStatus, StatusInput
from monitor.resources.build import plan as build_plan
from monitor.resources.build.config import BuildConfig, ServerBuilder
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo, DeploymentStatus
from monitor.resources.deployment.operations.acts import Remove, Start
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.plan import hinders
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage
from tests.core.tab import Tab
from tests.core.world import World, new_world

GIVEN = StatusInput(
    "id", "web", 1, DeploymentConfig(server="host", image=LiteralImage(image="web:1")), DeploymentInfo(), None
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        yield made


def verbs(state: str, reason: str = "") -> dict[str, str]:
    found = hinders(GIVEN, DeploymentStatus(state=state, reason=reason))
    return {name.removeprefix("deployment."): said for name, said in found.items()}


def test_of_a_deployment_by_its_state() -> None:
    up = {"start": "it is running already", "unpause": "it is not paused"}
    assert verbs("running") == up
    paused = {"start": "it is paused: unpause it", "pause": "it is paused already", "terminal": "it is paused"}
    assert verbs("paused") == paused
    again = "it is restarting"
    assert verbs("restarting") == {"start": again, "pause": again, "unpause": "it is not paused", "terminal": again}
    for state in ("exited", "created", "dead"):
        assert verbs(state) == dict.fromkeys(("stop", "pause", "unpause", "kill", "terminal"), "it is not running")
    on_container = {"start", "stop", "restart", "pause", "unpause", "kill", "remove", "log", "log_file"} | {
        "check_update",
        "terminal",
        "update_image",
    }
    everything = {"deploy", "roll_back", "pull", *on_container}
    silent = verbs("unknown", "the server does not answer: cut")
    assert silent == dict.fromkeys(everything, "the server does not answer: cut")
    assert verbs("removing").keys() == everything
    never = verbs("not_deployed")
    assert never == dict.fromkeys(on_container, "it has never been deployed")
    taken = verbs("not_deployed", "another container on the server is called web")
    assert taken["deploy"] == "another container on the server is called web"


def test_a_container_that_would_be_renamed_too_must_be_in_sight() -> None:
    lost = DeploymentStatus(state="unknown", reason="cut")
    deployed = replace(GIVEN, info=DeploymentInfo(container="c1"))
    assert hinders(deployed, lost)["deployment.rename"] == "cut"
    named = replace(deployed, config=replace(GIVEN.config, container_name="other"))
    assert "deployment.rename" not in hinders(named, lost)


def test_what_a_build_makes_may_be_in_a_registry() -> None:
    built = replace(GIVEN, config=replace(GIVEN.config, image=BuiltImage(build="app")))
    said = hinders(built, DeploymentStatus(state="running"))
    assert "deployment.pull" not in said


def test_of_a_build_by_its_builder() -> None:
    config = BuildConfig(builder=ServerBuilder(server="host"), source=GitSource(url="https://git.example/app"))

    def said(view: HostView | None) -> str:
        given = StatusInput("id", "app", 1, config, BuildInfo(), view)
        return build_plan.hinders(given, NoStatus()).get("build.run", "")

    assert said(HostView(link=Link.UP, docker=True)) == ""
    assert said(HostView(link=Link.DOWN, reason="cut")) == "its builder does not answer: cut"
    assert said(HostView(link=Link.UP, docker=False, reason="no")) == "Docker on its builder does not answer: no"
    assert "no periphery" in said(HostView())
    assert said(None) == said(HostView())


async def test_it_follows_what_happens(world: World) -> None:
    await world.deployment("web")
    await world.build("app")
    tab = Tab(world, SYSTEM)
    await tab.subscribe(1, "deployment.changes")
    await tab.subscribe(2, "build.changes")

    def now(id: int) -> dict[str, str]:
        [shown] = tab.held(id).values()
        return shown["not_now"]

    assert now(1)["deployment.stop"] == "it has never been deployed"
    assert now(2) == {"build.push": "it names no registry to push to", "build.redeploy": "it has built nothing yet"}
    await world.do(Deploy(target="web"))
    assert now(1) == {"deployment.start": "it is running already", "deployment.unpause": "it is not paused"}
    await world.do(Remove(target="web"))
    assert "deployment.stop" in now(1)
    world.host.down = "cut"
    await world.clock.advance(10)
    assert now(1)["deployment.deploy"].startswith("the server does not answer: ")
    assert now(2)["build.run"].startswith("its builder does not answer: ")
    world.host.down = ""
    await world.clock.advance(10)
    assert now(2) == {"build.push": "it names no registry to push to", "build.redeploy": "it has built nothing yet"}
    world.host.docker_down = "stopped"
    await world.clock.advance(1)
    assert now(2)["build.run"].startswith("Docker on its builder does not answer: ")


async def test_only_of_what_one_may_ask_for(world: World) -> None:
    ann = await world.app.user("ann")
    web = await world.deployment("web")
    await world.grant(ann, "deployment", web.id, Level.READ, (Right.LOGS,))
    shown: Any = await world.app.get(DEPLOYMENT, "web", ann)
    assert shown.not_now == dict.fromkeys(("deployment.log", "deployment.log_file"), "it has never been deployed")
    await world.grant(ann, "deployment", web.id, Level.READ)
    assert (await world.app.get(DEPLOYMENT, "web", ann)).not_now == {}


async def test_it_is_advice_and_no_refusal(world: World) -> None:
    await world.deployment("web")
    await world.do(Deploy(target="web"))
    assert (await world.app.get(DEPLOYMENT, "web")).not_now
    assert (await world.do(Start(target="web"))).state == "succeeded"


async def test_builds_are_found_by_their_builder(world: World) -> None:
    other = await world.app.server("other")
    await world.build("here")
    await world.build("there", builder=ServerBuilder(server="other"))
    listing = world.app.core.handlers["build.list"].operation
    page = await world.app.run(listing(server=other.id))
    assert [b.name for b in page.items] == ["there"]
    assert "build.run" not in (await world.app.get(BUILD, "here")).not_now
