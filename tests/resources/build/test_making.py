"""How a build is made, as its config says it: what is refused, what takes a host power, and what the host is told."""

from typing import Any

import pytest

from monitor.abilities.build.calls import (
    BuildImage,
    BuildNetwork,
    Entitlement,
    InContainer,
    Limits,
    Maker,
    OnHost,
)
from monitor.abilities.git.calls import GitSource
from monitor.kernel.errors import Forbidden, Invalid
from monitor.kernel.permission import HostPower, Level
from monitor.resources.build import plan
from monitor.resources.build.config import BuildConfig, ServerBuilder
from monitor.resources.build.fields import BuildSecret, before_of
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from tests.core.world import World, refused, updating

SOURCE = GitSource(url="https://git.example/app")
GENERATE = InContainer(image="node:24", command=("npm", "run", "generate"))
PLANTED = "pl4nted-s3cret"


def config(**fields: Any) -> BuildConfig:
    return BuildConfig(**{"builder": ServerBuilder(server="s"), "source": SOURCE, **fields})


def test_the_host_is_told_all_of_it() -> None:
    given = config(
        target="release",
        maker=Maker.BUILDKIT,
        platform="linux/arm64",
        network=BuildNetwork.NONE,
        secrets=(BuildSecret(name="npm", value=PLANTED),),
        before=GENERATE,
        memory=2**30,
        cpus=1.5,
        processes=100,
        output_limit=2**20,
    )
    assert plan.work(given, "app", "0.0.1", (), tags=("latest",)) == BuildImage(
        source=SOURCE,
        tags=("app:0.0.1", "app:latest"),
        target="release",
        maker=Maker.BUILDKIT,
        platform="linux/arm64",
        network=BuildNetwork.NONE,
        secrets=(("npm", PLANTED),),
        before=GENERATE,
        limits=Limits(memory=2**30, cpus=1.5, processes=100, output=2**20),
    )
    assert plan.steps(given) == ("clone", "before", "build", "inspect")
    assert plan.steps(config(source=None)) == ("write", "build", "inspect")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"secrets": (BuildSecret(name="a", value="x"),) * 2}, "config.secrets"),
        ({"secrets": (BuildSecret(name="a", value="x"),), "maker": Maker.CLASSIC}, "config.secrets"),
        ({"secrets": (BuildSecret(name="a", value="ü" * 40_000),)}, "config.secrets[a].value"),
        ({"secrets": (BuildSecret(name="a", value="x\n" * 500),)}, "config.secrets[a].value"),
        ({"entitlements": (Entitlement.NETWORK_HOST,), "maker": Maker.CLASSIC}, "config.entitlements"),
        ({"entitlements": (Entitlement.NETWORK_HOST,) * 2}, "config.entitlements"),
        ({"memory": 1000}, "config.memory"),
        ({"cpus": 0.001}, "config.cpus"),
        ({"processes": 3}, "config.processes"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, Any], field: str) -> None:
    plan.validate(None, config())
    with pytest.raises(Invalid) as refusal:
        plan.validate(None, config(**fields))
    assert [wrong.path for wrong in refusal.value.fields] == [field]


def test_what_reaches_the_host_is_a_host_power() -> None:
    assert plan.powers(config(before=GENERATE, network=BuildNetwork.NONE)) == frozenset()
    assert plan.powers(config(network=BuildNetwork.HOST)) == {HostPower.BUILD}
    for entitlement in Entitlement:
        assert plan.powers(config(entitlements=(entitlement,))) == {HostPower.BUILD}
    assert plan.powers(config(before=OnHost(command=("true",)))) == {HostPower.COMMAND}


def test_a_command_before_as_text() -> None:
    assert before_of("container node:24 npm run 'a b'") == {
        "kind": "container",
        "image": "node:24",
        "command": ["npm", "run", "a b"],
    }
    assert before_of("none") == {"kind": "none"}
    assert before_of("host make") == {"kind": "host", "command": ["make"]}
    for wrong in ("", "container node:24", "host", "npm ci", "host 'a"):
        with pytest.raises(ValueError, match=r"is no command; write container IMAGE"):
            before_of(wrong)


async def test_writing_what_reaches_the_host_takes_the_power(world: World) -> None:
    await world.build("app")
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.EXECUTE)
    await world.grant(ann, "build", "", Level.WRITE)
    for changed in (
        {"network": "host"},
        {"entitlements": ["security.insecure"]},
        {"before": {"kind": "host", "command": ["id"]}},
    ):
        refusal = await refused(world, updating(BUILD, "app", config=changed), ann)
        assert isinstance(refusal, Forbidden), changed
        assert "host powers you do not have" in refusal.message
    await world.app.run(updating(BUILD, "app", config={"network": "none"}), ann)


async def test_secrets_are_stored_sealed_and_told_to_the_job_alone(world: World) -> None:
    made = await world.build("app", secrets=(BuildSecret(name="npm", value=PLANTED),))
    assert made.config.secrets == (BuildSecret(name="npm", value=None),)
    ended = await world.do(RunBuild(target="app"))
    assert ended.state == "succeeded", ended.error
    store = world.app.store
    kept = [d.body for kind in ("activity", "resource.build", "info.build") for d in await store.all(kind)]
    kept += [entry.entry.body for entry in await store.journal(limit=100_000)]
    assert not [body for body in kept if PLANTED.encode() in body]


async def test_a_command_before_is_a_step(world: World) -> None:
    await world.build("app", before=GENERATE)
    ended = await world.do(RunBuild(target="app"))
    assert [step.name for step in ended.steps] == ["clone", "before", "build", "inspect"]
