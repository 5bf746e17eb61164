"""Start, stop, restart and remove on the real Docker: the answer is what the daemon says afterwards."""

import pytest

from monitor.abilities.container.act import act
from monitor.abilities.container.calls import Acted, ActOnContainer, ContainerVerb, Label, ReplaceContainer
from monitor.abilities.container.replace import replace
from monitor.abilities.docker.engine import Engine
from monitor.kernel.activity import CONTAINER_LOG
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import HostError
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import ENDS, World, docker

pytestmark = pytest.mark.real


async def do(agent: MemoryAgent, world: World, verb: str, run: MemoryRun | None = None, **given: object) -> Acted:
    job = {"name": world.name(), "verb": ContainerVerb(verb), "timeout": 2, "stable_for": 0.2} | given
    return await act(run or MemoryRun(agent, world.job()), ActOnContainer(**job))


async def test_each_verb_and_the_state_it_leads_to(agent: MemoryAgent, world: World) -> None:
    world.run("web")
    run = MemoryRun(agent, world.job())
    assert (await do(agent, world, "stop", run)).state == "exited"
    assert world.containers() == {world.name(): "exited"}
    assert (await do(agent, world, "stop", run)).state == "exited"
    assert (await do(agent, world, "start", run)).state == "running"
    assert (await do(agent, world, "start", run)).state == "running"
    pid = docker("inspect", "-f", "{{.State.Pid}}", world.name())
    assert (await do(agent, world, "restart", run)).state == "running"
    assert docker("inspect", "-f", "{{.State.Pid}}", world.name()) != pid
    assert (await do(agent, world, "remove", run)).state == "removed"
    assert world.containers() == {}
    assert run.steps == [(v, "succeeded") for v in ("stop", "stop", "start", "start", "restart", "remove")]


@pytest.mark.parametrize("verb", ["start", "restart"])
@pytest.mark.parametrize("policy", ["no", "always"])
async def test_a_container_that_ends_at_once_has_failed(
    agent: MemoryAgent, world: World, verb: str, policy: str
) -> None:
    world.run("web", "--restart", policy, command=["busybox", "sh", "-c", "echo bye; exit 5"])
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError, match="did not stay up: exit code 5") as failure:
        await do(agent, world, verb, run, stable_for=ENDS)
    assert "bye" not in failure.value.message
    assert failure.value.exit_code == run.exit_code == 5
    assert run.steps == [(verb, "failed")]
    assert [data for stream, data in run.said if stream == CONTAINER_LOG][-1] == b"bye\n"


async def test_a_start_that_cannot_be(agent: MemoryAgent, world: World) -> None:
    docker("create", "--name", world.name(), "--label", world.labels[0], world.image, "nonesuch")
    with pytest.raises(HostError, match="executable file not found") as failure:
        await do(agent, world, "start")
    assert "command" in failure.value.hint


async def test_stop_kills_what_ignores_term(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "trap '' TERM; while :; do busybox sleep 1; done"])
    assert (await do(agent, world, "stop", timeout=1)).state == "exited"
    assert docker("inspect", "-f", "{{.State.ExitCode}}", world.name()) == "137"


async def test_removing_keeps_volumes(agent: MemoryAgent, world: World) -> None:
    world.run("web", "-v", "/anonymous")
    volume = docker("inspect", "-f", "{{range .Mounts}}{{.Name}}{{end}}", world.name())
    await do(agent, world, "remove")
    docker("volume", "rm", volume)


async def test_what_is_not_there(agent: MemoryAgent, world: World) -> None:
    for verb in ("start", "stop", "restart", "remove"):
        with pytest.raises(HostError, match=f"there is no container {world.name()} on this host"):
            await do(agent, world, verb)
    assert (await do(agent, world, "remove", missing_ok=True)).state == "removed"


async def test_an_id_will_do_but_not_the_start_of_one_that_looks_like_a_name(agent: MemoryAgent, world: World) -> None:
    id = world.run("web")
    with pytest.raises(HostError, match="there is no container"):
        await do(agent, world, "stop", name=id[:6])
    assert (await do(agent, world, "stop", name=id)).state == "exited"


@pytest.mark.parametrize("verb", ["start", "stop", "restart", "pause", "kill", "rename", "remove"])
async def test_another_deployments_container_is_left_alone(agent: MemoryAgent, world: World, verb: str) -> None:
    world.run("web", "--label", f"{Label.DEPLOYMENT}={world.deployment}")
    with pytest.raises(HostError, match="is not this deployment's"):
        await do(agent, world, verb, deployment=world.job(), new_name=world.name("new"))
    assert world.containers() == {world.name(): "running"}
    await do(agent, world, verb, deployment=world.deployment, new_name=world.name("new"))


async def test_a_dead_daemon_is_said(world: World) -> None:
    agent = MemoryAgent(Engine("/nonexistent.sock", SystemClock()))
    with pytest.raises(HostError, match="Docker does not answer on /nonexistent.sock".replace(".", r"\.")):
        await do(agent, world, "stop")


