"""Every control of the Kubernetes baseline pod security standard but host ports and the Windows ones: refused without
the right, in every spelling a config or the Engine's body has for it (kubernetes.io/docs/concepts/security).
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from monitor.abilities.container.powers import host_powers
from monitor.kernel.errors import PolicyRefused
from monitor.kernel.permission import HostPower
from monitor.periphery.policy import Policy
from monitor.periphery.settings import PolicySettings
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import World, updating
from tests.matrix.test_powers import creating, outcome, somebody

Config = dict[str, Any]
BIND = {"Type": "bind", "Source": "/etc", "Target": "/a"}
DEVICE = {"DriverConfig": {"Name": "local", "Options": {"type": "none", "o": "bind", "device": "/etc"}}}
CONTROLS: dict[str, tuple[HostPower, list[Config], list[Config]]] = {
    # What it is, which power it takes, HostConfigs that do it, and configs of a deployment that do.
    "host network": (
        HostPower.NAMESPACES,
        [{"NetworkMode": "host"}, {"NetworkMode": "container:web"}, {"NetworkMode": "ns:/proc/1/ns/net"}],
        [{"network": "host"}, {"network": "Host"}, {"network": "container:web"}],
    ),
    "host PID": (
        HostPower.NAMESPACES,
        [{"PidMode": "host"}, {"PidMode": "container:web"}],
        [{"pid_mode": "host"}, {"pid_mode": "container:web"}],
    ),
    "host IPC": (
        HostPower.NAMESPACES,
        [{"IpcMode": "host"}, {"IpcMode": "container:web"}, {"IpcMode": "shareable"}],
        [{"ipc_mode": "host"}, {"ipc_mode": "container:web"}, {"ipc_mode": "shareable"}],
    ),
    "privileged containers": (HostPower.PRIVILEGED, [{"Privileged": True}], [{"privileged": True}]),
    "capabilities": (
        HostPower.CAPABILITIES,
        [{"CapAdd": ["NET_RAW"]}, {"CapAdd": ["cap_sys_admin"]}, {"CapAdd": ["ALL"]}, {"Capabilities": ["NET_ADMIN"]}],
        [{"cap_add": ["NET_RAW"]}, {"cap_add": ["cap_sys_admin"]}, {"cap_add": ["ALL"], "cap_drop": ["ALL"]}],
    ),
    "host path volumes": (
        HostPower.BIND,
        [
            {"Binds": ["/etc:/a"]},
            {"Binds": ["/etc:/a:ro"]},
            {"Mounts": [BIND]},
            {"Mounts": [{**BIND, "ReadOnly": True}]},
            {"Mounts": [{"Type": "volume", "Source": "data", "Target": "/a", "VolumeOptions": DEVICE}]},
            {"VolumeDriver": "local-persist"},
            {"Tmpfs": {"/a": "bind"}},
        ],
        [
            {"volumes": [{"source": "/etc", "target": "/a"}]},
            {"volumes": [{"source": "/etc", "target": "/a", "read_only": True}]},
        ],
    ),
    "host path volumes of others": (HostPower.VOLUMES_FROM, [{"VolumesFrom": ["web"]}], []),
    "AppArmor": (
        HostPower.SECURITY,
        [{"SecurityOpt": ["apparmor=unconfined"]}, {"SecurityOpt": ["apparmor:unconfined"]}],
        [{"security_opt": ["apparmor=unconfined"]}, {"security_opt": ["no-new-privileges", "apparmor:mine"]}],
    ),
    "SELinux": (
        HostPower.SECURITY,
        [{"SecurityOpt": ["label=type:spc_t"]}, {"SecurityOpt": ["label:disable"]}],
        [{"security_opt": ["label=user:root"]}, {"security_opt": ["label=disable"]}],
    ),
    "/proc mount type": (
        HostPower.SECURITY,
        [{"MaskedPaths": []}, {"ReadonlyPaths": []}, {"SecurityOpt": ["systempaths=unconfined"]}],
        [{"security_opt": ["systempaths=unconfined"]}],
    ),
    "seccomp": (
        HostPower.SECURITY,
        [{"SecurityOpt": ["seccomp=unconfined"]}, {"SecurityOpt": ["seccomp={}"]}],
        [{"security_opt": ["seccomp=unconfined"]}, {"security_opt": ['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}']}],
    ),
    "sysctls": (
        HostPower.SYSCTLS,
        [{"Sysctls": {"kernel.msgmax": "1"}}, {"Sysctls": {"net.ipv4.ip_forward": "1"}}],
        [{"sysctls": [{"name": "kernel.msgmax", "value": "1"}]}, {"sysctls": [{"name": "net.a/b", "value": ""}]}],
    ),
}
"""The control of lifecycle and probe hosts has no counterpart: a health check runs inside the container."""


def spellings(host: Config) -> Iterator[Config]:
    """Bodies that mean the same to a daemon: keys in any case, beside the key, twice, or with a letter Go folds."""
    yield {"HostConfig": host}
    yield {"hostconfig": {key.lower(): value for key, value in host.items()}}
    yield {"HOSTCONFIG": {key.upper(): value for key, value in host.items()}}
    yield {"HostConfig": {}, "hostConfig": host}
    yield {"HostConfig": {key.replace("s", "\u017f"): value for key, value in host.items()}}
    yield host
    yield {key.lower(): value for key, value in host.items()}
    for key in host:
        yield {"HostConfig": {key: None, key.swapcase(): host[key]}}


OF_HOST = [(control, power, host) for control, (power, hosts, _) in CONTROLS.items() for host in hosts]
OF_CONFIG = [
    *((control, power, config) for control, (power, _, configs) in CONTROLS.items() for config in configs),
    *((control, power, {"host_config": json.dumps(host)}) for control, power, host in OF_HOST),
    *(
        (control, power, {"host_config": json.dumps({k.swapcase(): v for k, v in host.items()})})
        for control, power, host in OF_HOST
    ),
]


@pytest.mark.parametrize(("control", "power", "host"), OF_HOST, ids=str)
def test_the_host_refuses_each_spelling(control: str, power: HostPower, host: Config) -> None:
    others = {one.value: True for one in HostPower if one is not power and one is not HostPower.RAW}
    for body in spellings(host):
        assert power in host_powers(body), body
        for allowed in ({}, others, {**others, "raw": True}):
            with pytest.raises(PolicyRefused):
                Policy(PolicySettings(**allowed)).judge({"Image": "web", **body})


@pytest.mark.parametrize(("control", "power", "config"), OF_CONFIG, ids=str)
async def test_core_refuses_each_config(world: World, control: str, power: HostPower, config: Config) -> None:
    ann = await somebody(world, *(one for one in HostPower if one is not power))
    assert await outcome(world, creating("one", **config), ann) == "refused"
    assert await outcome(world, creating("two"), ann) == "allowed"
    assert await outcome(world, updating(DEPLOYMENT, "two", config=config), ann) == "refused"
    await world.grant(ann, "server", "host", powers=tuple(HostPower))
    assert await outcome(world, updating(DEPLOYMENT, "two", config=config), ann) == "allowed"
