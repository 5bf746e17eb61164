"""Complaint: every refusal says in plain words how to put the value right, and none shows a regular expression."""

from enum import StrEnum
from typing import Annotated, Any

import pytest
from msgspec import Meta, Struct

from monitor.kernel.errors import Invalid
from monitor.kernel.marks import shown
from monitor.kernel.wire import from_user


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Off(Struct, frozen=True, tag_field="kind", tag="off"):
    """None."""


class On(Struct, frozen=True, tag_field="kind", tag="on"):
    """Some."""

    port: Annotated[int, Meta(ge=1, le=65535)] = 1


class Given(Struct, frozen=True, kw_only=True):
    count: Annotated[int, Meta(ge=2)] = 2
    share: Annotated[float, Meta(gt=0, lt=1)] = 0.5
    name: Annotated[str, Meta(min_length=2, max_length=5)] = "ab"
    path: Annotated[str, Meta(pattern=r"^(/[^\x00]*)?$")] = ""
    user: Annotated[str, Meta(pattern=r"^[a-z]+(:[a-z]+)?$")] = "a"
    cpus: Annotated[str, Meta(pattern=r"^[0-9](-[0-9])?$"), shown("Cpus", "Only these: `0-2`.")] = "0"
    dns: Annotated[tuple[Annotated[str, Meta(pattern=r"^[0-9.]+$")], ...], shown("DNS", "By address.")] = ()
    bare: Annotated[str, Meta(pattern=r"^[0-9]+$")] = "0"
    colour: Colour = Colour.RED
    power: Off | On = Off()
    tags: Annotated[tuple[str, ...], Meta(max_length=1)] = ()
    none: int | None = None


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({"count": 1}, "count", "must be a whole number, at least 2"),
        ({"count": "1"}, "count", "must be a whole number, not a text"),
        ({"share": 1}, "share", "must be a number, less than 1"),
        ({"name": "a"}, "name", "must have at least 2 characters"),
        ({"path": "relative"}, "path", "must begin with /"),
        ({"user": "a b"}, "user", "would fit without a space"),
        ({"user": " a"}, "user", "has space around it: remove that"),
        ({"cpus": "all"}, "cpus", "is not written as it must be: Only these: `0-2`."),
        ({"cpus": ""}, "cpus", "cannot be empty"),
        ({"dns": ["1.1.1.1", "one"]}, "dns[1]", "is not written as it must be: By address."),
        ({"bare": "x"}, "bare", "must fit the pattern ^[0-9]+$"),
        ({"colour": "pink"}, "colour", "must be one of red, blue"),
        ({"colour": 3}, "colour", "must be one of red, blue"),
        ({"power": {"kind": "half"}}, "power.kind", "must be one of off, on"),
        ({"power": {"kind": "on", "port": 0}}, "power.port", "must be a whole number, at least 1"),
        ({"power": {}}, "power.kind", "is required"),
        ({"tags": ["a", "b"]}, "tags", "must have at most 1 item"),
        ({"tags": "a"}, "tags", "must be a list, not a text"),
        ({"none": "a"}, "none", "must be a whole number or null, not a text"),
        (3, "body", "must be an object, not a whole number"),
    ],
)
def test_it_says_how_to_put_it_right(data: Any, path: str, message: str) -> None:
    with pytest.raises(Invalid) as refused:
        from_user(data, Given)
    assert [(field.path, field.message) for field in refused.value.fields] == [(path, message)]


def test_a_text_of_any_length_is_answered_at_once() -> None:
    with pytest.raises(Invalid, match="must fit the pattern"):
        from_user({"bare": "x y" * 100_000}, Given)
