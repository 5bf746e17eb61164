"""What two containers of one body cannot both hold: the choice between starting beside and stopping first."""

from typing import Any

import pytest

from monitor.abilities.container.canonical import canonical
from monitor.abilities.container.exclusive import held

VOLUME = "0123456789abcdef" * 4
FREE: list[dict[str, Any]] = [
    {},
    {"HostConfig": None},
    {"HostConfig": {"NetworkMode": "bridge", "Binds": [], "PortBindings": {}, "Privileged": False, "Runtime": ""}},
    {"HostConfig": {"NetworkMode": "default"}},
    {"HostConfig": {"NetworkMode": "none"}},
    {"HostConfig": {"NetworkMode": "web", "RestartPolicy": {"Name": "always"}, "Memory": 1 << 30}},
    {"NetworkingConfig": {"EndpointsConfig": {"web": {"Aliases": ["www"], "IPAMConfig": {}}, "db": None}}},
    {"HostConfig": {"PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": ""}], "81/tcp": None, "82/tcp": []}}},
    {"HostConfig": {"PortBindings": {"80/tcp": [{"HostPort": "0"}]}, "PublishAllPorts": True}},
    {"HostConfig": {"Binds": ["/etc/hosts:/etc/hosts:ro", "conf:/conf:ro,z", "/scratch"]}},
    {"HostConfig": {"Mounts": [{"Type": "bind", "Source": "/srv", "Target": "/srv", "ReadOnly": True}]}},
    {"HostConfig": {"Mounts": [{"Type": "tmpfs", "Target": "/tmp"}, {"Type": "volume", "Target": "/fresh"}]}},
    {"HostConfig": {"Tmpfs": {"/run": "size=1m"}, "CapAdd": ["NET_ADMIN"], "Sysctls": {"net.core.somaxconn": "9"}}},
    {"HostConfig": {"IpcMode": "private", "PidMode": "", "UTSMode": "host", "Init": True, "ReadonlyRootfs": True}},
    {"Volumes": {"/data": {}}, "Env": ["A=1"], "Labels": {"a": "b"}, "Hostname": "web", "Healthcheck": None},
]
HELD: list[tuple[dict[str, Any], list[str]]] = [
    ({"PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}}, ["host port 8080"]),
    (
        {"PortBindings": {"53/udp": [{"HostPort": "53"}], "80": [{"HostPort": 80}]}},
        ["host port 53/udp", "host port 80"],
    ),
    ({"PortBindings": {"80/tcp": [{"HostPort": "8000-8010"}]}}, ["host port 8000-8010"]),
    ({"NetworkMode": "host"}, ["the host's network"]),
    ({"NetworkMode": "container:db"}, ["another container's network"]),
    ({"PidMode": "host"}, ["the processes of the host or of another container"]),
    ({"IpcMode": "container:db"}, ["shared memory"]),
    ({"Privileged": True}, ["every device of the host"]),
    ({"Devices": [{"PathOnHost": "/dev/ttyUSB0", "PathInContainer": "/dev/tty"}]}, ["device /dev/ttyUSB0"]),
    ({"Devices": [{}]}, ["a device"]),
    ({"DeviceRequests": [{"Count": -1, "Capabilities": [["gpu"]]}]}, ["GPUs or other devices"]),
    ({"DeviceCgroupRules": ["c 1:3 mr"]}, ["devices"]),
    ({"Runtime": "nvidia"}, ["what its runtime gives it"]),
    ({"VolumesFrom": ["db:ro"]}, ["the volumes of another container"]),
    (
        {"Binds": ["data:/data", "/srv:/srv:rw", "other:/o:z"]},
        ["the volume data", "the host's /srv", "the volume other"],
    ),
    ({"Binds": [f"{VOLUME}:/var/lib/db"]}, ["the volume at /var/lib/db"]),
    ({"Mounts": [{"Type": "volume", "Source": VOLUME, "Target": "/data"}]}, ["the volume at /data"]),
    ({"Mounts": [{"Type": "bind", "Source": "/srv", "Target": "/s", "ReadOnly": False}]}, ["the host's /srv"]),
    ({"Mounts": [{"type": "volume", "source": "data", "target": "/d", "readonly": False}]}, ["the volume data"]),
    ({"Binds": ["data:/data:ro:rw"]}, ["the volume data"]),
    ({"binds": ["data:/data"]}, ["the volume data"]),
    ({"PortBindings": "8080"}, ["host port 8080"]),
    ({"Novelty": 1}, ["Novelty, which Monitor does not know"]),
]


@pytest.mark.parametrize("body", FREE, ids=str)
def test_two_can_share(body: dict[str, Any]) -> None:
    assert held({"Image": "web:1", **body}) == ()


@pytest.mark.parametrize(("host", "things"), HELD, ids=str)
def test_two_cannot_share(host: dict[str, Any], things: list[str]) -> None:
    assert held({"Image": "web:1", "HostConfig": host}) == tuple(things)


@pytest.mark.parametrize(
    ("endpoint", "thing"),
    [
        ({"IPAMConfig": {"IPv4Address": "10.0.0.5"}}, "address 10.0.0.5"),
        ({"IPAMConfig": {"IPv6Address": "fd00::5"}}, "address fd00::5"),
        ({"IPAMConfig": {"LinkLocalIPs": ["169.254.1.1"]}}, "address 169.254.1.1"),
        ({"MacAddress": "02:42:00:00:00:01"}, "MAC address 02:42:00:00:00:01"),
        ({"Wonder": 1}, "Wonder, which Monitor does not know"),
    ],
)
def test_addresses_are_held(endpoint: dict[str, Any], thing: str) -> None:
    assert held({"NetworkingConfig": {"EndpointsConfig": {"web": endpoint}}}) == (thing,)


def test_keys_of_the_body_that_are_not_known_count() -> None:
    assert held({"MacAddress": "02:42:00:00:00:01"}) == ("MacAddress, which Monitor does not know",)
    assert held({"Binds": ["data:/data"]}) == ("Binds, which Monitor does not know",)
    assert held({"hostconfig": {"Privileged": True}}) == ("every device of the host",)


def test_the_same_thing_is_told_once() -> None:
    bindings = [{"HostIp": ip, "HostPort": "80"} for ip in ("127.0.0.1", "::1")]
    assert held({"HostConfig": {"PortBindings": {"80/tcp": bindings}}}) == ("host port 80",)


def test_no_spelling_gets_past_what_monitor_sets() -> None:
    """The daemon takes any case, and of two spellings the last: the restart policy must stay off until it is up."""
    body = {
        "image": "a",
        "HOSTCONFIG": {"restartPolicy": {"Name": "always"}, "RestartPolicy": {"Name": "no"}},
        "Odd": 1,
    }
    assert canonical(body) == {"Image": "a", "HostConfig": {"RestartPolicy": {"Name": "no"}}, "Odd": 1}
    assert canonical({"HostConfig": None, "Cmd": None, "Image": "a"}) == {"Image": "a"}
