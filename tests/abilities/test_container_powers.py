"""Every host power in every spelling, and that no change of spelling hides one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.abilities.container.powers import bind_sources, host_powers
from monitor.kernel.permission import HostPower as P

DEVICE = {"DriverConfig": {"Name": "local", "Options": {"type": "none", "o": "bind", "device": "/srv"}}}

HOST_ULIMITS = ("memlock", "rtprio", "nice", "msgqueue", "sigpending", "rttime", "locks", "NOFILE", "as", "")

HARMLESS: list[dict[str, Any]] = [
    {},
    {"Image": "a", "Env": ["A=b"], "Cmd": ["x"], "Labels": {"Privileged": "true"}, "ExposedPorts": {"80/tcp": {}}},
    {"Healthcheck": {"Test": ["CMD", "true"]}, "Volumes": {"/data": {}}, "User": "root", "Hostname": "h"},
    {"HostConfig": None, "NetworkingConfig": None},
    {"HostConfig": {"Binds": ["data:/data", "da.ta:/d:ro", "/anonymous"], "RestartPolicy": {"Name": "always"}}},
    {"HostConfig": {"Mounts": [{"Type": "volume", "Source": "data", "Target": "/data", "ReadOnly": True}]}},
    {"HostConfig": {"Mounts": [{"Type": "volume", "Target": "/data"}, {"Type": "tmpfs", "Target": "/tmp"}]}},
    {
        "HostConfig": {
            "Mounts": [{"Type": "volume", "VolumeOptions": {"NoCopy": True, "DriverConfig": {"Name": "local"}}}]
        }
    },
    {"HostConfig": {"Tmpfs": {"/run": "rw,noexec,size=64m", "/tmp": ""}}},
    {"HostConfig": {"NetworkMode": "bridge"}},
    {"HostConfig": {"NetworkMode": "my-network"}, "NetworkingConfig": {"EndpointsConfig": {"n": {"Aliases": ["a"]}}}},
    {"HostConfig": {"Privileged": False, "PidMode": "", "IpcMode": "private", "CapAdd": None, "Devices": []}},
    {"HostConfig": {"MaskedPaths": None, "ReadonlyPaths": None, "CgroupnsMode": "private", "OomScoreAdj": 500}},
    {"HostConfig": {"CapDrop": ["ALL"], "ReadonlyRootfs": True, "SecurityOpt": ["no-new-privileges:true"]}},
    {"HostConfig": {"Memory": 1, "NanoCpus": 1, "PidsLimit": 5, "PortBindings": {"80/tcp": [{"HostPort": "80"}]}}},
    {"HostConfig": {"Ulimits": [{"Name": "nofile", "Soft": -1, "Hard": -1}, {"Name": "nproc", "Soft": 1}]}},
    {"HostConfig": {"LogConfig": {"Type": "json-file", "Config": {"max-size": "10m"}}}},
]

POWERS: list[tuple[P, dict[str, Any]]] = [
    (P.PRIVILEGED, {"Privileged": True}),
    (P.PRIVILEGED, {"Privileged": "true"}),
    (P.BIND, {"Binds": ["/srv:/srv"]}),
    (P.BIND, {"Binds": ["data:/data", "/:/host:ro"]}),
    (P.BIND, {"Binds": ["./here:/here"]}),
    (P.BIND, {"Binds": ["~:/home"]}),
    (P.BIND, {"Binds": "/srv:/srv"}),
    (P.BIND, {"Binds": [["/srv", "/srv"]]}),
    (P.BIND, {"Mounts": [{"Type": "bind", "Source": "/srv", "Target": "/srv"}]}),
    (P.BIND, {"Mounts": [{"Source": "/srv", "Target": "/srv"}]}),
    (P.BIND, {"Mounts": [{"Type": "volume", "Source": "/srv", "Target": "/srv"}]}),
    (P.BIND, {"Mounts": [{"Type": "npipe", "Source": "x", "Target": "/x"}]}),
    (P.BIND, {"Mounts": [{"Type": "cluster", "Source": "x", "Target": "/x"}]}),
    (P.BIND, {"Mounts": [{"Type": "image", "Source": "x", "Target": "/x"}]}),
    (P.BIND, {"Mounts": [{"Type": "volume", "Source": "data", "VolumeOptions": DEVICE}]}),
    (P.BIND, {"Mounts": [{"Type": "volume", "VolumeOptions": {"DriverConfig": {"Options": {"device": "/srv"}}}}]}),
    (P.BIND, {"Mounts": [{"Type": "volume", "VolumeOptions": {"DriverConfig": {"Options": {"type": "nfs"}}}}]}),
    (P.BIND, {"Mounts": [{"Type": "volume", "VolumeOptions": {"DriverConfig": {"Name": "plug/in"}}}]}),
    (P.BIND, {"Mounts": [{"Type": "volume", "Source": "d", "BindOptions": {"Propagation": "shared"}}]}),
    (P.BIND, {"Mounts": ["/srv"]}),
    (P.BIND, {"VolumeDriver": "plug/in"}),
    (P.BIND, {"Tmpfs": {"/x": "bind"}}),
    (P.BIND, {"Tmpfs": {"/x": "size=1m,rbind"}}),
    (P.NAMESPACES, {"NetworkMode": "host"}),
    (P.NAMESPACES, {"NetworkMode": "container:web"}),
    (P.NAMESPACES, {"NetworkMode": "ns:/proc/1/ns/net"}),
    (P.NAMESPACES, {"PidMode": "host"}),
    (P.NAMESPACES, {"PidMode": "container:web"}),
    (P.NAMESPACES, {"IpcMode": "host"}),
    (P.NAMESPACES, {"IpcMode": "container:web"}),
    (P.NAMESPACES, {"IpcMode": "shareable"}),
    (P.NAMESPACES, {"UTSMode": "host"}),
    (P.NAMESPACES, {"UsernsMode": "host"}),
    (P.NAMESPACES, {"CgroupnsMode": "host"}),
    (P.NAMESPACES, {"Links": ["db:db"]}),
    (P.DEVICES, {"Devices": [{"PathOnHost": "/dev/sda"}]}),
    (P.DEVICES, {"DeviceRequests": [{"Driver": "nvidia", "Count": -1}]}),
    (P.DEVICES, {"DeviceCgroupRules": ["a *:* rwm"]}),
    (P.CAPABILITIES, {"CapAdd": ["SYS_ADMIN"]}),
    (P.CAPABILITIES, {"CapAdd": "ALL"}),
    (P.CAPABILITIES, {"Capabilities": ["CAP_SYS_ADMIN"]}),
    (P.SECURITY, {"SecurityOpt": ["seccomp=unconfined"]}),
    (P.SECURITY, {"SecurityOpt": ["no-new-privileges", "apparmor:unconfined"]}),
    (P.SECURITY, {"SecurityOpt": ["label=disable"]}),
    (P.SECURITY, {"SecurityOpt": ["systempaths=unconfined"]}),
    (P.SECURITY, {"MaskedPaths": []}),
    (P.SECURITY, {"ReadonlyPaths": []}),
    (P.SYSCTLS, {"Sysctls": {"net.ipv4.ip_forward": "1"}}),
    (P.RUNTIME, {"Runtime": "runc"}),
    (P.CGROUP, {"CgroupParent": "/"}),
    (P.CGROUP, {"Cgroup": "container:web"}),
    (P.CGROUP, {"OomScoreAdj": -1000}),
    (P.CGROUP, {"OomKillDisable": True}),
    (P.VOLUMES_FROM, {"VolumesFrom": ["web"]}),
    (P.RAW, {"LogConfig": {"Type": "syslog", "Config": {"syslog-address": "unix:///x"}}}),
    (P.RAW, {"LogConfig": {"Type": "json-file", "Config": {"path": "/etc/x"}}}),
    (P.RAW, {"StorageOpt": {"size": "1G"}}),
    (P.RAW, {"Annotations": {"run.oci.keep_original_groups": "1"}}),
    *((P.CGROUP, {"Ulimits": [{"Name": name, "Soft": -1, "Hard": -1}]}) for name in HOST_ULIMITS),
    (P.CGROUP, {"Ulimits": [{"Name": "nofile", "Soft": 1, "Hard": 1}, {"Name": "rtprio", "Soft": 99, "Hard": 99}]}),
    (P.RAW, {"Ulimits": [{"Name": "nofile", "Soft": 1, "Hard": 1, "Else": 1}]}),
    (P.RAW, {"Ulimits": "nofile=1"}),
    (P.RAW, {"AutoRemove": True}),
    (P.RAW, {"ContainerIDFile": "/etc/x"}),
    (P.RAW, {"WhatComesTomorrow": 1}),
    (P.RAW, {"Binds": ["data:/data:rshared"]}),
    (P.RAW, {"Mounts": [{"Type": "volume", "Source": "d", "VolumeOptions": {"Subpath": "../.."}}]}),
]

NETWORKS: list[tuple[P, dict[str, Any]]] = [
    (P.NAMESPACES, {"EndpointsConfig": {"host": {}}}),
    (P.NAMESPACES, {"EndpointsConfig": {"HOST": None}}),
    (P.NAMESPACES, {"EndpointsConfig": {"container:web": {}}}),
    (P.RAW, {"EndpointsConfig": {"n": {"DriverOpts": {"a": "b"}}}}),
    (P.RAW, {"EndpointsConfig": {"n": {"Links": ["db"]}}}),
    (P.RAW, {"Other": {}}),
]

TOP: list[tuple[P, dict[str, Any]]] = [
    (P.RAW, {"WhatComesTomorrow": 1}),
    (P.RAW, {"MacAddress": "02:42:ac:11:00:02"}),
    (P.RAW, {"OnBuild": ["RUN x"]}),
    (P.RAW, {"HostConfig": "text"}),
    (P.RAW, {"hostconfig": {}}),
    (P.RAW, {"image": "x"}),
]

BODIES = [
    *((power, {"HostConfig": config}) for power, config in POWERS),
    *((power, {"NetworkingConfig": config}) for power, config in NETWORKS),
    *TOP,
]


@pytest.mark.parametrize("body", HARMLESS, ids=str)
def test_defaults_and_named_volumes_are_no_power(body: dict[str, Any]) -> None:
    assert host_powers(body) == frozenset()
    assert bind_sources(body) == ()


@pytest.mark.parametrize(("power", "body"), BODIES, ids=str)
def test_each_power_is_found(power: P, body: dict[str, Any]) -> None:
    assert power in host_powers(body)


@pytest.mark.parametrize(("power", "config"), POWERS, ids=str)
def test_old_engines_take_host_config_beside_its_key(power: P, config: dict[str, Any]) -> None:
    assert {power, P.RAW} <= host_powers(config)


@pytest.mark.parametrize(
    "spelled",
    ["privileged", "PRIVILEGED", "PriVileged"],
)
def test_a_key_in_another_case_counts(spelled: str) -> None:
    assert host_powers({"HostConfig": {spelled: True}}) == {P.PRIVILEGED, P.RAW}
    assert host_powers({"hostconfig": {spelled: True}}) == {P.PRIVILEGED, P.RAW}
    assert host_powers({"HostConfig": {"Privileged": False, spelled: True}}) == {P.PRIVILEGED, P.RAW}


def test_letters_the_daemon_folds_count() -> None:
    # Go's decoder takes U+017F for s and U+212A for k.
    assert {P.BIND, P.RAW} <= host_powers({"HostConfig": {"Bind\u017f": ["/:/host"]}})
    assert {P.NAMESPACES, P.RAW} <= host_powers({"HostConfig": {"Networ\u212aMode": "host"}})


@pytest.mark.parametrize(
    ("config", "sources"),
    [
        ({"Binds": ["/srv/../etc:/x", "data:/y"]}, ("/etc",)),
        ({"Binds": ["//etc//:/x:ro"]}, ("/etc",)),
        ({"mounts": [{"type": "bind", "source": "/a/./b/", "target": "/x"}]}, ("/a/b",)),
        ({"Mounts": [{"Type": "volume", "type": "bind", "Source": "v", "SOURCE": "/etc"}]}, ("/etc", "v")),
        ({"Mounts": [{"Type": "volume", "VolumeOptions": DEVICE}]}, ("/srv",)),
        ({"Mounts": [{"Type": "volume", "VolumeOptions": {"DriverConfig": {"Options": {"o": "bind"}}}}]}, ("",)),
        ({"VolumeDriver": "plug/in"}, ("",)),
        ({"Binds": ["./x:/x"]}, ("./x",)),
    ],
    ids=str,
)
def test_the_host_paths_asked_for(config: dict[str, Any], sources: tuple[str, ...]) -> None:
    assert bind_sources({"HostConfig": config}) == sources


def _respell(value: Any, draw: Any) -> Any:
    """The same object with the case of its keys changed; keys of maps are data and stay."""
    if isinstance(value, dict):
        return {
            "".join(c.upper() if draw(st.booleans()) else c.lower() for c in key)
            if key[:1].isupper()
            else key: _respell(item, draw)
            for key, item in value.items()
        }
    return [_respell(item, draw) for item in value] if isinstance(value, list) else value


@given(st.data(), st.sampled_from(BODIES))
def test_no_spelling_of_keys_lowers_the_result(data: Any, case: tuple[P, dict[str, Any]]) -> None:
    _, body = case
    respelled = _respell(body, data.draw)
    assert host_powers(body) <= host_powers(respelled)
    assert set(bind_sources(body)) <= set(bind_sources(respelled))


@given(st.lists(st.sampled_from(POWERS), min_size=1, max_size=4))
def test_powers_add_up(cases: list[tuple[P, dict[str, Any]]]) -> None:
    config: dict[str, Any] = {}
    for _, part in cases:
        config |= part
    asked = {power for power, part in cases if all(config[key] is part[key] for key in part)}
    assert asked <= host_powers({"HostConfig": config})


TEXT = st.text("abDET:/.,=\u017f\u212a", max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["HostConfig", "Binds", "Mounts", "Tmpfs", "NetworkingConfig", "LogConfig", "SecurityOpt"])


@given(st.dictionaries(KEYS, JSON, max_size=3), st.dictionaries(KEYS, JSON, max_size=3))
def test_any_body_is_judged_and_a_bind_always_names_its_source(top: dict[str, Any], config: dict[str, Any]) -> None:
    for body in (top, {"HostConfig": config}):
        assert (P.BIND in host_powers(body)) == bool(bind_sources(body))
