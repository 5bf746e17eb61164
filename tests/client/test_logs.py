"""Large logs over a real socket: downloaded, broken off, and read too slowly."""

import json
import time
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from monitor.client import AsyncClient, Client
from monitor.core import download as downloads
from monitor.core import routes
from monitor.features.keys.spec import CreateKey, DeleteKey
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import NotFound, NotSignedIn, Unavailable
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.operations.log import FollowLog, LogFile, ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from tests.client.served import ServedCore

LINE = b"x" * 992
COUNT = 60_000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCore]:
    """A core with a deployment whose log holds 60 MB."""
    with ServedCore(tmp_path_factory.mktemp("core")) as core:
        core.host.machine.images.add("web:1")
        with core.client() as client:
            config = DeploymentConfig(server="alpha", image=LiteralImage(image="web:1"), stable_for=0.0)
            client.create(DEPLOYMENT, "large", config)
            client.wait(client.run(Deploy(target="large")))
        container = core.host.machine.find("large")
        container.write(SystemClock().now(), *(b"%06d " % n + LINE for n in range(COUNT)))
        yield core


def test_a_large_log_is_downloaded_whole(served: ServedCore, tmp_path: Path) -> None:
    with served.client() as client, (tmp_path / "log").open("wb") as out:
        for piece in client.download(LogFile(target="large")):
            out.write(piece)
    lines = (tmp_path / "log").read_bytes().splitlines()
    assert lines == [b"%06d " % n + LINE for n in range(COUNT)]


async def test_the_other_client_downloads_too(served: ServedCore) -> None:
    async with AsyncClient(served.url, key=served.key) as client:
        pieces = [piece async for piece in client.download(LogFile(target="large", tail=3))]
        assert [line[:6] for line in b"".join(pieces).splitlines()] == [b"059997", b"059998", b"059999"]
        with pytest.raises(NotFound, match="no deployment"):
            await anext(client.download(LogFile(target="nowhere")))


def test_a_file_is_no_answer(served: ServedCore) -> None:
    with served.client() as client, pytest.raises(TypeError, match="download"):
        client.run(LogFile(target="large", tail=1))


def test_a_download_is_plain_text_with_a_name(served: ServedCore) -> None:
    with served.client() as client:
        answer = client._http.get("/deployments/large/log_file?tail=1&timestamps=true")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="large.log"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.split(" ")[0].endswith("Z")


def test_a_download_breaks_off_with_the_right_to_it(served: ServedCore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "_LOOK", 0.0)
    with served.client() as admin:
        key = admin.run(CreateKey(name="short"))
        with Client(served.url, key=key.secret) as client:
            pieces = client.download(LogFile(target="large"))
            size = len(next(pieces))
            admin.run(DeleteKey(target=key.key.id))
            rest: list[bytes] = []
            with pytest.raises(Unavailable, match="not all of it"):
                rest.extend(pieces)
            assert 0 < size + sum(map(len, rest)) < COUNT * 1000
            with pytest.raises(NotSignedIn):
                client.run(ReadLog(target="large"))


@contextmanager
def subscribed(served: ServedCore, **asked: Any) -> Iterator[ClientConnection]:
    with connect(
        served.url.replace("http", "ws") + "/api/live",
        additional_headers={"Authorization": f"Bearer {served.key}"},
        max_size=None,
        max_queue=1,
        compression=None,
    ) as socket:
        topic = {"topic": "deployment.follow_log", "target": "large", "follow": False, **asked}
        socket.send(json.dumps({"id": 1, "op": "subscribe", "topic": topic}))
        yield socket


def read(socket: ClientConnection) -> tuple[list[int], int, str]:
    """Numbers of the lines that come, the seq of the last, and how it ended."""
    numbers: list[int] = []
    seq = 0
    while True:
        try:
            frame = json.loads(socket.recv(timeout=20))
        except ConnectionClosed as closed:
            return numbers, seq, f"{closed.rcvd.code} {closed.rcvd.reason}" if closed.rcvd else "cut"
        if frame["kind"] == "end":
            return numbers, seq, "end"
        numbers += [int(line["text"][:6]) for line in frame["data"]["lines"]]
        seq = frame["seq"]


def test_a_slow_reader_is_dropped_with_a_reason_and_goes_on(
    served: ServedCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_SEND_WITHIN", 0.5)
    with subscribed(served, tail=-1) as slow:
        # Others are served meanwhile.
        with served.client() as client:
            assert len(client.run(ReadLog(target="large", tail=5)).lines) == 5
        time.sleep(1.5)
        first, seq, how = read(slow)
    assert how.startswith("4408 you read too slowly")
    assert first == list(range(len(first)))
    assert len(first) < COUNT
    monkeypatch.undo()
    with subscribed(served, after=seq) as again:
        rest, _, how = read(again)
    assert how == "end"
    assert first + rest == list(range(COUNT))


async def test_a_follower_gets_what_there_is_in_few_frames(served: ServedCore) -> None:
    async with AsyncClient(served.url, key=served.key) as client:
        count = frames = 0
        async with aclosing(client.subscribe(FollowLog(target="large", tail=10_000, follow=False))) as items:
            async for item in items:
                frames += 1
                count += len(item.data.lines) if item.data else 0
    assert count == 10_000
    assert frames <= 20