async def test_a_start_after_a_failed_first_deploy_gives_the_policy_it_was_made_for(
    agent: MemoryAgent, world: World
) -> None:
    body = world.body(
        ["busybox", "sh", "-c", "[ -e /data/ready ] && busybox sleep 60"], Binds=[f"{world.name('d')}:/data"]
    )
    job = ReplaceContainer(name=world.name(), body=body, stable_for=ENDS)
    with pytest.raises(HostError, match="kept, stopped"):
        await replace(MemoryRun(agent, world.job()), job)
    world.run("help", "-v", f"{world.name('d')}:/data", command=["busybox", "touch", "/data/ready"])
    docker("wait", world.name("help"))
    assert (await do(agent, world, "start")).state == "running"
    form = f'{{{{.HostConfig.RestartPolicy.Name}}}} {{{{index .Config.Labels "{Label.POLICY}"}}}}'
    assert docker("inspect", "-f", form, world.name()) == "always always:0"


async def test_pause_and_unpause_and_stopping_what_is_paused(agent: MemoryAgent, world: World) -> None:
    world.run("web")
    assert (await do(agent, world, "pause")).state == "paused"
    with pytest.raises(HostError, match="already paused") as refused:
        await do(agent, world, "pause")
    assert "lets it go on" in refused.value.hint
    assert (await do(agent, world, "unpause")).state == "running"
    with pytest.raises(HostError, match="not paused"):
        await do(agent, world, "unpause")
    await do(agent, world, "pause")
    assert (await do(agent, world, "restart")).state == "running"
    await do(agent, world, "pause")
    assert (await do(agent, world, "stop")).state == "exited"


_TRAPS = "trap 'exit 7' QUIT; trap '' TERM; echo deaf; while :; do busybox sleep 0.1; done"


@pytest.mark.parametrize("policy", ["no", "always"])
@pytest.mark.parametrize("own", ["", "SIGUSR1"])
async def test_a_stop_by_another_signal_stays_stopped(agent: MemoryAgent, world: World, policy: str, own: str) -> None:
    given = ["--stop-signal", own] if own else []
    world.run("web", "--restart", policy, *given, command=["busybox", "sh", "-c", _TRAPS])
    world.wrote("deaf")
    assert (await do(agent, world, "stop", signal="SIGQUIT", timeout=5)).state == "exited"
    if not own:  # with one of its own, Docker may have started it again in between
        assert docker("inspect", "-f", "{{.State.ExitCode}}", world.name()) == "7"
    assert world.containers() == {world.name(): "exited"}


async def test_a_signal_that_is_not_heard_is_followed_by_kill(agent: MemoryAgent, world: World) -> None:
    world.run("web", command=["busybox", "sh", "-c", "trap '' QUIT TERM; while :; do busybox sleep 0.1; done"])
    assert (await do(agent, world, "stop", signal="SIGQUIT", timeout=1)).state == "exited"
    assert docker("inspect", "-f", "{{.State.ExitCode}}", world.name()) == "137"
    assert (await do(agent, world, "stop", signal="SIGQUIT", timeout=1)).state == "exited"


async def test_kill_sends_what_it_is_told(agent: MemoryAgent, world: World) -> None:
    script = "trap 'echo again' HUP; echo up; while :; do busybox sleep 0.1; done"
    world.run("web", command=["busybox", "sh", "-c", script])
    world.wrote("up")
    assert (await do(agent, world, "kill", signal="SIGHUP")).state == "running"
    assert world.wrote("again") == "up\nagain"
    assert (await do(agent, world, "kill")).state == "exited"
    with pytest.raises(HostError, match="is not running"):
        await do(agent, world, "kill")


async def test_a_signal_there_is_not(agent: MemoryAgent, world: World) -> None:
    world.run("web")
    with pytest.raises(HostError, match="Invalid signal: SIGNONE"):
        await do(agent, world, "kill", signal="SIGNONE")


async def test_a_rename_restarts_nothing(agent: MemoryAgent, world: World) -> None:
    id = world.run("web")
    pid = docker("inspect", "-f", "{{.State.Pid}}", id)
    await do(agent, world, "rename", new_name=world.name("other"))
    assert world.containers() == {world.name("other"): "running"}
    assert docker("inspect", "-f", "{{.State.Pid}}", id) == pid
    again = await do(agent, world, "rename", name=world.name("other"), new_name=world.name("other"))
    assert again.state == "running"
    assert (await do(agent, world, "rename", new_name=world.name("x"), missing_ok=True)).state == "missing"


async def test_a_rename_to_a_name_that_is_taken(agent: MemoryAgent, world: World) -> None:
    world.run("web")
    docker("create", "--name", world.name("other"), "--label", world.labels[0], world.image, "true")
    with pytest.raises(HostError, match="already in use"):
        await do(agent, world, "rename", new_name=world.name("other"))
