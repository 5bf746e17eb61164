"""Anonymous volumes stay with a deployment: where the new container would get a fresh one, it gets the old one's."""

from typing import Any

import pytest

from monitor.abilities.container.carry import carried
from monitor.abilities.docker.described import MountPoint

A, B = "a" * 64, "b" * 64
IMAGE = {"Config": {"Volumes": {"/data": {}, "/log/": {}}}}


def old(*mounts: tuple[str, str], driver: str = "local", type: str = "volume") -> list[MountPoint]:
    return [MountPoint(type=type, name=name, destination=place, driver=driver) for name, place in mounts]


def mount(name: str, place: str) -> dict[str, Any]:
    return {"Type": "volume", "Source": name, "Target": place}


def test_what_the_image_declares_is_carried_over() -> None:
    body = {"Image": "a", "HostConfig": {"Memory": 1}}
    given = carried(body, IMAGE, old((A, "/data"), (B, "/log")))
    assert given == {"Image": "a", "HostConfig": {"Memory": 1, "Mounts": [mount(A, "/data"), mount(B, "/log")]}}
    assert body == {"Image": "a", "HostConfig": {"Memory": 1}}, "what is given stays as it is"
    again = carried(body, IMAGE, old((A, "/data"), (B, "/log")))
    assert again == given


@pytest.mark.parametrize(
    "before",
    [
        [],
        old(("data", "/data")),
        old((A, "/elsewhere")),
        old((A, "/data"), driver="nfs"),
        old((A, "/data"), type="bind"),
        old((A[:63], "/data")),
    ],
)
def test_nothing_else_is(before: list[MountPoint]) -> None:
    assert carried({"Image": "a"}, IMAGE, before) in ({"Image": "a"}, {"Image": "a", "HostConfig": {}})


@pytest.mark.parametrize(
    "host",
    [
        {"Binds": ["mine:/data:ro"]},
        {"Binds": ["/srv:/data/"]},
        {"Mounts": [{"Type": "bind", "Source": "/srv", "Target": "/data"}]},
        {"Tmpfs": {"/data": ""}},
    ],
)
def test_what_the_config_mounts_there_wins(host: dict[str, Any]) -> None:
    assert carried({"HostConfig": host}, IMAGE, old((A, "/data"))) == {"HostConfig": host}


def test_other_ways_to_ask_for_an_anonymous_volume() -> None:
    before = old((A, "/a"), (B, "/b"))
    assert carried({"Volumes": {"/a": {}}}, {}, before)["HostConfig"] == {"Mounts": [mount(A, "/a")]}
    assert carried({"HostConfig": {"Binds": ["/a"]}}, {}, before)["HostConfig"] == {"Binds": [f"{A}:/a"]}
    asked = {"HostConfig": {"Mounts": [{"Type": "volume", "Target": "/b", "ReadOnly": True}]}}
    assert carried(asked, {}, before)["HostConfig"] == {"Mounts": [mount(B, "/b") | {"ReadOnly": True}]}
