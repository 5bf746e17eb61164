"""The simulated host does what the real one does, and breaks in the ways it is told to."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from monitor.abilities.agent.calls import Hello
from monitor.abilities.build.calls import BuildImage, Built
from monitor.abilities.container.calls import (
    ActOnContainer,
    ContainerVerb,
    Label,
    ReplaceContainer,
    Replaced,
)
from monitor.abilities.container.log_calls import ReadLog
from monitor.abilities.container.probes import TcpProbe
from monitor.abilities.git.calls import GitSource
from monitor.abilities.inside.calls import InspectContainer
from monitor.abilities.watch.calls import ContainerChanged, ContainerGone, Containers, DockerDown, Usage, Watch
from monitor.kernel.activity import State
from monitor.kernel.errors import HostError, NotFound, Unavailable
from monitor.kernel.ids import new_id
from monitor.kernel.job import HostJob, JobEnded, StepEnded
from monitor.kernel.wire import unpack
from monitor.testing.clock import ManualClock
from monitor.testing.host import SimulatedHost

URL = "http://git.example/app.git"


@pytest.fixture
async def host() -> AsyncIterator[SimulatedHost]:
    simulated = SimulatedHost(ManualClock(), "web-1")
    simulated.images.update({"app:1", "app:2", "bad:1"})
    simulated.machine.exits["bad:1"] = 3
    yield simulated
    await simulated.close()


def clock_of(host: SimulatedHost) -> ManualClock:
    assert isinstance(host.clock, ManualClock)
    return host.clock


def replacing(image: str, port: int = 0, name: str = "web", **more: Any) -> ReplaceContainer:
    bindings = {"80/tcp": [{"HostPort": str(port)}]} if port else {}
    labels = {Label.DEPLOYMENT.value: name}
    body = {
        "Image": image,
        "Labels": labels,
        "HostConfig": {"PortBindings": bindings, "RestartPolicy": {"Name": "always"}},
    }
    return ReplaceContainer(name=name, body=body, **more)


async def start(host: SimulatedHost, work: HostJob[Any]) -> str:
    job = new_id(datetime.now(UTC))
    await host.start_job(job, work, time_limit=600, secrets=())
    return job


async def ended(host: SimulatedHost, job: str, seconds: float = 10) -> tuple[JobEnded, list[tuple[str, str]]]:
    await clock_of(host).advance(seconds)
    async with host.follow_job(job, 0) as stream:
        events = [event async for event in stream]
    end = events[-1]
    assert isinstance(end, JobEnded)
    return end, [(event.step, event.outcome) for event in events if isinstance(event, StepEnded)]


async def run(host: SimulatedHost, work: HostJob[Any]) -> JobEnded:
    return (await ended(host, await start(host, work)))[0]


def running(host: SimulatedHost) -> dict[str, str]:
    return {c.view.name: c.view.image for c in host.containers.values() if c.view.state == "running"}


@pytest.mark.parametrize(
    ("port", "order"),
    [
        (8080, ["create", "park", "start", "verify", "remove"]),
        (0, ["create", "start", "verify", "rename", "remove"]),
    ],
)
async def test_a_replace_swaps_the_container(host: SimulatedHost, port: int, order: list[str]) -> None:
    first = unpack(bytes((await run(host, replacing("app:1", port=port))).result), Replaced)
    host.machine.durations["start"] = 2
    job = await start(host, replacing("app:2", port=port))
    end, steps = await ended(host, job)
    assert end.state is State.SUCCEEDED
    assert [step for step, _ in steps] == order
    done = unpack(bytes(end.result), Replaced)
    assert done.container != first.container
    assert (done.beside, done.away) == (not port, 2.0 if port else 0.0)
    assert running(host) == {"web": "app:2"}
    assert len(host.containers) == 1


async def test_a_container_that_does_not_stay_up_is_undone(host: SimulatedHost) -> None:
    await run(host, replacing("app:1"))
    end = await run(host, replacing("bad:1"))
    assert (end.state, "exit code 3" in end.error) == (State.FAILED, True)
    assert running(host) == {"web": "app:1"}
    assert next(iter(host.containers.values())).policy == "always"


async def test_a_container_that_does_not_answer_its_probe_is_undone(host: SimulatedHost) -> None:
    await run(host, replacing("app:1"))
    host.machine.silent.add("app:2")
    asked = structs.replace(replacing("app:2"), probe=TcpProbe(port=80), healthy_within=3.0)
    end = await run(host, asked)
    assert "did not answer its probe within 3 s" in end.error
    assert running(host) == {"web": "app:1"}
    host.machine.silent.clear()
    assert (await run(host, asked)).state is State.SUCCEEDED


async def test_a_missing_image_and_a_taken_port_fail(host: SimulatedHost) -> None:
    assert "no such image: app:9" in (await run(host, replacing("app:9"))).error
    assert "cannot be pulled" in (await run(host, replacing("app:9", pull=True))).error
    await run(host, replacing("app:1", port=8080))
    end = await run(host, replacing("app:1", port=8080, name="other"))
    assert end.error == "port 8080 is taken by the container web"
    assert running(host) == {"web": "app:1"}


@pytest.mark.parametrize("step", ["create", "rename", "start"])
async def test_a_crash_in_the_middle_is_undone(host: SimulatedHost, step: str) -> None:
    await run(host, replacing("app:1"))
    host.machine.durations[step] = 5
    job = await start(host, replacing("app:2"))
    await clock_of(host).advance(1)
    host.crash()
    end, _ = await ended(host, job)
    assert end.state is State.INTERRUPTED
    assert running(host) == {"web": "app:1"}


async def test_a_build_makes_images_and_a_missing_branch_does_not(host: SimulatedHost) -> None:
    host.machine.repositories[URL] = {"main": "a" * 40}
    job = BuildImage(source=GitSource(url=URL), tags=("hello:1",))
    built = unpack(bytes((await run(host, job)).result), Built)
    assert (built.commit, built.tags) == ("a" * 40, ("hello:1",))
    assert "hello:1" in host.images
    end = await run(host, BuildImage(source=GitSource(url=URL, branch="nope"), tags=("hello:2",)))
    assert "has no branch nope" in end.error
    assert "hello:2" not in host.images


async def test_a_build_can_be_cancelled_and_timed_out(host: SimulatedHost) -> None:
    host.machine.durations["build"] = 50
    first, second = [await start(host, BuildImage(source=GitSource(url=URL))) for _ in range(2)]
    await clock_of(host).advance(1)
    await host.cancel_job(first)
    end, steps = await ended(host, first)
    assert (end.state, steps[-1]) == (State.CANCELLED, ("build", "cancelled"))
    end, _ = await ended(host, second, 100)
    assert end.state is State.SUCCEEDED


async def test_verbs(host: SimulatedHost) -> None:
    await run(host, replacing("app:1"))
    for verb, left in ((ContainerVerb.STOP, {}), (ContainerVerb.START, {"web": "app:1"})):
        assert (await run(host, ActOnContainer(name="web", verb=verb))).state is State.SUCCEEDED
        assert running(host) == left
    await run(host, ActOnContainer(name="web", verb=ContainerVerb.REMOVE))
    assert host.containers == {}
    assert (await run(host, ActOnContainer(name="web", verb=ContainerVerb.REMOVE))).state is State.FAILED
    again = ActOnContainer(name="web", verb=ContainerVerb.REMOVE, missing_ok=True)
    assert (await run(host, again)).state is State.SUCCEEDED


async def test_watch_tells_changes_usage_and_docker_going_and_coming(host: SimulatedHost) -> None:
    await run(host, replacing("app:1"))
    async with host.stream(Watch()) as events:
        snapshot = await anext(events)
        assert isinstance(snapshot, Containers)
        assert [item.name for item in snapshot.items] == ["web"]
        assert isinstance(await anext(events), Usage)
        container = host.machine.find("web")
        host.machine.exit(container, 137)
        changed = await anext(events)
        assert isinstance(changed, ContainerChanged)
        assert (changed.item.state, changed.item.exit_code) == ("exited", 137)
        host.docker_down = "connection refused"
        down = await anext(events)
        assert isinstance(down, DockerDown)
        host.docker_down = ""
        assert isinstance(await anext(events), Containers)
        host.machine.remove(container)
        assert isinstance(await anext(events), ContainerGone)
        await clock_of(host).advance(5)
        assert isinstance(await anext(events), Usage)


async def test_logs_are_followed(host: SimulatedHost) -> None:
    await run(host, replacing("app:1"))
    container = host.machine.find("web")
    container.lines += [b"one", b"two", b"three"]
    async with host.stream(ReadLog(name="web", tail=2)) as events:
        assert [batch.data async for batch in events] == [(b"two\n", b"three\n")]
    async with host.stream(ReadLog(name="web", tail=0, follow=True)) as events:
        waiting = asyncio.ensure_future(anext(events))
        await clock_of(host).settle()
        container.lines.append(b"four")
        await clock_of(host).advance(0.2)
        assert (await waiting).data == (b"four\n",)


async def test_a_host_that_is_down_answers_nothing_and_its_jobs_go_on(host: SimulatedHost) -> None:
    host.machine.durations["build"] = 5
    job = await start(host, BuildImage(source=GitSource(url=URL), tags=("hello:1",)))
    async with host.stream(Watch()) as events:
        await anext(events)
        await anext(events)
        waiting = asyncio.ensure_future(anext(events))
        await clock_of(host).settle()
        host.down = "no route to host"
        with pytest.raises(Unavailable, match="no route to host"):
            await waiting
    with pytest.raises(Unavailable, match="no route to host"):
        await host.call(Hello())
    await clock_of(host).advance(10)
    host.down = ""
    assert (await ended(host, job))[0].state is State.SUCCEEDED


async def test_docker_down_is_unavailable_and_hello_says_so(host: SimulatedHost) -> None:
    host.docker_down = "stopped"
    with pytest.raises(Unavailable, match="Docker does not answer: stopped"):
        await host.call(InspectContainer(name="web"))
    assert (await host.call(Hello())).docker == ""
    assert "Docker does not answer" in (await run(host, replacing("app:1"))).error


async def test_the_next_of_a_kind_can_be_made_to_fail(host: SimulatedHost) -> None:
    host.fail_next(Hello, HostError("just once"))
    with pytest.raises(HostError, match="just once"):
        await host.call(Hello())
    await host.call(Hello())
    host.fail_next(ReplaceContainer, HostError("refused", exit_code=9))
    assert (await run(host, replacing("app:1"))).error == "refused"
    assert (await run(host, replacing("app:1"))).state is State.SUCCEEDED
    with pytest.raises(NotFound):
        await host.call(InspectContainer(name="absent"))


async def test_latency_is_by_the_clock(host: SimulatedHost) -> None:
    host.latency = 2.0
    call = asyncio.ensure_future(host.call(Hello()))
    await clock_of(host).advance(1.9)
    assert not call.done()
    await clock_of(host).advance(0.2)
    assert (await call).hostname == "web-1"
