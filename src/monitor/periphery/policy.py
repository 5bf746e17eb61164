"""Policy: the host's own ceiling, judged on the final Engine body."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from monitor.abilities.build.powers import build_powers
from monitor.abilities.container.powers import bind_sources, host_powers
from monitor.abilities.network.powers import network_powers
from monitor.kernel.errors import PolicyRefused
from monitor.kernel.permission import HostPower
from monitor.periphery.settings import PolicySettings

_FIELDS = {
    HostPower.PRIVILEGED: "HostConfig.Privileged",
    HostPower.BIND: "HostConfig.Binds or HostConfig.Mounts",
    HostPower.NAMESPACES: "HostConfig.NetworkMode, PidMode, IpcMode, UTSMode, UsernsMode or CgroupnsMode",
    HostPower.DEVICES: "HostConfig.Devices, DeviceRequests or DeviceCgroupRules",
    HostPower.CAPABILITIES: "HostConfig.CapAdd",
    HostPower.SECURITY: "HostConfig.SecurityOpt, MaskedPaths or ReadonlyPaths",
    HostPower.SYSCTLS: "HostConfig.Sysctls",
    HostPower.RUNTIME: "HostConfig.Runtime",
    HostPower.CGROUP: "HostConfig.CgroupParent",
    HostPower.VOLUMES_FROM: "HostConfig.VolumesFrom",
    HostPower.RAW: "an option Monitor does not know",
}

_NETWORK_FIELDS = {
    HostPower.NAMESPACES: "a driver or an option that reaches the host's own network, or public addresses",
    HostPower.RAW: "an option Monitor does not know",
}


_BUILD_FIELDS = {HostPower.BUILD: "the host's network, an entitlement, or an option Monitor does not know"}


class Policy:
    """What this host's settings allow."""

    def __init__(self, settings: PolicySettings) -> None:
        self._settings = settings

    @property
    def powers(self) -> tuple[str, ...]:
        """Names of the powers that are on."""
        return tuple(power.value for power in HostPower if self.allows(power))

    @property
    def bind_roots(self) -> tuple[str, ...]:
        """Folders below which bind mounts are allowed; empty means everywhere, if they are allowed at all."""
        return self._settings.bind_roots

    def allows(self, power: HostPower) -> bool:
        """Whether the power's switch is on."""
        return getattr(self._settings, power.value)

    def judge(self, body: dict[str, Any]) -> None:
        """PolicyRefused, naming power, field and setting, unless all the body asks for is allowed."""
        self._need(host_powers(body), _FIELDS)
        if self._settings.bind_roots:
            for source in bind_sources(body):
                self._judge_bind(source)

    def judge_network(self, body: dict[str, Any]) -> None:
        """The same for the body of a new network."""
        self._need(network_powers(body), _NETWORK_FIELDS)

    def judge_build(self, argv: Sequence[str]) -> None:
        """The same for the argument list of a build."""
        self._need(build_powers(argv), _BUILD_FIELDS)

    def judge_command(self) -> None:
        """The same for a command on the host before a build."""
        self._need((HostPower.COMMAND,), {HostPower.COMMAND: "the command before the build"})

    def _need(self, powers: Iterable[HostPower], fields: dict[HostPower, str]) -> None:
        for power in sorted(powers):
            if not self.allows(power):
                raise PolicyRefused(
                    f"this host does not allow the host power {power.value} (asked for by {fields.get(power, 'it')})",
                    hint=f"its owner can allow it: {power.value} = true under [policy] in the periphery's settings",
                )

    def _judge_bind(self, source: str) -> None:
        roots = [Path(os.path.realpath(root)) for root in self._settings.bind_roots]
        # Docker follows symbolic links and dots on the host, so what counts is where the path really leads.
        real = Path(os.path.realpath(source)) if source.startswith("/") else None
        if real is None or not any(real.is_relative_to(root) for root in roots):
            raise PolicyRefused(
                f"this host does not allow the bind mount of {source!r}",
                hint=f"allowed are paths below {', '.join(self._settings.bind_roots)}: see bind_roots under [policy]",
            )
