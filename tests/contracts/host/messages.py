"""Messages of the contract suite itself: what every kind of host must carry and run alike."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, ClassVar

from msgspec import Struct

from monitor.abilities.agent.contract import Abilities, CallHandler, FeedHandler, JobHandler, SessionHandler
from monitor.kernel.call import Call, Exchange, Feed, Session
from monitor.kernel.errors import HostError, NotFound, PolicyRefused, Unavailable
from monitor.kernel.job import HostJob


class Echo(Call[str], frozen=True, kw_only=True, tag="test.echo"):
    """Answers `text`, or fails in the way asked for."""

    text: str = ""
    fail: str = ""


class Slow(Call[str], frozen=True, kw_only=True, tag="test.slow"):
    """Takes longer than its timeout."""

    timeout: ClassVar[float] = 0.3


class Unheard(Call[str], frozen=True, kw_only=True, tag="test.unheard"):
    """No host answers it."""


class Tick(Struct, frozen=True):
    """One event of Count."""

    number: int
    padding: bytes = b""


class Count(Feed[Tick], frozen=True, kw_only=True, tag="test.count"):
    """Numbers from 1, as many as asked; then it ends, fails or stays open."""

    to: int
    size: int = 0
    then: str = "end"


class Said(Struct, frozen=True, tag="said"):
    """What core says in Chat: `end`, `fail`, `flood` or anything else."""

    text: str


class Heard(Struct, frozen=True, tag="heard"):
    """What the host answers."""

    text: str


class Chat(Session[Said, Heard], frozen=True, kw_only=True, tag="test.chat"):
    """Answers each message with the name it was opened with."""

    name: str


gone: list[str] = []
"""Names of the chats whose handler was cancelled."""


class Spoken(Struct, frozen=True):
    """The result of Talk."""

    said: int


class Talk(HostJob[Spoken], frozen=True, kw_only=True, tag="test.talk"):
    """Writes lines, then ends as asked: `end`, `fail`, `wait`, `bug`."""

    lines: tuple[str, ...] = ()
    then: str = "end"
    megabytes: int = 0
    keeps: tuple[int, ...] = ()
    """What it has come to before it ends, one after another."""


class Mute(HostJob[Spoken], frozen=True, kw_only=True, tag="test.mute"):
    """No host knows it."""


async def echo(agent: Any, call: Echo) -> str:
    errors = {
        "host": HostError("the host says no", hint="ask nicely", exit_code=7),
        "policy": PolicyRefused("not here", hint="change the policy"),
        "absent": NotFound("nothing there"),
        "docker": Unavailable("Docker does not answer"),
    }
    if call.fail == "bug":
        raise ZeroDivisionError
    if call.fail:
        raise errors[call.fail]
    return call.text


async def slow(agent: Any, call: Slow) -> str:
    await asyncio.sleep(5)
    return "late"


async def chat(agent: Any, session: Chat, exchange: Exchange[Heard, Said]) -> None:
    try:
        async for said in exchange:
            match said.text:
                case "end":
                    return
                case "fail":
                    raise HostError("no more talk", hint="be quiet")
                case "flood":
                    while True:
                        await exchange.send(Heard("x" * 100_000))
                case _:
                    await exchange.send(Heard(f"{session.name}: {said.text}"))
    except asyncio.CancelledError:
        gone.append(session.name)
        raise


async def count(agent: Any, feed: Count) -> AsyncIterator[Tick]:
    for number in range(1, feed.to + 1):
        yield Tick(number, b"x" * feed.size)
    if feed.then == "fail":
        raise HostError("no more numbers", hint="ask for fewer")
    if feed.then == "stay":
        await asyncio.sleep(3600)


async def talk(run: Any, job: Talk) -> Spoken:
    async with run.step("talk"):
        for line in job.lines:
            run.output(line.encode() + b"\n")
        for _ in range(job.megabytes):
            run.output(b"x" * (1 << 20))
            await asyncio.sleep(0)
        for said in job.keeps:
            run.keep(Spoken(said))
        if job.then == "wait":
            await asyncio.sleep(3600)
        if job.then == "bug":
            raise ZeroDivisionError
        if job.then == "fail":
            raise HostError(f"lost the thread after {job.lines[-1]}", hint="try again", exit_code=3)
    return Spoken(len(job.lines))


TEST_ABILITIES = Abilities(
    calls=(CallHandler(Echo, echo), CallHandler(Slow, slow)),
    feeds=(FeedHandler(Count, count),),
    sessions=(SessionHandler(Chat, chat),),
    jobs=(JobHandler(Talk, talk),),
)
