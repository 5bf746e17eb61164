"""What people write becomes what the Engine is asked for, and wrong input names its field."""

from typing import Any

import pytest

from monitor.kernel.errors import Invalid
from monitor.kernel.permission import HostPower
from monitor.resources.server.bodies import network_body, network_needs, volume_body, volume_needs
from monitor.resources.server.operations.networks import CreateNetwork, Subnet, subnet
from monitor.resources.server.operations.things import Pair
from monitor.resources.server.operations.volumes import CreateVolume


def test_a_volume() -> None:
    op = CreateVolume(volume="data", labels=(Pair(name="a", value="b=c"),), options=(Pair(name="size", value="1g"),))
    body = volume_body(op)
    assert body == {"Name": "data", "Driver": "local", "DriverOpts": {"size": "1g"}, "Labels": {"a": "b=c"}}
    assert volume_needs(body) == frozenset()
    bind = CreateVolume(volume="data", options=(Pair(name="o", value="bind"), Pair(name="device", value="/etc")))
    assert volume_needs(volume_body(bind)) == {HostPower.BIND}


def test_a_network() -> None:
    op = CreateNetwork(
        network="back",
        subnets=(
            Subnet(subnet="10.9.0.0/16", gateway="10.9.0.1", ip_range="10.9.1.0/24"),
            Subnet(subnet="fd00:9::/64"),
        ),
        internal=True,
        ipv6=True,
    )
    body = network_body(op)
    assert body == {
        "Name": "back",
        "Driver": "bridge",
        "Internal": True,
        "Attachable": False,
        "EnableIPv6": True,
        "Labels": {},
        "Options": {},
        "IPAM": {
            "Driver": "default",
            "Config": [
                {"Subnet": "10.9.0.0/16", "Gateway": "10.9.0.1", "IPRange": "10.9.1.0/24"},
                {"Subnet": "fd00:9::/64"},
            ],
        },
    }
    assert network_needs(body) == frozenset()
    assert network_needs(network_body(CreateNetwork(network="mv", driver="macvlan"))) == {HostPower.NAMESPACES}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"network": "bridge"}, "network"),
        ({"subnets": (Subnet(subnet="10.9.0.1/16"),)}, "subnets[0].subnet"),
        ({"subnets": (Subnet(subnet="nothing"),)}, "subnets[0].subnet"),
        ({"subnets": (Subnet(subnet="10.9.0.0/16", gateway="10.8.0.1"),)}, "subnets[0].gateway"),
        ({"subnets": (Subnet(subnet="10.9.0.0/16", gateway="x"),)}, "subnets[0].gateway"),
        ({"subnets": (Subnet(subnet="10.9.0.0/16", ip_range="10.8.0.0/24"),)}, "subnets[0].ip_range"),
        ({"subnets": (Subnet(subnet="10.9.0.0/16", ip_range="fd00::/64"),)}, "subnets[0].ip_range"),
        ({"ipv6": True}, "subnets"),
        ({"labels": (Pair(name="a"), Pair(name="a"))}, "labels"),
    ],
)
def test_a_network_that_cannot_be_meant(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        network_body(CreateNetwork(**{"network": "back", **given}))
    assert wrong.value.fields[0].path == field


def test_a_password_is_kept_out_of_the_record() -> None:
    options = (Pair(name="type", value="cifs"), Pair(name="o", value="username=a,password=hunter2"))
    with pytest.raises(Invalid) as wrong:
        volume_body(CreateVolume(volume="share", options=options))
    assert wrong.value.fields[0].path == "options"
    assert "hunter2" not in str(wrong.value)


def test_a_subnet_as_text() -> None:
    assert subnet("10.9.0.0/16,gateway=10.9.0.1,ip_range=10.9.1.0/24") == {
        "subnet": "10.9.0.0/16",
        "gateway": "10.9.0.1",
        "ip_range": "10.9.1.0/24",
    }
    with pytest.raises(ValueError, match="no subnet"):
        subnet("10.9.0.0/16,gw=1")
