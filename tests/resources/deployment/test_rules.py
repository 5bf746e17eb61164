"""What a config may not say: refused with the field named and the way out."""

from typing import Any

import pytest

from monitor.kernel.errors import Invalid
from monitor.resources.deployment.plan import validate
from tests.resources.deployment.test_body import config

VOLUME = {"source": "data", "target": "/data"}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"image": {"kind": "image", "image": "Nginx:1.27"}}, "config.image.image", "write nginx"),
    ({"image": {"kind": "image", "image": "r.example:5000/Team/App:V1"}}, "config.image.image", "write team/app"),
    ({"network": "team", "networks": [{"name": "front"}]}, "config.network", "leave it at bridge"),
    ({"networks": [{"name": "front"}, {"name": "front"}]}, "config.networks", "given twice"),
    ({"networks": [{"name": "Host"}]}, "config.networks[0].name", "set it as the one network"),
    ({"networks": [{"name": "none"}]}, "config.networks[0].name", "set it as the one network"),
    ({"networks": [{"name": "bridge", "aliases": ["a"]}]}, "config.networks[0]", "make a network of your own"),
    ({"networks": [{"name": "n", "ipv4_address": "::1"}]}, "config.networks[0].ipv4_address", "no IPv4 address"),
    ({"networks": [{"name": "n", "ipv6_address": "1.2.3"}]}, "config.networks[0].ipv6_address", "no IPv6 address"),
    ({"dns": ["1.2.3"]}, "config.dns[0]", "no IP address"),
    ({"extra_hosts": [{"name": "a", "address": ":"}]}, "config.extra_hosts[0].address", "no IP address"),
    ({"hostname": "a", "uts_mode": "host"}, "config.hostname", "leave it empty"),
    ({"hostname": "a", "network": "container:web"}, "config.hostname", "whose network this one shares"),
    ({"dns": ["1.2.3.4"], "network": "container:web"}, "config.dns", "whose network this one shares"),
    ({"ports": [{"container": 80}], "network": "container:web"}, "config.ports", "whose network this one shares"),
    ({"volumes": [VOLUME], "tmpfs": [{"path": "/data/"}]}, "config.tmpfs[0].path", "choose one of the two"),
    ({"tmpfs": [{"path": "/a"}, {"path": "/a/"}]}, "config.tmpfs", "given twice"),
    ({"tmpfs": [{"path": "//"}]}, "config.tmpfs[0].path", "name a folder in it"),
    ({"memory": 4096}, "config.memory", "no less than 6 MiB"),
    ({"memory_reservation": 4096}, "config.memory_reservation", "no less than 6 MiB"),
    ({"memory_swap": 2**30}, "config.memory_swap", "set memory too"),
    ({"memory": 2**30, "memory_swap": 2**29}, "config.memory_swap", "no less than the memory limit"),
    ({"memory": 2**29, "memory_reservation": 2**30}, "config.memory_reservation", "lower it"),
    ({"cpus": 0.0001}, "config.cpus", "0.001 or more"),
    ({"cpu_shares": 1}, "config.cpu_shares", "no less than 2"),
    ({"ulimits": [{"name": "core", "soft": 2, "hard": 1}]}, "config.ulimits[0].hard", "no less than the soft limit"),
    ({"ulimits": [{"name": "core", "soft": -1, "hard": 1}]}, "config.ulimits[0].hard", "no less than the soft limit"),
    ({"ulimits": [{"name": "core", "soft": 1}] * 2}, "config.ulimits", "given twice"),
    ({"health_timeout": 0.0001}, "config.health_timeout", "a millisecond"),
    ({"restart": "always", "restart_max_retries": 3}, "config.restart_max_retries", "on-failure; set 0"),
    ({"labels": [{"name": "monitor.deployment"}]}, "config.labels[monitor.deployment].name", "choose another name"),
    ({"labels": [{"name": "Monitor.core"}]}, "config.labels[Monitor.core].name", "choose another name"),
    ({"labels": [{"name": "a"}] * 2}, "config.labels", "given twice"),
    ({"sysctls": [{"name": "a.b"}] * 2}, "config.sysctls", "given twice"),
    ({"log_options": [{"name": "a"}] * 2}, "config.log_options", "given twice"),
    ({"host_config": "{"}, "config.host_config", "is no JSON"),
    ({"host_config": "[" * 60_000}, "config.host_config", "is no JSON"),
    ({"host_config": "\ud800"}, "config.host_config", "is no JSON"),
    ({"host_config": "[]"}, "config.host_config", "must be a JSON object"),
    ({"host_config": '{"a":' * 30 + "1" + "}" * 30}, "config.host_config", "deeper than"),
    ({"host_config": '{"RestartPolicy": {"Name": "always"}}'}, "config.host_config", "set the field `restart`"),
    ({"host_config": '{"re\u017ftartpolicy": {}}'}, "config.host_config", "set the field `restart`"),
    ({"host_config": '{"autoREMOVE": true}'}, "config.host_config", "is kept"),
    ({"host_config": '{"AutoRemove": null}'}, "config.host_config", "is kept"),
    ({"host_config": '{"labels": {}}'}, "config.host_config", "set the field `labels`"),
    (
        {"host_config": '{"Networ\u212aMode": "host"}', "networks": [{"name": "n"}]},
        "config.host_config",
        "the field `networks` says it",
    ),
]


@pytest.mark.parametrize(("given", "field", "message"), REFUSED, ids=str)
def test_refused(given: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(Invalid) as refusal:
        validate(None, config(**given))
    [named] = refusal.value.fields
    assert named.path == field
    assert message in named.message


@pytest.mark.parametrize(
    "given",
    [
        {"networks": [{"name": "bridge"}, {"name": "n", "aliases": ["a_b"], "ipv4_address": "10.0.0.9"}]},
        {"extra_hosts": [{"name": "a", "address": "host-gateway"}, {"name": "a", "address": "::1"}]},
        {"memory": 2**29, "memory_swap": -1, "memory_reservation": 2**29},
        {"restart": "on-failure", "restart_max_retries": 3},
        {"ulimits": [{"name": "core", "soft": -1}, {"name": "nofile", "soft": 5, "hard": -1}]},
        {"hostname": "a", "network": "host"},
        {"host_config": " \n"},
        {"host_config": '{"NetworkMode": "team", "OomScoreAdj": 500}'},
        {"labels": [{"name": "monitoring.team", "value": "a"}]},
    ],
    ids=str,
)
def test_accepted(given: dict[str, Any]) -> None:
    validate(None, config(**given))
