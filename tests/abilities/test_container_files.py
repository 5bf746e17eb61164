"""Files put into a container's own layer, on the real Docker: there when it starts, as said, and in no volume."""

import pytest

from monitor.abilities.container.calls import HostedFile, ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real
HOSTILE = "$(reboot)\n--privileged\r\n\u202e" + "x" * 100_000
FILES = (
    HostedFile(path="/etc/app/deep/app.conf", content=HOSTILE, mode=0o644),
    HostedFile(path="/run/secrets/t\u00f6ken; rm -rf", content="canary-file", mode=0o400, uid=1000, gid=1001),
    HostedFile(path="/-v", content="", mode=0o755),
)
SHOW = ["busybox", "sh", "-c", "busybox cat /etc/app/deep/app.conf; trap 'exit 0' TERM; busybox sleep 3600 & wait"]


async def deploy(agent: MemoryAgent, world: World, files: tuple[HostedFile, ...] = FILES, **host: object) -> MemoryRun:
    run = MemoryRun(agent, world.job())
    job = ReplaceContainer(name=world.name(), body=world.body(SHOW, **host), files=files, stable_for=0.3)
    await replace(run, job)
    return run


async def test_they_are_there_when_it_starts(agent: MemoryAgent, world: World) -> None:
    run = await deploy(agent, world)
    wrote = world.wrote("$(reboot)").encode()
    assert wrote.splitlines()[0] == b"$(reboot)"
    stat = "busybox stat -c '%a %u %g %s' /etc/app/deep/app.conf /run/secrets/* /-v"
    owned = docker("exec", world.name(), "busybox", "sh", "-c", stat).splitlines()
    assert owned == [f"644 0 0 {len(HOSTILE.encode())}", "400 1000 1001 11", "755 0 0 0"]
    folders = "busybox stat -c '%a %u' /etc/app /etc/app/deep /run/secrets"
    assert set(docker("exec", world.name(), "busybox", "sh", "-c", folders).splitlines()) == {"755 0"}
    assert "canary-file" not in run.output_text + docker("inspect", world.name())


async def test_a_redeploy_brings_the_new_ones_and_leaves_none_behind(agent: MemoryAgent, world: World) -> None:
    await deploy(agent, world)
    await deploy(agent, world, (HostedFile(path="/only", content="new", mode=0o644),))
    found = docker(
        "exec", world.name(), "busybox", "sh", "-c", "busybox cat /only; busybox ls /etc/app /run/secrets || :"
    )
    assert found == "new"
    assert world.containers() == {world.name(): "running"}


async def test_where_it_may_not_be_written_the_old_one_stays(agent: MemoryAgent, world: World) -> None:
    await deploy(agent, world)
    before = docker("inspect", "-f", "{{.Id}}", world.name())
    with pytest.raises(HostError, match="read-only"):
        await deploy(agent, world, ReadonlyRootfs=True)
    assert docker("inspect", "-f", "{{.Id}}", world.name()) == before
    assert world.containers() == {world.name(): "running"}


async def test_an_image_that_keeps_the_place_in_a_volume_is_refused(agent: MemoryAgent, world: World) -> None:
    """There a secret would stay on the host after its container, and be carried over to the next."""
    tag = f"{world.mark}:volume"
    await deploy(agent, world, ())
    docker("commit", "--change", "VOLUME /etc/app/", world.name(), tag)
    try:
        job = ReplaceContainer(name=world.name("new"), body={**world.body(SHOW), "Image": tag}, files=FILES)
        with pytest.raises(HostError, match="the image declares one at /etc/app"):
            await replace(MemoryRun(agent, world.job()), job)
    finally:
        docker("rmi", "-f", tag)
    assert list(world.containers()) == [world.name()]


async def test_a_path_leads_nowhere_out_of_the_container(agent: MemoryAgent, world: World) -> None:
    """Whatever a core that lies may send: the daemon unpacks inside."""
    escape = HostedFile(path=f"/../../../../tmp/{world.mark}", content="out", mode=0o644)
    try:
        await deploy(agent, world, (escape,))
    except HostError:
        return
    assert docker("exec", world.name(), "busybox", "cat", f"/tmp/{world.mark}") == "out"
