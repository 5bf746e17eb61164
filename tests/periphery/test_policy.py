"""No spelling of a host power passes while its switch is off; with it on, the same body passes."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from monitor.abilities.docker.engine import Engine
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import PolicyRefused, Unavailable
from monitor.kernel.permission import HostPower as P
from monitor.periphery.policy import Policy
from monitor.periphery.settings import PolicySettings


def host(**config: Any) -> dict[str, Any]:
    return {"Image": "x", "HostConfig": config}


SPELLINGS: tuple[tuple[P, dict[str, Any]], ...] = (
    (P.PRIVILEGED, host(Privileged=True)),
    (P.BIND, host(Binds=["/srv/a:/a"])),
    (P.BIND, host(Binds=["/srv/a:/a:ro"])),
    (P.BIND, host(Mounts=[{"Type": "bind", "Source": "/srv/a", "Target": "/a"}])),
    (P.BIND, host(Mounts=[{"type": "bind", "source": "/srv/a", "target": "/a"}])),
    (
        P.BIND,
        host(
            Mounts=[
                {
                    "Type": "volume",
                    "Source": "v",
                    "Target": "/a",
                    "VolumeOptions": {
                        "DriverConfig": {"Name": "local", "Options": {"type": "none", "o": "bind", "device": "/srv/a"}}
                    },
                }
            ]
        ),
    ),
    (P.NAMESPACES, host(NetworkMode="host")),
    (P.NAMESPACES, host(NetworkMode="container:abc")),
    (P.NAMESPACES, host(PidMode="host")),
    (P.NAMESPACES, host(IpcMode="host")),
    (P.NAMESPACES, host(UTSMode="host")),
    (P.NAMESPACES, host(UsernsMode="host")),
    (P.NAMESPACES, host(CgroupnsMode="host")),
    (P.DEVICES, host(Devices=[{"PathOnHost": "/dev/sda", "PathInContainer": "/dev/sda", "CgroupPermissions": "rwm"}])),
    (P.DEVICES, host(DeviceRequests=[{"Driver": "nvidia", "Count": -1}])),
    (P.DEVICES, host(DeviceCgroupRules=["a *:* rwm"])),
    (P.CAPABILITIES, host(CapAdd=["SYS_ADMIN"])),
    (P.SECURITY, host(SecurityOpt=["seccomp=unconfined"])),
    (P.SECURITY, host(SecurityOpt=["apparmor:unconfined"])),
    (P.SECURITY, host(MaskedPaths=[])),
    (P.SYSCTLS, host(Sysctls={"net.ipv4.ip_forward": "1"})),
    (P.RUNTIME, host(Runtime="kata")),
    (P.CGROUP, host(CgroupParent="/")),
    (P.VOLUMES_FROM, host(VolumesFrom=["other"])),
    (P.RAW, host(SomethingNew=True)),
    (P.RAW, {"Image": "x", "SomethingNew": True}),
)


LIMITS = ("build_memory", "build_cpus", "build_processes")


def all_on(*but: P) -> PolicySettings:
    return msgspec.convert({power.value: power not in but for power in P}, PolicySettings)


def ids(given: object) -> str:
    return str(given)[:60]


def test_every_power_has_a_switch_and_all_are_off() -> None:
    fields = set(PolicySettings.__struct_fields__) - {"bind_roots", "source_roots", "container_terminals", *LIMITS}
    assert fields == {power.value for power in P}
    assert Policy(PolicySettings()).powers == ()
    assert set(Policy(all_on()).powers) == fields


def test_the_matrix_has_every_power_a_body_can_ask_for() -> None:
    assert {power for power, _ in SPELLINGS} == set(P) - {P.EXEC, P.TERMINAL, P.BUILD, P.COMMAND, P.FILES}


@pytest.mark.parametrize(("power", "body"), SPELLINGS, ids=ids)
async def test_off_is_refused_and_on_is_allowed_by_the_engine_itself(power: P, body: dict[str, Any]) -> None:
    clock = SystemClock()
    engine = Engine("/nonexistent/docker.sock", clock, Policy(all_on(power)).judge)
    with pytest.raises(PolicyRefused) as refused:
        await engine.create("name", body)
    assert power.value in refused.value.message
    assert f"{power.value} = true under [policy]" in refused.value.hint
    with pytest.raises(PolicyRefused):
        await Engine("/nonexistent/docker.sock", clock, Policy(PolicySettings()).judge).create("name", body)
    # Judged and let through: only the daemon is missing.
    with pytest.raises(Unavailable):
        await Engine("/nonexistent/docker.sock", clock, Policy(all_on()).judge).create("name", body)


async def test_dockers_defaults_and_named_volumes_need_nothing() -> None:
    Policy(PolicySettings()).judge(
        host(Binds=["data:/data"], PortBindings={"80/tcp": [{"HostPort": "8080"}]}, RestartPolicy={"Name": "always"})
    )


class TestBindRoots:
    """Paths are compared as Docker will follow them."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        (tmp_path / "srv" / "in").mkdir(parents=True)
        (tmp_path / "srvx").mkdir()
        (tmp_path / "srv" / "out").symlink_to(tmp_path / "srvx")
        (tmp_path / "srv" / "near").symlink_to(tmp_path / "srv" / "in")
        return tmp_path

    def judge(self, root: Path, source: str, **more: bool) -> None:
        settings = replace(PolicySettings(bind=True, bind_roots=(str(root / "srv"),)), **more)
        Policy(settings).judge(host(Binds=[f"{source}:/a"]))

    @pytest.mark.parametrize(
        "below", ["srv", "srv/", "srv/in", "srv/in/../in", "srv/near", "srv/not-yet", "srvx/../srv/in"]
    )
    def test_below_a_root_is_allowed(self, root: Path, below: str) -> None:
        self.judge(root, f"{root}/{below}")

    @pytest.mark.parametrize(
        "outside", ["", "srvx", "srv/../etc", "srv/out", "srv/out/deeper", "srv/in/../../srvx", "srv/../srvx"]
    )
    def test_what_leads_elsewhere_is_refused(self, root: Path, outside: str) -> None:
        with pytest.raises(PolicyRefused, match="does not allow the bind mount") as refused:
            self.judge(root, f"{root}/{outside}")
        assert "bind_roots" in refused.value.hint

    @pytest.mark.parametrize("source", ["../srv", "./srv", "~"])
    def test_what_is_no_absolute_path_is_refused(self, root: Path, source: str) -> None:
        with pytest.raises(PolicyRefused):
            self.judge(root, source)

    def test_roots_do_not_switch_the_power_on(self, root: Path) -> None:
        with pytest.raises(PolicyRefused, match="host power bind"):
            self.judge(root, f"{root}/srv/in", bind=False)

    def test_a_device_of_a_volume_is_a_path_too(self, root: Path) -> None:
        options = {"type": "none", "o": "bind", "device": "/etc"}
        mount = {"Type": "volume", "Source": "v", "Target": "/a"}
        body = host(Mounts=[{**mount, "VolumeOptions": {"DriverConfig": {"Name": "local", "Options": options}}}])
        with pytest.raises(PolicyRefused):
            Policy(PolicySettings(bind=True, bind_roots=(str(root / "srv"),))).judge(body)
