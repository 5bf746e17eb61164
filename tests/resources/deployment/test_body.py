"""What the Engine is asked for, field by field, by equality."""

from typing import Any

import pytest

from monitor.kernel.wire import decode, encode, from_user
from monitor.resources.deployment.body import engine_body
from monitor.resources.deployment.config import DeploymentConfig

OWN: dict[str, str] = {"monitor.core": "c", "monitor.deployment": "d"}
PLAIN: dict[str, Any] = {
    "Image": "web:1",
    "Env": [],
    "Labels": OWN,
    "ExposedPorts": {},
    "StopTimeout": 10,
    "HostConfig": {
        "NetworkMode": "bridge",
        "PortBindings": {},
        "RestartPolicy": {"Name": "unless-stopped", "MaximumRetryCount": 0},
        "Binds": [],
    },
}


def config(**given: Any) -> DeploymentConfig:
    return from_user({"server": "s", "image": {"kind": "image", "image": "web:1"}, **given}, DeploymentConfig)


def body(**given: Any) -> dict[str, Any]:
    return engine_body(config(**given), "web:1", OWN)


def test_what_is_not_set_is_left_to_docker() -> None:
    assert body() == PLAIN


OF_CONTAINER: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"command": ["a", "b c"]}, {"Cmd": ["a", "b c"]}),
    ({"entrypoint": ["/bin/x", "-v"]}, {"Entrypoint": ["/bin/x", "-v"]}),
    ({"entrypoint": [""]}, {"Entrypoint": [""]}),
    ({"working_dir": "/srv"}, {"WorkingDir": "/srv"}),
    ({"user": "1000:www"}, {"User": "1000:www"}),
    ({"hostname": "web"}, {"Hostname": "web"}),
    ({"tty": True, "open_stdin": True}, {"Tty": True, "OpenStdin": True}),
    ({"stop_signal": "SIGRTMIN+3"}, {"StopSignal": "SIGRTMIN+3"}),
    ({"environment": [{"name": "A", "value": "b=c"}]}, {"Env": ["A=b=c"]}),
    ({"labels": [{"name": "a", "value": "b"}]}, {"Labels": {"a": "b", **OWN}}),
    ({"health_check": {"kind": "none"}}, {"Healthcheck": {"Test": ["NONE"]}}),
    ({"health_check": {"kind": "shell", "command": "a || b"}}, {"Healthcheck": {"Test": ["CMD-SHELL", "a || b"]}}),
    (
        {
            "health_check": {"kind": "command", "command": ["a", "-f"]},
            "health_interval": 1.5,
            "health_timeout": 0.25,
            "health_start_period": 60,
            "health_retries": 2,
        },
        {
            "Healthcheck": {
                "Test": ["CMD", "a", "-f"],
                "Interval": 1_500_000_000,
                "Timeout": 250_000_000,
                "StartPeriod": 60_000_000_000,
                "Retries": 2,
            }
        },
    ),
    ({"health_interval": 5}, {"Healthcheck": {"Interval": 5_000_000_000}}),
]
OF_HOST: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"init": True}, {"Init": True}),
    ({"read_only": True}, {"ReadonlyRootfs": True}),
    ({"privileged": True}, {"Privileged": True}),
    ({"network": "none"}, {"NetworkMode": "none"}),
    ({"extra_hosts": [{"name": "db", "address": "::1"}]}, {"ExtraHosts": ["db:::1"]}),
    ({"dns": ["10.0.0.2"]}, {"Dns": ["10.0.0.2"]}),
    ({"volumes": [{"source": "d", "target": "/d", "read_only": True}]}, {"Binds": ["d:/d:ro"]}),
    ({"tmpfs": [{"path": "/run"}]}, {"Tmpfs": {"/run": "mode=1777"}}),
    ({"tmpfs": [{"path": "/run", "size": 65536, "mode": "700"}]}, {"Tmpfs": {"/run": "size=65536,mode=700"}}),
    (
        {"memory": 2**29, "memory_swap": -1, "memory_reservation": 2**28},
        {"Memory": 2**29, "MemorySwap": -1, "MemoryReservation": 2**28},
    ),
    ({"cpus": 0.1}, {"NanoCpus": 100_000_000}),
    ({"cpu_shares": 512, "cpuset_cpus": "0-1,3"}, {"CpuShares": 512, "CpusetCpus": "0-1,3"}),
    ({"pids_limit": -1, "shm_size": 2**26}, {"PidsLimit": -1, "ShmSize": 2**26}),
    ({"ulimits": [{"name": "nofile", "soft": 9}]}, {"Ulimits": [{"Name": "nofile", "Soft": 9, "Hard": 9}]}),
    ({"ulimits": [{"name": "core", "soft": 0, "hard": -1}]}, {"Ulimits": [{"Name": "core", "Soft": 0, "Hard": -1}]}),
    ({"cap_add": ["NET_ADMIN"], "cap_drop": ["ALL"]}, {"CapAdd": ["NET_ADMIN"], "CapDrop": ["ALL"]}),
    (
        {"group_add": ["audio"], "security_opt": ["no-new-privileges"]},
        {"GroupAdd": ["audio"], "SecurityOpt": ["no-new-privileges"]},
    ),
    (
        {"devices": [{"path_on_host": "/dev/a"}]},
        {"Devices": [{"PathOnHost": "/dev/a", "PathInContainer": "/dev/a", "CgroupPermissions": "rwm"}]},
    ),
    ({"gpus": "all"}, {"DeviceRequests": [{"Capabilities": [["gpu"]], "Count": -1}]}),
    ({"gpus": "2"}, {"DeviceRequests": [{"Capabilities": [["gpu"]], "Count": 2}]}),
    ({"gpus": "device=0,GPU-1"}, {"DeviceRequests": [{"Capabilities": [["gpu"]], "DeviceIDs": ["0", "GPU-1"]}]}),
    ({"sysctls": [{"name": "net.a", "value": "1"}]}, {"Sysctls": {"net.a": "1"}}),
    (
        {"ipc_mode": "private", "pid_mode": "host", "uts_mode": "host", "userns_mode": "host"},
        {"IpcMode": "private", "PidMode": "host", "UTSMode": "host", "UsernsMode": "host"},
    ),
    (
        {"log_driver": "local", "log_options": [{"name": "max-size", "value": "10m"}]},
        {"LogConfig": {"Type": "local", "Config": {"max-size": "10m"}}},
    ),
    (
        {"log_options": [{"name": "max-size", "value": "10m"}]},
        {"LogConfig": {"Type": "", "Config": {"max-size": "10m"}}},
    ),
    ({"host_config": '{"OomScoreAdj": 500}'}, {"OomScoreAdj": 500}),
    ({"host_config": '{"PortBindings": {"1/tcp": [{}]}}'}, {"PortBindings": {"1/tcp": [{}]}}),
    ({"read_only": True, "host_config": '{"ReadonlyRootfs": null}'}, {}),
    ({"cap_drop": ["ALL"], "host_config": '{"CapDrop": ["MKNOD"]}'}, {"CapDrop": ["MKNOD"]}),
    (
        {"log_driver": "local", "host_config": '{"LogConfig": {"Config": {"max-size": "1m"}}}'},
        {"LogConfig": {"Type": "local", "Config": {"max-size": "1m"}}},
    ),
    (
        {"restart": "on-failure", "restart_max_retries": 5},
        {"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 5}},
    ),
]


