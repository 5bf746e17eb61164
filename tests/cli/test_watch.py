"""A topic that is watched through a pipe: rows one can read by a program, under headings that are said once."""

import pytest
from msgspec import Struct

from monitor.cli.watch import watch_state
from monitor.kernel.resource import Column
from monitor.kernel.stream import Item


class Thing(Struct):
    """What changes."""

    name: str
    state: str


def test_headings_are_said_once_on_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    items = [
        Item(key="a", seq=1, data=Thing("web", "up")),
        Item(key="a", seq=2, data=Thing("web", "down")),
        Item(key="a", seq=3, data=None),
        Item(key="b", seq=4, data=Thing("db", "up")),
    ]
    watch_state(items, (Column("name", "Name"), Column("state", "State")))
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert said == [["NAME", "STATE"], ["web", "up"], ["web", "down"], ["a", "is", "gone"], ["db", "up"]]
