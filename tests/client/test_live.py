"""The conversation on the live socket, without a socket: order, resumption, snapshots, errors."""

from typing import Any

import pytest
from msgspec import json

from monitor.client.following import Following
from monitor.client.live import PATIENCE, Conversation, Subscription
from monitor.features.activity.spec import FollowOutput, OutputLine
from monitor.features.users.spec import User
from monitor.kernel.errors import NotFound, Unavailable
from monitor.kernel.stream import Stream
from monitor.resources.deployment.operations.log import FollowLog

ANN = {"id": "1", "name": "ann", "created": "2026-01-01T00:00:00Z"}
BOB = {"id": "2", "name": "bob", "created": "2026-01-01T00:00:00Z"}
AT = "2026-01-01T00:00:00Z"


class Users(Stream[User], frozen=True, kw_only=True, tag="user.changes"):
    """A state topic of its own."""


def frame(kind: str, data: Any = None, **more: Any) -> bytes:
    return json.encode({"id": 1, "kind": kind, "data": data, **more})


def output(seq: int, text: str = "x") -> bytes:
    return frame("append", {"seq": seq, "at": AT, "step": "build", "stream": "stdout", "text": text}, seq=seq)


def test_a_log_is_resumed_after_the_last_entry_seen() -> None:
    talk = Conversation(Subscription(FollowOutput(target="A", after=2), OutputLine))
    assert json.decode(talk.opening()[0])["topic"] == {"topic": "activity.follow_output", "target": "A", "after": 2}
    assert [item.seq for seq in (3, 4) for item in talk.receive(output(seq))] == [3, 4]
    talk.lost(OSError("cut"))
    assert json.decode(talk.opening()[0])["topic"]["after"] == 4


def test_a_topics_own_parameters_are_sent() -> None:
    talk = Conversation(Subscription(FollowLog(target="web", tail=7), OutputLine))
    assert json.decode(talk.opening()[0])["topic"]["tail"] == 7


def test_a_new_snapshot_says_what_is_gone() -> None:
    talk = Conversation(Subscription(Users(), User))
    first = list(talk.receive(frame("snapshot", [{"key": "1", "data": ANN}, {"key": "2", "data": BOB}])))
    assert [(item.key, item.data and item.data.name) for item in first] == [("1", "ann"), ("2", "bob")]
    second = list(talk.receive(frame("snapshot", [{"key": "2", "data": BOB}])))
    assert [(item.key, item.data and item.data.name) for item in second] == [("1", None), ("2", "bob")]
    third = list(talk.receive(json.encode({"id": 1, "kind": "change", "key": "2"})))
    assert [(item.key, item.data) for item in third] == [("2", None)]


def test_an_error_frame_is_raised_as_itself() -> None:
    talk = Conversation(Subscription(FollowOutput(target="A"), OutputLine))
    with pytest.raises(NotFound, match="no such activity"):
        list(talk.receive(frame("error", {"detail": "no such activity", "code": "not_found", "status": 404})))


def test_an_end_ends_it() -> None:
    talk = Conversation(Subscription(FollowOutput(target="A"), OutputLine))
    assert not talk.done
    assert list(talk.receive(frame("end"))) == []
    assert talk.done
    assert talk.opening() == []


def test_a_core_that_was_never_reached_is_not_waited_for() -> None:
    with pytest.raises(Unavailable, match="refused"):
        Conversation().lost(ConnectionRefusedError("refused"))


def test_a_core_that_was_reached_is_waited_for_with_growing_patience_and_not_for_ever() -> None:
    talk = Conversation(Subscription(FollowOutput(target="A"), OutputLine))
    assert talk.opening()
    waits = [talk.lost(OSError("cut")) for _ in range(PATIENCE)]
    assert waits == sorted(waits)
    assert waits[0] < 1 < waits[-1]
    with pytest.raises(Unavailable):
        talk.lost(OSError("cut"))


def activity(state: str, id: str = "A") -> dict[str, Any]:
    who = {"kind": "user", "id": "1", "name": "ann"}
    return {
        "id": id,
        "operation": "build.run",
        "who": who,
        "what": None,
        "origin": "cli",
        "state": state,
        "created": AT,
    }


def test_following_is_done_when_both_the_record_and_the_output_have_ended() -> None:
    following = Following("A")
    opened = [json.decode(text) for text in following.opening()]
    assert [(one["id"], one["topic"]["topic"]) for one in opened] == [
        (1, "activity.watch"),
        (2, "activity.follow_output"),
    ]
    list(following.events(frame("snapshot", [{"key": "A", "data": activity("running")}])))
    list(following.events(frame("change", activity("succeeded"), key="A")))
    assert not following.done
    list(following.events(json.encode({"id": 2, "kind": "end"})))
    assert following.done
    assert following.ended().state == "succeeded"


def test_following_one_activity_ignores_others() -> None:
    following = Following("A")
    assert list(following.events(frame("change", activity("failed", "B"), key="B"))) == []
    assert following.activity is None


@pytest.mark.parametrize("message", ["<html>", b"{}", frame("append", {"seq": "x"}), frame("snapshot", 3)])
def test_what_cannot_be_read_is_told(message: str | bytes) -> None:
    talk = Conversation(Subscription(FollowOutput(target="A"), OutputLine))
    with pytest.raises(Unavailable, match="cannot be read"):
        list(talk.receive(message))
