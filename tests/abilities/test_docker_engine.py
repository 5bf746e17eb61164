"""The Engine client against daemons that are ill, old, new or replaced."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Conflict, HostError, Invalid, MonitorError, NotFound, Unavailable
from monitor.testing.clock import ManualClock
from tests.abilities.fake_docker import FakeDocker, answer, chunked, fake_docker


@pytest.fixture
async def fake(tmp_path: Path) -> AsyncIterator[FakeDocker]:
    async with fake_docker(tmp_path) as fake:
        yield fake


@pytest.fixture
def engine(fake: FakeDocker) -> Engine:
    return Engine(str(fake.socket), SystemClock())


@pytest.mark.parametrize(
    ("newest", "oldest", "agreed"),
    [("1.41", "1.12", "1.41"), ("1.43", "1.24", "1.43"), ("1.52", "1.24", "1.43"), ("1.54", "1.44", "1.44")],
)
async def test_the_version_is_agreed_on(
    engine: Engine, fake: FakeDocker, newest: str, oldest: str, agreed: str
) -> None:
    fake.version, fake.oldest = newest, oldest
    fake.say = lambda method, path: answer(200, "{}")
    await engine.info()
    await engine.info()
    assert fake.asked == ["GET /version", f"GET /v{agreed}/info", f"GET /v{agreed}/info"]


async def test_a_replaced_daemon_is_agreed_with_anew(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: answer(200, "{}")
    await engine.info()
    fake.version = "1.30"

    def say(method: str, path: str) -> bytes:
        if path.startswith("/v1.30/"):
            return answer(200, '{"now": true}')
        return answer(400, '{"message": "client version 1.41 is too new. Maximum supported API version is 1.30"}')

    fake.say = say
    assert await engine.info() == {"now": True}
    assert fake.asked[2:] == ["GET /v1.41/info", "GET /version", "GET /v1.30/info"]


async def test_a_version_nobody_agrees_on_is_asked_for_once_more_only(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: answer(400, '{"message": "client version 1.41 is too old."}')
    with pytest.raises(HostError, match="too old"):
        await engine.info()
    assert len(fake.asked) == 4


@pytest.mark.parametrize(
    ("status", "error"), [(404, NotFound), (409, Conflict), (400, HostError), (500, HostError), (501, HostError)]
)
async def test_errors_carry_the_daemons_message(
    engine: Engine, fake: FakeDocker, status: int, error: type[MonitorError]
) -> None:
    fake.say = lambda method, path: answer(status, '{"message": "it is so"}')
    with pytest.raises(error, match=r"^it is so$") as failure:
        await engine.inspect("web")
    assert type(failure.value) is error


async def test_an_error_that_is_no_json(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: answer(502, "bad gateway")
    with pytest.raises(HostError, match=r"^bad gateway$"):
        await engine.inspect("web")
    fake.say = lambda method, path: answer(500)
    with pytest.raises(HostError, match=r"^Docker answered 500$"):
        await engine.inspect("web")


async def test_a_missing_socket() -> None:
    engine = Engine("/nonexistent/docker.sock", SystemClock())
    said = r"^Docker does not answer on /nonexistent/docker\.sock: there is no such socket$"
    with pytest.raises(Unavailable, match=said) as failure:
        await engine.info()
    assert "systemctl status docker" in failure.value.hint


async def test_a_socket_nobody_listens_on(tmp_path: Path) -> None:
    dead = tmp_path / "dead.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(dead))
    with pytest.raises(Unavailable, match="nothing listens there"):
        await Engine(f"unix://{dead}", SystemClock()).ping()


@pytest.mark.parametrize(
    ("call", "limit"),
    [
        (lambda engine: engine.info(), 10),
        (lambda engine: engine.inspect("web"), 10),
        (lambda engine: engine.ping(3), 3),
        (lambda engine: engine.start("web"), 60),
        (lambda engine: engine.stop("web", 7), 67),
        (lambda engine: engine.events().__aenter__(), 10),
        (lambda engine: engine.wait("web"), 10),
    ],
)
async def test_a_hanging_daemon_is_given_up(fake: FakeDocker, call: Any, limit: int) -> None:
    clock = ManualClock()
    fake.say = lambda method, path: None
    asked = asyncio.create_task(call(Engine(str(fake.socket), clock)))
    while not any(not line.endswith("/version") for line in fake.asked):
        await asyncio.sleep(0.001)
    await clock.advance(limit - 0.1)
    assert not asked.done()
    await clock.advance(0.2)
    with pytest.raises(Unavailable, match=f"no answer within {limit} s"):
        await asked


async def test_a_daemon_that_stops_talking_in_the_middle(fake: FakeDocker) -> None:
    clock = ManualClock()
    fake.say = lambda method, path: None if path == "/_ping" else chunked('{"half":', end=False)
    engine = Engine(str(fake.socket), clock)
    with pytest.raises(Unavailable, match="closed the connection"):
        await engine.info()
    assert await engine.version()


async def test_a_stream_cut_off_is_no_end(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: chunked('{"Action": "start"}\n{"Act', 'ion": "die"}\n', end=False)
    async with engine.events() as events:
        assert [(await anext(events))["Action"], (await anext(events))["Action"]] == ["start", "die"]
        with pytest.raises(Unavailable, match="closed the connection"):
            await anext(events)


async def test_a_long_silence_in_a_stream_is_fine(fake: FakeDocker) -> None:
    clock = ManualClock()
    fake.say = lambda method, path: chunked('{"Action": "start"}\n', end=False)

    async with Engine(str(fake.socket), clock).events() as events:
        await clock.advance(1000)
        assert (await anext(events))["Action"] == "start"


async def test_a_babbling_daemon(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: b"SSH-2.0-what\r\n\r\n"
    with pytest.raises(Unavailable, match=r"no HTTP answer: 'SSH-2\.0-what"):
        await engine.info()
    fake.say = lambda method, path: answer(200, "<html>")
    with pytest.raises(HostError, match="Docker's answer cannot be read: b'<html>'"):
        await engine.info()


@pytest.mark.parametrize(
    "name", ["../../version", "..", ".", "a/b", "a%2fb", "", "-a", "a b", "a\r\nHost: x", "ä", "a?b"]
)
async def test_no_name_leads_out_of_its_path(engine: Engine, fake: FakeDocker, name: str) -> None:
    for call in (engine.inspect, engine.start, engine.kill, engine.remove, engine.wait):
        with pytest.raises(Invalid, match="is no container name"):
            await call(name)
    with pytest.raises(Invalid):
        await engine.rename("web", name)
    with pytest.raises(Invalid):
        await engine.create(name, {})
    assert fake.asked == []


@pytest.mark.parametrize(
    "name", ["../version", "a/../../version", "a//b", "/a", "a?b", "a b", "-a", "", "a\r\nb", "a/.."]
)
async def test_no_image_leads_out_of_its_path(engine: Engine, fake: FakeDocker, name: str) -> None:
    with pytest.raises(Invalid, match="is no image reference"):
        await engine.image(name)
    with pytest.raises(Invalid):
        async for _ in engine.pull(name):
            pass
    assert fake.asked == []


@pytest.mark.parametrize(
    ("reference", "query"),
    [
        ("hello", "fromImage=hello&tag=latest"),
        ("hello:1.2", "fromImage=hello&tag=1.2"),
        ("localhost:5000/a/b", "fromImage=localhost%3A5000%2Fa%2Fb&tag=latest"),
        ("localhost:5000/a/b:7", "fromImage=localhost%3A5000%2Fa%2Fb&tag=7"),
        ("a/b@sha256:00ff", "fromImage=a%2Fb&tag=sha256%3A00ff"),
    ],
)
async def test_one_tag_is_pulled(engine: Engine, fake: FakeDocker, reference: str, query: str) -> None:
    fake.say = lambda method, path: chunked('{"status": "Pulling"}\n', '{"status": "Done"}\n')
    assert [told["status"] async for told in engine.pull(reference)] == ["Pulling", "Done"]
    assert fake.asked[-1] == f"POST /v1.41/images/create?{query}"


async def test_a_pull_that_fails_in_the_middle(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: chunked('{"status": "Pulling"}\n', '{"error": "unauthorized"}\n')
    with pytest.raises(HostError, match="cannot pull hello: unauthorized"):
        async for _ in engine.pull("hello"):
            pass


async def test_removing_never_takes_volumes_along(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: answer(204)
    await engine.remove("web")
    await engine.remove("web", force=True)
    assert fake.asked[1:] == ["DELETE /v1.41/containers/web?v=0&force=0", "DELETE /v1.41/containers/web?v=0&force=1"]


async def test_what_is_so_already_is_no_error(engine: Engine, fake: FakeDocker) -> None:
    fake.say = lambda method, path: answer(304)
    await engine.start("web")
    await engine.stop("web", 1)


async def test_the_judge_sees_every_body_first(fake: FakeDocker) -> None:
    def judge(body: dict[str, Any]) -> None:
        raise HostError(f"not {body['Image']}")

    engine = Engine(str(fake.socket), SystemClock(), judge)
    with pytest.raises(HostError, match="not x"):
        await engine.create("web", {"Image": "x"})
    assert fake.asked == []
