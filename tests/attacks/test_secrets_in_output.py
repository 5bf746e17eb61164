"""Secret values a container prints do not come out: not by a failed start, not cut in two in a log."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from monitor.abilities.container.calls import ActOnContainer
from monitor.abilities.container.log_calls import STDERR, STDOUT, LogBatch
from monitor.kernel.activity import State
from monitor.resources.deployment.operations.acts import Restart, Start, Stop
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.values import SecretVariable
from monitor.resources.log_text import Clean, Lines, cleaned
from tests.core.world import World

SECRET = "correct horse battery staple"


@pytest.mark.parametrize("verb", [Start, Restart])
async def test_a_failed_start_prints_no_secret(world: World, verb: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """The host takes secrets out of what it prints only when core tells it which."""
    told: list[tuple[str, ...]] = []
    start_job = world.host.start_job

    async def listen(id: str, work: Any, *, time_limit: float, secrets: tuple[str, ...]) -> None:
        if isinstance(work, ActOnContainer):
            told.append(secrets)
        await start_job(id, work, time_limit=time_limit, secrets=secrets)

    monkeypatch.setattr(world.host, "start_job", listen)
    await world.deployment("web", secret_environment=(SecretVariable(name="TOKEN", value=SECRET),))
    await world.do(Deploy(target="web"))
    await world.do(Stop(target="web"))
    assert (await world.do(verb(target="web"))).state is State.SUCCEEDED
    assert told == [(SECRET,)] * 2


def chunk(data: bytes, stream: str = "stdout") -> LogBatch:
    return LogBatch(seq=1, at=(0,), marks=bytes([STDERR if stream == "stderr" else STDOUT]), data=(data,))


async def read(*batches: LogBatch) -> str:
    async def coming() -> AsyncIterator[LogBatch]:
        for one in batches:
            yield one

    lines, clean = Lines(), await Clean.of((SECRET,))
    blocks = [lines.block(pieces, batch) async for pieces, batch in cleaned(coming(), clean)]
    return "".join(line.text for block in blocks for line in block.lines)


async def test_a_secret_cut_in_two_by_a_long_line_is_not_shown() -> None:
    long = b"x" * 16_000 + SECRET.encode() + b" and more\n"
    for cut in range(15_990, 16_040):
        text = await read(chunk(long[:cut]), chunk(long[cut:]))
        assert SECRET not in text
        assert "horse" not in text
        assert text.endswith("and more")


async def test_streams_are_told_apart() -> None:
    text = await read(chunk(b"correct horse ", "stdout"), chunk(b"warning\n", "stderr"), chunk(b"battery staple\n"))
    assert "horse" not in text
    assert "warning" in text


async def test_an_unfinished_last_line_is_shown() -> None:
    assert await read(chunk(b"prompt> corr")) == "prompt> corr"
