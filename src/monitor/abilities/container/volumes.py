"""Volumes: what the volumes of a body that are there already would let its container reach."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from monitor.abilities.container.powers import host_powers
from monitor.abilities.container.storage import mount_of, volume_names
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.volumes import Volumes
from monitor.kernel.errors import NotFound, PolicyRefused
from monitor.kernel.permission import HostPower


async def judge_volumes(
    docker: Engine, body: Mapping[str, Any], held: Collection[HostPower] | None, own: Collection[str] = ()
) -> None:
    """PolicyRefused if one was made elsewhere with options that the host does not allow, or that whoever asks holds no
    power for: it is a bind mount by its name. `held` is None where nobody said; `own` it has already.
    """
    for name, mount in await _mounts(docker, volume_names(body)):
        try:
            docker.judge(mount)
        except PolicyRefused as refused:
            raise PolicyRefused(
                f"the volume {name} is more than a volume: {refused.message}", hint=refused.hint
            ) from None
        if held is not None and name not in own:
            refuse_reach(name, mount, held)


async def volume_powers(docker: Engine, names: Iterable[str]) -> frozenset[HostPower]:
    """What these volumes, mounted, let a container reach."""
    mounts = await _mounts(docker, names)
    return frozenset(power for _, mount in mounts for power in host_powers(mount))


def refuse_reach(name: str, mount: dict[str, Any], held: Collection[HostPower]) -> None:
    """PolicyRefused where mounting this volume (`mount_of`) takes a power that is not among these. Pure."""
    missing = sorted(power.value for power in host_powers(mount) - frozenset(held))
    if missing:
        raise PolicyRefused(
            f"the volume {name} is more than a volume: it reaches the host, which takes a host power whoever asks for "
            f"this has not on this server: {', '.join(missing)}",
            hint="an admin can grant it, or deploy this config himself first; or name a volume of Docker's own",
        )


async def _mounts(docker: Engine, names: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    """By name, of those that are there, the body of a container that mounts each."""
    volumes, found = Volumes(docker), list[tuple[str, dict[str, Any]]]()
    for name in names:
        try:
            told = await volumes.inspect(name)
        except NotFound:
            continue
        found.append((name, mount_of(name, told.get("Driver") or "", told.get("Options") or {})))
    return found
