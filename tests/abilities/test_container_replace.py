"""Replace on the real Docker: what runs afterwards, after success, failure and cancellation."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.container.calls import Label, ReplaceContainer, Replaced
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.engine import Engine
from monitor.kernel.activity import CONTAINER_LOG
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError, PolicyRefused
from tests.abilities.memory import SOCKET, MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World, docker

pytestmark = pytest.mark.real
STEPS = ["create", "start", "verify"]


async def deploy(agent: MemoryAgent, world: World, run: MemoryRun | None = None, **given: object) -> Replaced:
    job = {"name": world.name(), "body": world.body(), "stable_for": 0.3, "stop_timeout": 2, "revision": 4} | given
    return await replace(run or MemoryRun(agent, world.job()), ReplaceContainer(**job))


def publishing(world: World, port: int) -> dict[str, Any]:
    bindings = {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": str(port)}]}
    return world.body(PortBindings=bindings) | {"ExposedPorts": {"80/tcp": {}}}


def policy(name: str) -> str:
    return docker("inspect", "-f", "{{.HostConfig.RestartPolicy.Name}}", name)


async def test_the_first_deploy(agent: MemoryAgent, world: World) -> None:
    run = MemoryRun(agent, world.job())
    done = await deploy(agent, world, run)
    assert [step for step, outcome in run.steps if outcome == "succeeded"] == STEPS
    assert world.containers() == {world.name(): "running"}
    assert docker("inspect", "-f", "{{.Id}} {{.Image}}", world.name()) == f"{done.container} {done.image_id}"
    assert policy(world.name()) == "always"
    assert (done.image, done.away, done.revision) == (world.image, 0.0, 4)
    assert docker("inspect", "-f", f'{{{{index .Config.Labels "{Label.ACTIVITY}"}}}}', world.name()) == run.id


async def test_a_redeploy_replaces_and_keeps_volumes(agent: MemoryAgent, world: World) -> None:
    body = world.body(Binds=[f"{world.name('data')}:/data"]) | {"Volumes": {"/anonymous": {}}}
    first = await deploy(agent, world, body=body)
    docker("exec", world.name(), "busybox", "touch", "/data/kept")
    volumes = docker("inspect", "-f", "{{range .Mounts}}{{.Name}} {{end}}", world.name()).split()
    assert len(volumes) == 2
    try:
        second = await deploy(agent, world, body=body)
        assert first.container != second.container
        assert world.containers() == {world.name(): "running"}
        assert docker("exec", world.name(), "busybox", "ls", "/data") == "kept"
        assert set(volumes) <= set(docker("volume", "ls", "-q").split())
        assert 0 < second.away < 5
    finally:
        docker("rm", "-fv", world.name())
        docker("volume", "rm", "-f", *volumes)


async def test_anonymous_volumes_are_carried_over(agent: MemoryAgent, world: World) -> None:
    """With what is in them, over deploys and failures; a fresh one comes only where there was none."""

    def volumes() -> dict[str, str]:
        listing = docker("inspect", "-f", "{{range .Mounts}}{{.Destination}} {{.Name}}\n{{end}}", world.name())
        return dict(line.split() for line in listing.splitlines())

    def read() -> str:
        return docker("exec", world.name(), "busybox", "cat", "/data/words", "/more/words")

    body = world.body() | {"Image": world.derived("VOLUME /data"), "Volumes": {"/more": {}}}
    await deploy(agent, world, body=body)
    first = volumes()
    assert set(first) == {"/data", "/more"}
    try:
        write = "echo kept > /data/words; echo too > /more/words"
        docker("exec", world.name(), "busybox", "sh", "-c", write)
        for _ in range(2):
            run = MemoryRun(agent, world.job())
            await deploy(agent, world, run, body=body)
            assert "stops first: two cannot both hold the volume at /data, the volume at /more." in run.output_text
            assert volumes() == first
            assert read() == "kept\ntoo"
        ends = body | {"Cmd": ["busybox", "sh", "-c", "echo more >> /data/words; exit 5"]}
        with pytest.raises(HostError, match="exit code 5"):
            await deploy(agent, world, body=ends, stable_for=ENDS)
        assert volumes() == first
        assert read() == "kept\nmore\ntoo", "the new one had them while it tried"
        await deploy(agent, world, body=body | {"Image": world.image, "Volumes": {}})
        assert volumes() == {}, "what nothing declares any more is not mounted"
        assert set(first.values()) <= set(docker("volume", "ls", "-q").split()), "but never removed"
    finally:
        docker("rm", "-fv", world.name())
        docker("volume", "rm", "-f", *first.values())


async def test_a_container_that_exits_at_once_is_replaced_by_the_old_one(agent: MemoryAgent, world: World) -> None:
    first = await deploy(agent, world)
    run = MemoryRun(agent, world.job())
    broken = ["busybox", "sh", "-c", "echo one; busybox sleep 0.1; echo two >&2; exit 3"]
    body = world.body(broken, Binds=[f"{world.name('data')}:/data"])
    with pytest.raises(HostError) as failure:
        await deploy(agent, world, run, body=body, stable_for=ENDS)
    assert world.containers() == {world.name(): "running"}
    assert docker("inspect", "-f", "{{.Id}}", world.name()) == first.container
    assert policy(world.name()) == "always"
    message = failure.value.message
    assert message.startswith(f"verify: the container {world.name()} did not stay up: exit code 3.")
    assert "The old container is back and runs; it was away for " in message
    assert "two" not in message, "who may not read the log reads the error too"
    assert failure.value.exit_code == run.exit_code == 3
    assert failure.value.hint
    assert run.steps[-1] == ("verify", "failed")
    assert b"".join(data for stream, data in run.said if stream == CONTAINER_LOG) == b"one\ntwo\n"


async def test_a_first_deploy_that_dies_is_kept_to_be_looked_at(agent: MemoryAgent, world: World) -> None:
    with pytest.raises(HostError, match=r"exit code 7.*kept, stopped"):
        await deploy(agent, world, body=world.body(["busybox", "sh", "-c", "exit 7"]), stable_for=ENDS)
    assert world.containers() == {world.name(): "exited"}
    assert policy(world.name()) == "no"
    # The next deploy takes its place.
    await deploy(agent, world)
    assert world.containers() == {world.name(): "running"}


async def test_a_deployment_whose_container_name_was_changed(agent: MemoryAgent, world: World) -> None:
    first = await deploy(agent, world)
    moved = world.name("moved")
    for body, told in ((publishing(world, 18095), "is back and runs"), (world.body(), "runs on; it was never away")):
        ends = body | {"Cmd": ["busybox", "false"]}
        with pytest.raises(HostError, match=f"verify: .*The old container {told}"):
            await deploy(agent, world, name=moved, replaces=first.container, body=ends, stable_for=ENDS)
    assert world.containers() == {world.name(): "running"}
    assert policy(world.name()) == "always"
    second = await deploy(agent, world, name=moved, replaces=first.container)
    assert world.containers() == {moved: "running"}
    assert docker("inspect", "-f", "{{.Id}}", moved) == second.container
    # Only the deployment's own container is replaced, whatever id it is told.
    other = world.run("other")
    await deploy(agent, world, name=world.name("third"), replaces=other)
    assert world.containers() == {moved: "running", world.name("other"): "running", world.name("third"): "running"}


async def test_a_command_that_is_not_there(agent: MemoryAgent, world: World) -> None:
    with pytest.raises(HostError, match=r"start: .*executable file not found") as failure:
        await deploy(agent, world, body=world.body(["nonesuch"]))
    assert failure.value.exit_code == 127
    assert "command" in failure.value.hint
    assert world.containers() == {}


async def test_a_taken_port_names_its_holder(agent: MemoryAgent, world: World) -> None:
    world.run("holder", "-p", "127.0.0.1:18097:80")
    first = await deploy(agent, world)
    body = publishing(world, 18097)
    with pytest.raises(
        HostError, match=f"create: port 18097 is taken by the container {world.name('holder')}"
    ) as failure:
        await deploy(agent, world, body=body)
    assert "another port" in failure.value.hint
    assert world.containers() == {world.name("holder"): "running", world.name(): "running"}
    assert docker("inspect", "-f", "{{.Id}}", world.name()) == first.container


async def test_all_that_is_missing_is_told_at_once_before_anything_is_touched(
    agent: MemoryAgent, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An agent in a container cannot tell which devices its host has.
    monkeypatch.setattr("monitor.abilities.container.missing._IN_CONTAINER", Path("/nonesuch"))
    world.run("holder", "-p", "127.0.0.1:18095:80")
    first = await deploy(agent, world, beside=False)
    started = docker("inspect", "-f", "{{.State.StartedAt}}", world.name())
    lacking: dict[str, Any] = {
        "NetworkMode": "monitor-test-none",
        "LogConfig": {"Type": "nonesuch"},
        "PidMode": "container:monitor-test-gone",
        "Devices": [{"PathOnHost": "/dev/nonesuch", "PathInContainer": "/dev/x", "CgroupPermissions": "r"}],
        "PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "18095"}]},
    }
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError) as failure:
        await deploy(agent, world, run, body=world.body(**lacking), pull=True)
    assert failure.value.message == (
        "create: this host has no network monitor-test-none, no log driver nonesuch, no container "
        "monitor-test-gone and no device /dev/nonesuch; port 18095 is taken by the container "
        f"{world.name('holder')}."
    )
    assert run.steps == [("create", "failed")]
    assert docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", world.name()) == f"{first.container} {started}"


async def test_its_own_port_is_not_taken(agent: MemoryAgent, world: World) -> None:
    first = await deploy(agent, world, body=publishing(world, 18094))
    second = await deploy(agent, world, body=publishing(world, 18094))
    assert first.container != second.container


async def test_a_port_held_by_a_program(agent: MemoryAgent, world: World) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 18096)
    body = publishing(world, 18096)
    async with server:
        with pytest.raises(HostError, match="port 18096 is taken by another program"):
            await deploy(agent, world, body=body)
    assert world.containers() == {}


async def test_an_image_that_is_nowhere(agent: MemoryAgent, world: World) -> None:
    run = MemoryRun(agent, world.job())
    body = world.body() | {"Image": "127.0.0.1:5/monitor-test/nonesuch:9"}
    with pytest.raises(
        HostError, match=r"pull: cannot pull 127\.0\.0\.1:5/monitor-test/nonesuch:9: .*refused"
    ) as failure:
        await deploy(agent, world, run, body=body)
    assert "registry" in failure.value.hint
    assert run.steps == [("pull", "failed")]
    assert "is not on this host" in run.output_text


@pytest.mark.parametrize("label", [{}, {"monitor.deployment": "01SOMEBODYELSE"}])
async def test_a_foreign_container_is_not_touched(agent: MemoryAgent, world: World, label: dict[str, str]) -> None:
    options = [option for key, value in label.items() for option in ("--label", f"{key}={value}")]
    id = world.run("web", *options)
    with pytest.raises(HostError, match=label.get("monitor.deployment", "not made by Monitor")):
        await deploy(agent, world)
    assert docker("inspect", "-f", "{{.Id}} {{.State.Running}}", world.name()) == f"{id} true"
    assert world.containers() == {world.name(): "running"}


@pytest.mark.parametrize(("test", "outcome"), [("true", ""), ("false", "is unhealthy")])
async def test_a_health_check_decides(agent: MemoryAgent, world: World, test: str, outcome: str) -> None:
    check = {"Test": ["CMD", "busybox", test], "Interval": 200_000_000, "Timeout": 30 * 10**9, "Retries": 1}
    body = world.body() | {"Healthcheck": check}
    if not outcome:
        await deploy(agent, world, body=body)
        assert docker("inspect", "-f", "{{.State.Health.Status}}", world.name()) == "healthy"
        return
    with pytest.raises(HostError, match=outcome) as failure:
        await deploy(agent, world, body=body)
    assert "health check failed" in failure.value.message
    assert world.containers() == {world.name(): "exited"}


async def test_a_container_that_never_gets_healthy(agent: MemoryAgent, world: World) -> None:
    check = {"Test": ["CMD", "busybox", "false"], "Interval": 10**11, "Retries": 3}
    with pytest.raises(HostError, match=r"was not healthy within 0\.6 s"):
        await deploy(agent, world, body=world.body() | {"Healthcheck": check}, healthy_within=0.6)


async def test_running_out_of_memory_is_said(agent: MemoryAgent, world: World) -> None:
    body = world.body(["busybox", "dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=9"], Memory=8 << 20)
    with pytest.raises(HostError, match="out of memory") as failure:
        await deploy(agent, world, body=body, stable_for=ENDS)
    assert "limit" in failure.value.hint
    assert failure.value.exit_code == 137


@pytest.mark.parametrize("ran", [True, False])
async def test_cancelled_at_any_moment_the_old_one_is_as_it_was(world: World, agent: MemoryAgent, ran: bool) -> None:
    first = await deploy(agent, world)
    if not ran:
        docker("stop", "-t", "1", world.name())
    succeeded = 0
    for delay in (0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.5):
        run = MemoryRun(agent, world.job())
        # It takes longer than the last of the delays, however quick the machine is.
        task = asyncio.create_task(deploy(agent, world, run, stable_for=2.0))
        await asyncio.sleep(delay)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
            succeeded += 1
            break
        assert world.containers() == {world.name(): "running" if ran else "exited"}, (delay, run.said)
        assert docker("inspect", "-f", "{{.Id}}", world.name()) == first.container
        assert policy(world.name()) == "always"
    assert succeeded == 0


async def test_the_policy_sees_the_body_before_docker_does(world: World) -> None:
    seen: list[dict[str, object]] = []

    def judge(body: dict[str, object]) -> None:
        seen.append(body)
        raise PolicyRefused("not here")

    clock = SystemClock()
    agent = MemoryAgent(Engine(SOCKET, clock, judge))
    with pytest.raises(PolicyRefused, match="not here"):
        await deploy(agent, world)
    assert len(seen) == 2, "before it is looked at what the host has, and before the container is made"
    assert seen[0]["Image"] == world.image
    assert world.containers() == {}


async def test_auto_remove_is_refused(agent: MemoryAgent, world: World) -> None:
    with pytest.raises(HostError, match="AutoRemove would delete the container's volumes"):
        await deploy(agent, world, body=world.body(AutoRemove=True))


async def test_a_name_that_is_the_start_of_an_id_is_not_that_container(agent: MemoryAgent, world: World) -> None:
    id = world.run("other")
    with pytest.raises(HostError, match="nonesuch"):
        await deploy(agent, world, name=id[:12], body=world.body(["nonesuch"]))
    assert world.containers() == {world.name("other"): "running"}
