"""The live websocket over a real socket: who may open it, from where, and what happens when the session ends."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.core.served import Served, served_core


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_core(tmp_path_factory.mktemp("socket")) as made:
        yield made


def opened(served: Served, query: str = "", *, origin: str | None = None, **headers: str) -> ClientConnection:
    """A socket with these headers; `origin` is core's own unless said otherwise."""
    url = served.url.replace("http", "ws") + "/api/live" + query
    given = {"Origin": served.url if origin is None else origin, **headers}
    return connect(url, additional_headers={k: v for k, v in given.items() if v}, open_timeout=10)


def cookie(served: Served) -> str:
    return "; ".join(f"{name}={value}" for name, value in served.boss.cookies.items())


def ask(socket: ClientConnection, id: int, topic: str, **fields: Any) -> dict[str, Any]:
    socket.send(json.dumps({"id": id, "op": "subscribe", "topic": {"topic": topic, **fields}}))
    return json.loads(socket.recv(timeout=10))


def is_refused(served: Served, query: str = "", **headers: Any) -> bool:
    """Whether the socket is not opened, or closed before it says anything."""
    try:
        with opened(served, query, **headers) as socket:
            socket.recv(timeout=10)
    except InvalidStatus as answer:
        return answer.response.status_code in (401, 403)
    except ConnectionClosed as closed:
        return closed.rcvd is not None and closed.rcvd.code in (4401, 4403)
    return False


def test_a_session_or_key_opens_it(served: Served) -> None:
    for headers in ({"Cookie": cookie(served)}, {"Authorization": f"Bearer {served.key()}", "origin": ""}):
        with opened(served, **headers) as socket:
            snapshot = ask(socket, 1, "server.changes")
            assert snapshot["kind"] == "snapshot"
            assert [i["data"]["name"] for i in snapshot["data"]] == ["host"]


def test_strangers_and_other_sites_do_not(served: Served) -> None:
    assert is_refused(served)
    assert is_refused(served, Cookie="monitor_session=wrong")
    assert is_refused(served, Authorization="Bearer wrong")
    for origin in ("https://evil.example", "null", served.url.replace("127.0.0.1", "localhost"), ""):
        assert is_refused(served, origin=origin, Cookie=cookie(served)), origin
    assert is_refused(served, Cookie=cookie(served), Host="evil.example")


def test_nor_does_a_secret_in_the_url(served: Served) -> None:
    secret, session = served.key(), next(iter(served.boss.cookies.values()))
    for query in (f"?token={secret}", f"?key={secret}", f"?authorization=Bearer%20{secret}", f"?session={session}"):
        assert is_refused(served, query)


def test_what_is_open_ends_with_the_key(served: Served) -> None:
    made = served.boss.post("/api/keys", json={"name": "passing"}).json()
    with opened(served, Authorization=f"Bearer {made['secret']}", origin="") as socket:
        assert ask(socket, 1, "deployment.changes")["kind"] == "snapshot"
        served.boss.delete(f"/api/keys/{made['key']['id']}").raise_for_status()
        ended = json.loads(socket.recv(timeout=10))
        assert (ended["kind"], ended["data"]["status"]) == ("error", 401)


def until_closed(socket: ClientConnection, sent: str) -> None:
    """Send this and read what still comes."""
    socket.send(sent)
    while True:
        socket.recv(timeout=10)


def test_a_flood_of_nonsense_ends_nothing_for_others(served: Served) -> None:
    with opened(served, Cookie=cookie(served)) as other, opened(served, Cookie=cookie(served)) as socket:
        for number in range(300):
            socket.send(b"\xff\xfe" if number % 2 else "{" * number)
        assert json.loads(socket.recv(timeout=10))["kind"] == "error"
        assert ask(other, 1, "server.changes")["kind"] == "snapshot"
        # A reset may overtake the frame that says why, and come while this is still being sent.
        with pytest.raises(ConnectionClosed, match=r"1009|no close frame"):
            until_closed(socket, "x" * (2 * 1024 * 1024))
        assert ask(other, 2, "build.changes")["kind"] == "snapshot"
