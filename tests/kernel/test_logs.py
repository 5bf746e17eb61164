"""Logs: one record a line in both formats, and what it is about."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from monitor.kernel.logs import LogFormat, activity_id, set_up_logs


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_json_lines_carry_the_activity_and_cannot_be_forged() -> None:
    out = io.StringIO()
    set_up_logs("info", LogFormat.JSON, out)
    token = activity_id.set("01ABC")
    logging.getLogger("monitor.core.x").info('hello\n{"level": "fake"}')
    activity_id.reset(token)
    (line,) = out.getvalue().splitlines()
    record = json.loads(line)
    assert (record["level"], record["logger"], record["activity"]) == ("info", "monitor.core.x", "01ABC")
    assert record["message"].startswith("hello\n")


def test_console_lines_show_control_characters_and_bugs() -> None:
    out = io.StringIO()
    set_up_logs("info", LogFormat.CONSOLE, out)
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("monitor.core.x").exception("a\nb\x1b[31m")
    first, *rest = out.getvalue().splitlines()
    assert first.endswith("ERROR core.x: a\\nb\\x1b[31m")
    assert rest[-1] == "ZeroDivisionError"
