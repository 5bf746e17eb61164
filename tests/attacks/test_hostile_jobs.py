"""A host that lies about its jobs: every action still ends once, core's store and memory stay bounded."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from msgspec import Raw

from monitor.abilities.build.calls import Built
from monitor.abilities.container.calls import Replaced
from monitor.kernel.activity import Activity, State
from monitor.kernel.clock import Clock
from monitor.kernel.job import JobEnded, JobEvent, Output, StepEnded, StepStarted
from monitor.kernel.wire import pack
from monitor.resources.build.config import ServerBuilder
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from monitor.testing.host import SimulatedHost
from tests.core.world import IMAGE, World


class LyingHost(SimulatedHost):
    """Answers every question about a job with `said`."""

    said: tuple[JobEvent, ...] = ()

    def flood(self) -> Iterator[JobEvent]:
        """What it sends; endless if a test wants it so."""
        yield from self.said

    def follow_job(self, id: str, after: int) -> AbstractAsyncContextManager[AsyncIterator[JobEvent]]:
        return self._tell()

    @asynccontextmanager
    async def _tell(self) -> AsyncGenerator[AsyncIterator[JobEvent]]:
        async def events() -> AsyncIterator[JobEvent]:
            for event in self.flood():
                yield event

        yield events()


async def liar(world: World, clock: Clock, host: type[LyingHost] = LyingHost) -> LyingHost:
    made = host(clock, "liar")
    await world.app.server("liar", made)
    made.images.add(IMAGE)
    await world.clock.advance(1)
    config = DeploymentConfig(server="liar", image=LiteralImage(image=IMAGE))
    await world.app.create(DEPLOYMENT, "web", config)
    return made


def ends(world: World, state: State = State.SUCCEEDED, **fields: object) -> JobEnded:
    result = Replaced(container="c", image=IMAGE, image_id="i", started=world.clock.now())
    given = {"result": Raw(pack(result))} | fields
    return JobEnded(9, world.clock.now(), state, **given)  # type: ignore[arg-type]


async def deploy(world: World) -> Activity:
    end = await world.do(Deploy(target="web"))
    assert end.id not in world.app.core.journal.open
    assert (await world.do(Deploy(target="web"))).state.ended, "its lane is free again"
    return end


@pytest.mark.parametrize("seq", [0, -1, 2**63, 2**64 - 1])
async def test_output_with_a_number_that_can_be_none(world: World, seq: int) -> None:
    host = await liar(world, world.clock)
    host.said = (Output(seq, world.clock.now(), "create", "stdout", b"x"), ends(world))
    end = await deploy(world)
    assert end.state is State.FAILED
    assert "host" in end.error


async def test_an_error_too_long_to_store(world: World) -> None:
    host = await liar(world, world.clock)
    host.said = (ends(world, State.FAILED, error="x" * 16_000_000, hint="y" * 16_000_000),)
    end = await deploy(world)
    assert end.state is State.FAILED
    assert len(end.error) + len(end.hint) < 100_000


async def test_a_result_too_long_to_keep(world: World) -> None:
    host = await liar(world, world.clock)
    huge = Replaced(container="c" * 1_000_000, image=IMAGE, image_id="i", started=world.clock.now())
    host.said = (ends(world, result=Raw(pack(huge))),)
    assert (await deploy(world)).state is State.FAILED
    assert not (await world.app.get(DEPLOYMENT, "web")).info.container


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
async def test_an_end_that_is_none(world: World, state: State) -> None:
    host = await liar(world, world.clock)
    host.said = (ends(world, state),)
    assert (await deploy(world)).state is State.FAILED


async def test_endless_steps(world: World) -> None:
    class Stepping(LyingHost):
        def flood(self) -> Iterator[JobEvent]:
            for number in range(1, 100_000):
                yield StepStarted(number, self.clock.now(), f"{number}" * 1000)
                yield StepEnded(number, self.clock.now(), f"{number}" * 1000, "great", 3)

    await liar(world, world.clock, Stepping)
    end = await world.do(Deploy(target="web"))
    assert end.state is State.FAILED
    assert len(end.steps) <= 100
    assert all(len(s.name) <= 100 for s in end.steps)


async def test_endless_output(world: World) -> None:
    class Printing(LyingHost):
        sent = 0

        def flood(self) -> Iterator[JobEvent]:
            for number in range(1, 2000):
                self.sent += 1_000_000
                yield Output(number, self.clock.now(), "create", "stdout", b"x" * 1_000_000)

    host = await liar(world, world.clock, Printing)
    end = await world.do(Deploy(target="web"))
    assert end.state is State.FAILED
    assert isinstance(host, Printing)
    assert host.sent < 200_000_000


async def test_a_builder_cannot_name_another_image_or_break_the_version(world: World) -> None:
    await liar(world, world.clock)
    await world.build("app", builder=ServerBuilder(server="liar"))
    for tags in ((), ("evil:1",), ("registry.example/evil:0.0.1",), ("app:next",), ("app:0.0.7",)):
        built = Built(image_id="i", tags=tags, commit="c" * 40)
        world.app.simulated("liar").said = (ends(world, result=Raw(pack(built))),)  # type: ignore[attr-defined]
        assert (await world.do(RunBuild(target="app"))).state is State.FAILED
    assert (await world.app.get(BUILD, "app")).info.version == "0.0.0"
