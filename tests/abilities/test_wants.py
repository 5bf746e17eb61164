"""What a body names that must be on its host: found in every spelling, and told with the way out."""

from typing import Any

import pytest

from monitor.abilities.container.published import Published, published
from monitor.abilities.container.wants import lacking, wants
from monitor.kernel.offers import DockerOffers

OFFERS = DockerOffers(
    networks=("bridge", "host", "none", "shop"),
    network_ids=("0317975ab89a7279de8e",),
    log_drivers=("json-file", "journald", "loki:latest"),
    volume_drivers=("local", "rexray"),
    runtimes=("runc",),
)


def lacks(**host: Any) -> list[str]:
    return [lack.what for lack in lacking(wants({"HostConfig": host}), OFFERS)]


@pytest.mark.parametrize("mode", ["", "default", "bridge", "host", "none", "container:db", "shop", "0317975ab89a"])
def test_a_network_that_is_there(mode: str) -> None:
    assert lacks(NetworkMode=mode) == []


def test_each_network_that_is_not() -> None:
    body = {
        "HostConfig": {"networkmode": "one"},
        "NetworkingConfig": {"EndpointsConfig": {"two": {}, "shop": {}, "one": None}},
    }
    found = lacking(wants(body), OFFERS)
    assert [lack.what for lack in found] == ["no network one", "no network two"]
    assert {lack.way for lack in found} == {"make the network first, or check its name"}


@pytest.mark.parametrize("name", ["", "none", "json-file", "loki", "loki:latest"])
def test_a_log_driver_that_is_there(name: str) -> None:
    assert lacks(LogConfig={"Type": name}) == []


def test_drivers_and_runtimes_that_are_not() -> None:
    mounts = [{"Type": "volume", "VolumeOptions": {"driverconfig": {"Name": "nfs"}}}, {"Type": "tmpfs"}]
    found = lacks(LogConfig={"type": "gelf"}, VolumeDriver="flocker", Mounts=mounts, Runtime="nvidia")
    assert found == ["no log driver gelf", "no volume driver flocker", "no volume driver nfs", "no runtime nvidia"]


def test_what_a_daemon_does_not_tell_says_nothing() -> None:
    wanted = wants({"HostConfig": {"NetworkMode": "one", "LogConfig": {"Type": "gelf"}, "Runtime": "x"}})
    assert lacking(wanted, DockerOffers()) == ()


def test_containers_and_devices_it_shares() -> None:
    host = {
        "NetworkMode": "container:db",
        "PidMode": "container:db",
        "IpcMode": "private",
        "VolumesFrom": ["data:ro"],
        "Devices": [{"pathonhost": "/dev/ttyUSB0"}],
    }
    found = wants({"HostConfig": host})
    assert (found.containers, found.devices, found.networks) == (("db", "data"), ("/dev/ttyUSB0",), ())


def test_ports_as_a_body_says_them() -> None:
    bindings = {
        "80/tcp": [{"HostIp": "", "HostPort": "8080"}, {"hostip": "127.0.0.1", "hostPort": "81"}],
        "53/udp": [{"HostPort": "53"}],
        "90/tcp": [{"HostPort": ""}, {"HostPort": "0"}, {"HostPort": "9000-9010"}],
        "91/tcp": None,
    }
    found = published({"HostConfig": {"PortBindings": bindings}})
    assert found == (Published("", 8080, "tcp"), Published("127.0.0.1", 81, "tcp"), Published("", 53, "udp"))
    assert [port.in_words for port in found] == ["8080", "127.0.0.1:81", "53/udp"]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("", "", True),
        ("", "10.0.0.1", True),
        ("", "::1", True),
        ("0.0.0.0", "10.0.0.1", True),
        ("0.0.0.0", "::1", False),
        ("0.0.0.0", "::", False),
        ("::", "::1", True),
        ("::", "10.0.0.1", False),
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
    ],
)
def test_addresses_that_meet(one: str, other: str, clash: bool) -> None:
    a, b = Published(one, 80, "tcp"), Published(other, 80, "tcp")
    assert (a.clashes(b), b.clashes(a)) == (clash, clash)
    assert not a.clashes(Published(other, 81, "tcp"))
    assert not a.clashes(Published(other, 80, "udp"))
