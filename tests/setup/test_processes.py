"""Background processes of the demo are ended by exactly the ids that were started."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from parts.say import GiveUp
from tour import processes
from tour.place import Place

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def pid_of(place: Place, name: str) -> int:
    return json.loads(place.running.read_text())[name]["pid"]


def test_started_ones_are_stopped_last_first(place: Place) -> None:
    processes.start(place, "one", SLEEP, os.environ)
    processes.start(place, "two", SLEEP, os.environ)
    assert processes.all_alive(place)
    pids = [pid_of(place, name) for name in ("one", "two")]
    assert processes.stop(place) == ["two", "one"]
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert not processes.all_alive(place)


def test_one_that_ignores_term_is_killed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    processes.start(place, "deaf", [sys.executable, "-c", deaf], os.environ)
    processes.wait_until(place, "deaf", lambda: "deaf" in place.log("deaf").read_text())
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    assert processes.stop(place) == ["deaf"]


def test_another_process_with_a_remembered_id_is_left_alone(place: Place) -> None:
    stranger = subprocess.Popen(SLEEP)
    try:
        place.running.write_text(json.dumps({"core": {"pid": stranger.pid, "began": "1"}}))
        assert processes.stop(place) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_one_that_ends_at_once_is_told_with_its_log(place: Place) -> None:
    processes.start(place, "broken", [sys.executable, "-c", "raise SystemExit('the port is taken')"], os.environ)
    began = time.monotonic()
    with pytest.raises(GiveUp, match="the port is taken"):
        processes.wait_until(place, "broken", lambda: False)
    assert time.monotonic() - began < 20


def test_a_broken_file_counts_as_nothing_running(place: Place) -> None:
    place.running.write_text("{")
    assert not processes.all_alive(place)
    assert processes.stop(place) == []
