"""Answers come back typed, refusals as the kernel's own errors, and what is no core as Unavailable."""

import pytest
from msgspec import json

from monitor.client.answers import answer_from, error_from
from monitor.core.problem import problem_of
from monitor.everything import everything
from monitor.features.keys.spec import DeleteKey
from monitor.kernel.activity import Activity
from monitor.kernel.errors import (
    BY_CODE,
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    MonitorError,
    NotSignedIn,
    TooMany,
    Unavailable,
)
from monitor.kernel.resource import Page
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.info import BuildInfo
from monitor.resources.deployment.operations.deploy import Deploy

REGISTRY = everything()
BUILD = {
    "id": "1", "name": "b", "revision": 1, "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z",
    "config": {"builder": {"kind": "server", "server": "s"}, "source": {"url": "https://x/y"}, "new_one": 1},
    "info": {"version": "0.0.3"}, "status": {}, "not_known_yet": True,
}  # fmt: skip


def test_a_page_holds_the_types_own_config_and_info() -> None:
    body = json.encode({"items": [BUILD], "total": 1, "next": ""})
    page = answer_from(REGISTRY, REGISTRY.operations["build.list"], 200, {}, body)
    assert isinstance(page, Page)
    assert isinstance(page.items[0].config, BuildConfig)
    assert page.items[0].info == BuildInfo(version="0.0.3")


def test_an_action_answers_its_activity() -> None:
    body = json.encode(
        {
            "id": "A", "operation": "deployment.deploy", "what": None, "origin": "api",
            "who": {"kind": "user", "id": "1", "name": "ann"}, "state": "queued", "created": "2026-01-01T00:00:00Z",
        }
    )  # fmt: skip
    assert isinstance(answer_from(REGISTRY, Deploy, 202, {}, body), Activity)


def test_nothing_is_an_answer() -> None:
    assert answer_from(REGISTRY, DeleteKey, 204, {}, b"") is None


@pytest.mark.parametrize("kind", [*BY_CODE.values(), Conflict])
def test_each_error_comes_back_as_itself(kind: type[MonitorError]) -> None:
    sent = kind("it failed", hint="do this")
    sent.fields = (FieldError("config.ports[0]", "taken"),)
    got = error_from(sent.status, {}, json.encode(problem_of(sent)))
    assert type(got) is kind
    assert (got.message, got.hint, got.fields, got.status) == ("it failed", "do this", sent.fields, sent.status)


def test_a_conflict_carries_the_current_value() -> None:
    got = error_from(409, {}, json.encode(problem_of(Conflict("changed", current={"revision": 3}))))
    assert isinstance(got, Conflict)
    assert got.current == {"revision": 3}


def test_a_rate_limit_says_when_to_come_back() -> None:
    got = error_from(429, {"retry-after": "17"}, json.encode(problem_of(TooMany("slow down", 9))))
    assert isinstance(got, TooMany)
    assert got.retry_after == 17


def test_an_unknown_code_keeps_its_words() -> None:
    got = error_from(418, {}, b'{"title":"Teapot","status":418,"detail":"no coffee","code":"teapot","more":1}')
    assert (type(got), got.status, got.code, got.message) == (MonitorError, 418, "teapot", "no coffee")


@pytest.mark.parametrize(
    ("status", "kind"), [(502, Unavailable), (404, Unavailable), (401, NotSignedIn), (403, Forbidden)]
)
def test_what_gives_no_reason_is_told_by_its_status(status: int, kind: type[MonitorError]) -> None:
    assert type(error_from(status, {}, b"<html>nginx</html>")) is kind


def test_an_answer_that_is_not_cores_says_so() -> None:
    with pytest.raises(Unavailable, match="cannot be read"):
        answer_from(REGISTRY, Deploy, 200, {}, b"<html>hello</html>")


def test_invalid_is_not_mistaken_for_something_else() -> None:
    with pytest.raises(Invalid):
        answer_from(REGISTRY, Deploy, 422, {}, json.encode(problem_of(Invalid.field("a", "b"))))
