"""Values as people read them; hostile ones stay harmless."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from monitor.cli.lines import Lines
from monitor.cli.steps import steps_of
from monitor.cli.tables import widths_for
from monitor.cli.words import ago, coloured, figure, length, one_line, plain, value
from monitor.features.activity.spec import OutputLine
from monitor.kernel.activity import Activity, State, Step, Who
from monitor.kernel.alerts import Subject
from monitor.kernel.amounts import bytes_in_words, digits, percent_in_words
from monitor.kernel.hostview import AgentInfo, Port
from monitor.kernel.operation import StepInfo
from monitor.kernel.resource import ColumnKind
from monitor.resources.build.config import ServerBuilder
from monitor.resources.deployment.values import BuiltImage, PublishedPort, SecretVariable, Variable

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0 s"), (0.34, "0.3 s"), (42.4, "42 s"), (185, "3 min 5 s"), (7800, "2 h 10 min")]
)
def test_lengths(seconds: float, text: str) -> None:
    assert length(seconds) == text


@pytest.mark.parametrize(
    ("then", "text"),
    [
        (timedelta(seconds=1), "just now"),
        (timedelta(seconds=30), "30 s ago"),
        (timedelta(minutes=5), "5 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(days=-3), "in 3 d"),
    ],
)
def test_times(then: timedelta, text: str) -> None:
    assert ago(NOW - then, NOW) == text


def test_values() -> None:
    shown = {
        "yes": True, "": None, "3.1": 3.14159, "failed": State.FAILED, "alpha": "01ALPHA", "a, b": ("a", "b"),
        "A=b": Variable(name="A", value="b"), "PW=(hidden)": SecretVariable(name="PW"),
        "8080:80": PublishedPort(container=80, host=8080), "just now": NOW,
    }  # fmt: skip
    assert {value(held, NOW, {"01ALPHA": "alpha"}) for held in shown.values()} == set(shown)
    assert value(ServerBuilder(server="01ALPHA"), NOW, {"01ALPHA": "alpha"}) == "alpha"
    assert value(UNSET, NOW, {}) == ""
    ports = (Port(container=80, protocol="tcp", host=8080, address=a) for a in ("0.0.0.0", "::"))
    assert value((*ports, Port(container=53, protocol="udp")), NOW, {}) == "8080->80/tcp, 53/udp"
    assert value((1, 1), NOW, {}) == "1, 1"


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert plain("\x1b]0;title\x07") == "\\x1b]0;title\\x07"
    assert plain("a\x1b[31mred\x1b[0m") == "ared"
    assert plain("\x1b[2J") == "\\x1b[2J"
    assert plain("\u202egpj.exe") == "\\x202egpj.exe"
    assert one_line("a\nb") == "a\\nb"


@given(st.text())
def test_nothing_that_moves_the_cursor_gets_through(text: str) -> None:
    shown = one_line(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)


def piece(seq: int, text: str, stream: str = "stdout", step: str = "build") -> OutputLine:
    return OutputLine(seq=seq, at=NOW, step=step, stream=stream, text=text)


def test_pieces_become_lines() -> None:
    lines = Lines()
    assert list(lines.add(piece(1, "one\ntw"))) == [("build", "one")]
    assert list(lines.add(piece(2, "err", "stderr"))) == []
    assert list(lines.add(piece(3, "o\n"))) == [("build", "two")]
    assert list(lines.add(piece(4, "10%\r50%\r100%\r\n"))) == [("build", "100%")]
    assert list(lines.add(piece(5, "a note", "note"))) == [("build", "a note")]
    assert list(lines.rest()) == [("build", "err")]
    assert list(lines.rest()) == []


@given(st.lists(st.text(alphabet="ab\n", max_size=5)))
def test_no_character_is_lost_between_pieces(texts: list[str]) -> None:
    lines = Lines()
    whole = [line for n, text in enumerate(texts) for _, line in lines.add(piece(n, text))]
    rest = [line for _, line in lines.rest()]
    assert "".join(f"{line}\n" for line in whole) + "".join(rest) == "".join(texts)


def test_the_widest_column_gives_way_and_ids_never() -> None:
    lines = [["Id", "State", "Result"], ["0" * 26, "failed", "x" * 200]]
    widths = widths_for(lines, 80)
    assert widths[:2] == [26, 6]
    assert sum(widths) + 4 == 80
    assert widths_for(lines, 10) == [26, 6, 6]


@pytest.mark.parametrize(
    ("bytes", "text"),
    [
        (0, "0 B"),
        (512, "512 B"),
        (1000, "0.98 KiB"),
        (1536, "1.50 KiB"),
        (1.24 * 1024**3, "1.24 GiB"),
        (870 * 1024, "870 KiB"),
        (99.9 * 1024**2, "99.9 MiB"),
        (2**60, "1024 PiB"),
    ],
)
def test_sizes_have_three_digits(bytes: float, text: str) -> None:
    assert bytes_in_words(bytes) == text


def test_a_percentage_is_the_same_everywhere() -> None:
    assert [percent_in_words(one) for one in (0, 0.02, 5.79, 9.97, 93.4, 1640)] == [
        "0%", "0%", "5.8%", "10%", "93%", "1640%"
    ]  # fmt: skip
    assert [digits(one) for one in (2, 2.5, 12.34, 123.4)] == ["2", "2.50", "12.3", "123"]


def test_figures_are_read_as_their_column_says() -> None:
    assert figure(12.34, ColumnKind.PERCENT) == "12%"
    assert figure(2048, ColumnKind.BYTES) == "2 KiB"
    assert figure(2048.0, ColumnKind.RATE) == "2 KiB/s"
    assert figure(3, ColumnKind.NUMBER) == figure(True, ColumnKind.BYTES) == figure("x", ColumnKind.PERCENT) == ""


def test_an_image_and_an_agent_are_said_in_words() -> None:
    assert value(BuiltImage(build="01ID"), NOW, {"01ID": "shop"}) == "build shop, its newest version"
    assert value(BuiltImage(build="01ID", version="1.2.3"), NOW, {}) == "build 01ID, version 1.2.3"
    agent = AgentInfo(
        version="1.0", calls=("a", "b"), hostname="web-1", system="Debian", docker="27.5", powers=("bind",)
    )
    assert value(agent, NOW, {}) == "1.0 on web-1, Debian, Docker 27.5, allows bind"


def test_what_an_alert_is_about_is_said_with_its_type_and_place() -> None:
    subject = Subject(type="deployment", id="x", name="shop", server="s", server_name="web-1")
    assert value(subject, NOW, {}) == "deployment shop on web-1"
    disk = Subject(type="server", id="s", name="web-1", what="/srv", server="s", server_name="web-1")
    assert value(disk, NOW, {}) == "server web-1 (/srv)"


def test_many_figures_are_a_picture() -> None:
    given = (None,) * 20 + tuple(float(n) for n in range(40))
    shown = value(given, NOW, {})
    assert shown.startswith("      ▁")
    assert shown.endswith("█ 39.0")
    assert value((1.0, 2.0), NOW, {}) == "1.0, 2.0"
    assert value((0.0,) * 30, NOW, {}) == "▁" * 20 + " 0.0"
    assert value((None,) * 30, NOW, {}).strip() == ""
    times = tuple(NOW - timedelta(minutes=30 - n) for n in range(30))
    assert value(times, NOW, {}) == "30 min ago to 1 min ago"


def test_steps_stand_in_order_with_those_to_come() -> None:
    declared = tuple(StepInfo(name, "") for name in ("pull", "create", "park", "start", "remove"))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    taken = tuple(Step(name, at, at, "succeeded") for name in ("create", "park", "odd"))
    activity = Activity(
        id="",
        operation="x.y",
        who=Who("user", "", ""),
        what=None,
        origin="",
        state=State.RUNNING,
        created=at,
        steps=taken,
        expected=("pull", "create", "start"),
    )
    shown = [(info.name, step is not None) for info, step in steps_of(activity, declared)]
    assert shown == [("create", True), ("park", True), ("odd", True), ("start", False)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m text", "\x1b[31mred\x1b[0m text\x1b[0m"),
        ("\x1b]0;title\x07\x1b]52;c;Zm9v\x1b\\clip", "clip"),
        ("\x1b]8;;http://evil\x07link\x1b]8;;\x07", "link"),
        ("\x1b[2J\x1b[H\x1b[1A\x1bcgone", "gone"),
        ("10%\r50%\r100%", "100%"),
        ("done.\r", "done."),
        ("\u202egnp.exe\x08\x00", "\\x202egnp.exe\\x08\\x00"),
        ("\x1b]0;never ends", "0;never ends"),
        ("\x9b31mC1", "\\x9b31mC1"),
    ],
)
def test_a_line_keeps_its_colours_and_nothing_else(text: str, shown: str) -> None:
    assert coloured(text) == shown


@given(st.text(st.sampled_from("a\x1b[]0;52m\x07\x08\x9b\r\n\\HJ\u202e"), max_size=40))
def test_no_sequence_but_a_colour_gets_through(text: str) -> None:
    left = re.sub(r"\x1b\[[0-9;:]*m", "", coloured(text))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", left)
