"""Both builders, on the real Docker Engine: what they are told, what they may do, and how they end."""

import asyncio
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from monitor.abilities.build.calls import BuildNetwork, Entitlement, InContainer, Limits, Maker, OnHost
from monitor.kernel.activity import State
from monitor.periphery.settings import PeripherySettings, PolicySettings
from tests.abilities.job_host import JobHost
from tests.abilities.shop import Shop
from tests.abilities.test_build_secrets_real import running
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real
BOTH = pytest.mark.parametrize("maker", [Maker.BUILDKIT, Maker.CLASSIC])
PREPARE = (
    "busybox ls -d /source/.git Dockerfile && echo made > made && busybox mkdir -p a/b && "
    "busybox ln -s /etc/passwd link && busybox mkfifo pipe && busybox mknod device c 1 3"
)
STAGES = 'FROM scratch AS first\nLABEL stage=first\nFROM first AS second\nLABEL stage=second\nRUN ["/none"]\n'


@BOTH
async def test_a_stage_and_more_than_one_tag(shop: Shop, maker: Maker) -> None:
    shop.repository.commit(Dockerfile=STAGES)
    tags = (f"{shop.image}:1", f"{shop.image}:latest", f"{shop.image}:by-commit")
    ended = await shop.build(maker=maker, target="first", tags=tags)
    assert ended.end.state is State.SUCCEEDED, ended
    ids = {docker("image", "inspect", "--format", "{{.Id}} {{.Config.Labels.stage}}", tag) for tag in tags}
    assert len(ids) == 1
    assert ids.pop().endswith(" first")
    assert f"built by {'BuildKit' if maker is Maker.BUILDKIT else 'the classic builder'}: at most" in ended.output


@BOTH
async def test_cancelling_ends_all_of_its_processes(shop: Shop, maker: Maker) -> None:
    job = shop.host.start(shop.job("RUN trap '' TERM INT; echo here; sleep 4141 & sleep 4141", maker=maker))
    await shop.started(job, b"here")
    began = time.monotonic()
    shop.host.runner.cancel(job)
    while running("sleep 4141"):
        assert time.monotonic() - began < 20  # two seconds, ten times looser
        await asyncio.sleep(0.02)
    ended = await shop.host.ended(job)
    assert ended.end.state is State.CANCELLED
    assert time.monotonic() - began < 20  # two seconds, ten times looser
    assert list(shop.host.agent.work.iterdir()) == []


@BOTH
async def test_the_hosts_network_is_a_host_power(shop: Shop, tmp_path: Path, maker: Maker) -> None:
    refused = await shop.build("RUN true", maker=maker, network=BuildNetwork.HOST)
    assert "does not allow the host power build" in refused.error
    assert refused.steps == []
    shop.host = allowing(tmp_path, build=True)
    ended = await shop.build(
        "RUN ls /sys/class/net; readlink /proc/self/ns/net", maker=maker, network=BuildNetwork.HOST
    )
    assert ended.end.state is State.SUCCEEDED, ended
    assert str(Path("/proc/self/ns/net").readlink()) in ended.output
    ended = await shop.build("RUN ls /sys/class/net | wc -w", maker=maker, network=BuildNetwork.NONE)
    assert ended.end.state is State.SUCCEEDED, ended


async def test_entitlements_are_host_powers_and_a_dockerfile_gives_itself_none(shop: Shop) -> None:
    for entitlement in Entitlement:
        assert "host power build" in (await shop.build("RUN true", entitlements=(entitlement,))).error
    for option in ("--network=host", "--security=insecure"):
        ended = await shop.build(f"RUN {option} true")
        assert ended.end.state is State.FAILED, option


async def test_a_command_before_runs_in_a_container_on_the_source(shop: Shop, world: World) -> None:
    before = InContainer(image=world.image, command=("busybox", "sh", "-c", PREPARE))
    ended = await shop.build("COPY made /made\nRUN cat /made", before=before)
    assert ended.end.state is State.SUCCEEDED, ended
    assert [step for step, _ in ended.steps] == ["clone", "before", "build", "inspect"]
    assert "made" in ended.output
    assert docker("ps", "-aq", "--filter", "label=monitor.job") == ""


async def test_a_command_before_that_fails_ends_the_build(shop: Shop, world: World) -> None:
    before = InContainer(image=world.image, command=("busybox", "false"))
    ended = await shop.build("RUN true", before=before)
    assert (ended.error, ended.steps[-1]) == ("busybox failed with exit code 1", ("before", "failed"))
    hungry = replace(before, command=("busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1"))
    ended = await shop.build("RUN true", before=hungry, limits=Limits(memory=20_000_000))
    assert ended.error == "busybox failed with exit code 137"
    assert ended.end.hint == "it reached its limit of 20 MB of memory: raise `memory`"
    before = replace(before, image="monitor-test-no-such-image:1")
    assert "monitor-test-no-such-image" in (await shop.build("RUN true", before=before)).error


async def test_a_command_before_is_limited_has_no_powers_and_ends_when_cancelled(shop: Shop, world: World) -> None:
    before = InContainer(image=world.image, command=("busybox", "sh", "-c", "echo here; busybox sleep 5151"))
    job = shop.host.start(shop.job("RUN true", before=before))
    async for event in shop.host.runner.follow(job, 0):
        if b"here" in getattr(event, "data", b""):
            break
    host = docker("inspect", "--format", "{{json .HostConfig}}", f"monitor-before-{job.lower()}")
    assert '"PidsLimit":4096' in host
    assert '"Binds":null' in host
    assert '"Privileged":false' in host
    assert '"Memory":0' not in host
    began = time.monotonic()
    shop.host.runner.cancel(job)
    await shop.host.ended(job)
    assert not running("sleep 5151")
    assert time.monotonic() - began < 20  # two seconds, ten times looser


async def test_a_command_on_the_host_is_a_host_power(shop: Shop, tmp_path: Path) -> None:
    before = OnHost(command=("cp", "Dockerfile", "copied"))
    refused = await shop.build("COPY copied /copied", before=before)
    assert "does not allow the host power command" in refused.error
    assert refused.steps == []
    shop.host = allowing(tmp_path, command=True)
    ended = await shop.build("COPY copied /copied", before=before)
    assert ended.end.state is State.SUCCEEDED, ended


def allowing(tmp_path: Path, **powers: bool) -> JobHost:
    """A host whose policy allows these."""
    state = tmp_path / "allowing"
    return JobHost(state, settings=PeripherySettings(state=state, policy=PolicySettings(**powers)))
