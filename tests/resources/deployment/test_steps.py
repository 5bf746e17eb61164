"""The steps of a deploy are known before it takes them, in each of its ways, and each is described."""

from typing import Any

import pytest

from monitor.everything import everything
from monitor.kernel.activity import State
from monitor.resources.deployment import plan
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.acts import Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.values import LiteralImage, UpdateOrder
from tests.core.world import World

FIRST = ("create", "start", "verify")
BESIDE = ("create", "start", "verify", "rename", "remove")
IN_TURN = ("create", "park", "start", "verify", "remove")


def config(**given: Any) -> DeploymentConfig:
    return DeploymentConfig(server="host", image=LiteralImage(image="web:1"), **given)


@pytest.mark.parametrize(
    ("given", "state", "steps"),
    [
        (config(), "not_deployed", FIRST),
        (config(), "unknown", FIRST),
        (config(), "running", BESIDE),
        (config(), "paused", BESIDE),
        (config(), "exited", IN_TURN),
        (config(network="host"), "running", IN_TURN),
        (config(update_order=UpdateOrder.STOP_FIRST), "running", IN_TURN),
        (config(pull=True), "running", ("pull", *BESIDE)),
    ],
)
def test_what_a_deploy_is_expected_to_take(given: DeploymentConfig, state: str, steps: tuple[str, ...]) -> None:
    assert plan.expected_steps(given, engine_body(given, "web:1", {}), state) == steps


async def test_what_was_expected_is_what_is_taken(world: World) -> None:
    await world.deployment("web")
    for steps in (FIRST, BESIDE):
        end = await world.do(Deploy(target="web"))
        assert end.state is State.SUCCEEDED
        assert (end.expected, tuple(step.name for step in end.steps)) == (steps, steps)
    await world.do(Stop(target="web"))
    end = await world.do(Deploy(target="web"))
    assert (end.expected, tuple(step.name for step in end.steps)) == (IN_TURN, IN_TURN)


def test_every_step_of_a_deploy_says_what_it_is_and_what_its_failure_means() -> None:
    named = {info.name: info for info in Deploy.steps}
    assert set(named) == {"pull", *FIRST, *BESIDE, *IN_TURN}
    assert all(info.title and info.meanwhile for info in named.values())


def test_what_an_action_says_of_its_steps_can_be_shown() -> None:
    """Those that have a job of the same steps each time say them; a terminal has none."""
    said = {name: each.steps for name, each in everything().operations.items() if each.steps}
    assert {"deployment.deploy", "deployment.roll_back", "deployment.stop", "build.run"} <= set(said)
    for name, steps in said.items():
        assert len({step.name for step in steps}) == len(steps), name
        assert all(step.name and step.title for step in steps), name