@pytest.mark.parametrize(("given", "asked"), OF_CONTAINER, ids=str)
def test_the_container(given: dict[str, Any], asked: dict[str, Any]) -> None:
    assert body(**given) == PLAIN | asked


@pytest.mark.parametrize(("given", "asked"), OF_HOST, ids=str)
def test_its_host_config(given: dict[str, Any], asked: dict[str, Any]) -> None:
    assert body(**given) == PLAIN | {"HostConfig": PLAIN["HostConfig"] | asked}


def test_ports_are_exposed_and_bound() -> None:
    ports = [{"container": 80, "host": 8080}, {"container": 80, "address": "::1"}, {"container": 53, "protocol": "udp"}]
    assert body(ports=ports) == PLAIN | {
        "ExposedPorts": {"80/tcp": {}, "53/udp": {}},
        "HostConfig": PLAIN["HostConfig"]
        | {
            "PortBindings": {
                "80/tcp": [{"HostIp": "", "HostPort": "8080"}, {"HostIp": "::1", "HostPort": ""}],
                "53/udp": [{"HostIp": "", "HostPort": ""}],
            }
        },
    }


def test_it_is_made_on_the_first_network_and_joins_the_others() -> None:
    networks = [
        {"name": "front", "aliases": ["web", "www"], "ipv4_address": "10.1.0.9", "ipv6_address": "fd00::9"},
        {"name": "back"},
    ]
    assert body(networks=networks) == PLAIN | {
        "HostConfig": PLAIN["HostConfig"] | {"NetworkMode": "front"},
        "NetworkingConfig": {
            "EndpointsConfig": {
                "front": {
                    "Aliases": ["web", "www"],
                    "IPAMConfig": {"IPv4Address": "10.1.0.9", "IPv6Address": "fd00::9"},
                },
                "back": {},
            }
        },
    }


def test_a_config_stored_before_there_were_these_fields_means_what_it_meant() -> None:
    stored = {
        "server": "s",
        "image": {"kind": "image", "image": "web:1"},
        "command": ["x"],
        "network": "team",
        "volumes": [{"source": "data", "target": "/data", "read_only": False}],
        "restart": "always",
        "stop_timeout": 3,
    }
    read = decode(encode(stored), DeploymentConfig)
    assert engine_body(read, "web:1", OWN) == body(**{k: v for k, v in stored.items() if k not in ("server", "image")})
    assert engine_body(read, "web:1", OWN)["HostConfig"]["NetworkMode"] == "team"
