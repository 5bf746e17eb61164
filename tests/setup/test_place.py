"""The demo's folder: private, told apart from others', and on ports that are free."""

import json
import socket
import stat
from pathlib import Path

from tour.place import LOOPBACK, Place, choose_ports


def test_access_is_for_the_owner_only(place: Place) -> None:
    place.write_access("http://127.0.0.1:1", "admin", "secret", "http://127.0.0.1:2/")
    assert json.loads(place.access.read_text()) == {
        "url": "http://127.0.0.1:1",
        "username": "admin",
        "password": "secret",
    }
    assert stat.S_IMODE(place.access.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700


def test_no_access_is_no_error(place: Place) -> None:
    assert place.read_access() == {}


def test_two_folders_never_share_a_container(tmp_path: Path) -> None:
    assert Place(tmp_path / "one").container != Place(tmp_path / "two").container


def test_clearing_keeps_what_belongs_to_an_engine_started_here(place: Place) -> None:
    place.engine.write_text("1")
    place.engine.with_suffix(".log").write_text("log")
    (place.folder / "core").mkdir()
    place.access.write_text("{}")
    place.clear()
    assert sorted(each.name for each in place.folder.iterdir()) == ["dockerd.log", "dockerd.pid"]


def test_taken_ports_are_left_alone() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        ports = choose_ports(usual=(taken.getsockname()[1],) * 4)
    chosen = {ports.core, ports.periphery, ports.git, ports.app}
    assert len(chosen) == 4
    assert taken.fileno() == -1


def test_two_that_start_at_once_choose_no_port_twice() -> None:
    """Nobody listens on any yet."""
    first, second = choose_ports(), choose_ports()
    chosen = [port for ports in (first, second) for port in (ports.core, ports.periphery, ports.git, ports.app)]
    assert len(set(chosen)) == 8
