"""States: the daemon's description of a container as Monitor's Container. Pure."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.abilities.docker.described import Binding, Described, MountPoint, RunState, described, listed
from monitor.kernel.amounts import times_in_words
from monitor.kernel.hostview import Container, Port

_PROJECT = "com.docker.compose.project"
_SERVICE = "com.docker.compose.service"
KILLED = 137
"""Exit code of what a SIGKILL ended."""
_SOON = timedelta(seconds=10)
"""So long after a kill for want of memory a large process, or all of which a part was killed, may take to end."""
_SIGNALS = {130: "SIGINT", 134: "SIGABRT", KILLED: "SIGKILL", 139: "SIGSEGV", 143: "SIGTERM"}
_ENDED = ("exited", "dead", "restarting")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_inspect(told: Mapping[str, Any], out_of_memory: datetime | None = None) -> Container:
    """A container from GET /containers/{id}/json; and when it was seen to be killed for want of memory."""
    seen = described(told)
    state, labels = seen.state, seen.labels
    started, finished = moment(state.started_at), moment(state.finished_at)
    starved = is_starved(state.exit_code, started, finished, out_of_memory, flag=state.oom_killed)
    return Container(
        id=seen.id,
        name=seen.called,
        image=seen.config.image,
        image_id=seen.image,
        state=state.status,
        health=_health(state),
        reason=reason_of(seen, out_of_memory=starved),
        exit_code=state.exit_code if state.status in _ENDED else None,
        created=moment(seen.created) or _EPOCH,
        started=started,
        finished=finished,
        out_of_memory=out_of_memory,
        restarts=seen.restart_count,
        ports=_ports(seen.network_settings.ports or {}),
        networks=tuple(sorted(seen.network_settings.networks or {})),
        volumes=volumes_of(seen.mounts),
        project=labels.get(_PROJECT, ""),
        service=labels.get(_SERVICE, ""),
        labels=tuple(sorted(labels.items())),
    )


def from_listing(told: Mapping[str, Any]) -> Container:
    """A container from an item of GET /containers/json: what is known of one that cannot be inspected now."""
    seen = listed(told)
    labels = seen.labels or {}
    networks = (seen.network_settings.networks if seen.network_settings else None) or {}
    return Container(
        id=seen.id,
        name=seen.called,
        image=seen.image,
        image_id=seen.image_id,
        state=seen.state,
        reason="Docker does not describe this container now",
        created=datetime.fromtimestamp(seen.created, UTC),
        ports=_sorted(
            {Port(port.private_port, port.type, port.public_port, port.address) for port in seen.ports or ()}
        ),
        networks=tuple(sorted(networks)),
        volumes=volumes_of(seen.mounts),
        project=labels.get(_PROJECT, ""),
        service=labels.get(_SERVICE, ""),
        labels=tuple(sorted(labels.items())),
    )


def volumes_of(mounts: Iterable[MountPoint] | None) -> tuple[str, ...]:
    """Names of the volumes among what is mounted."""
    return tuple(sorted({mount.name for mount in mounts or () if mount.type == "volume" and mount.name}))


def reason_of(seen: Described, *, out_of_memory: bool) -> str:
    """Why a container is in its state: `exit code 137 (SIGKILL), out of memory`; empty where there is no why."""
    state = seen.state
    parts: list[str] = []
    if state.status in _ENDED:
        parts.append(end_text(state.exit_code, out_of_memory=out_of_memory))
    if state.status == "restarting":
        parts.append(f"restarted {times_in_words(seen.restart_count)}")
    if state.status != "running" and state.error:
        parts.append(state.error)
    if state.health is not None and state.health.status == "unhealthy":
        code = state.health.log[-1].exit_code if state.health.log else 1
        streak = state.health.failing_streak
        often = times_in_words(streak) + ("" if streak == 1 else " in a row")
        parts.append(f"health check failed {often} with exit code {code}")
    return ", ".join(parts)


def end_text(code: int, *, out_of_memory: bool = False) -> str:
    """`exit code 137 (SIGKILL), out of memory`."""
    signal = f" ({_SIGNALS[code]})" if code in _SIGNALS else ""
    return f"exit code {code}{signal}{', out of memory' if out_of_memory else ''}"


def is_starved(
    code: int, started: datetime | None, finished: datetime | None, killed: datetime | None, *, flag: bool = False
) -> bool:
    """Whether a run that ended with this code did so since the kernel killed it. Docker's `flag` counts where that was
    not seen: it stays set from when a process was killed, however long the container went on.
    """
    if started is None or killed is None or killed < started:
        return flag
    return (flag or code == KILLED) and (finished is None or finished - killed <= _SOON)


def moment(text: str) -> datetime | None:
    """The daemon's timestamp, to the microsecond; None for its "never", the year 1."""
    if not text or text.startswith("0001-"):
        return None
    return datetime.fromisoformat(text).astimezone(UTC)


def _health(state: RunState) -> str:
    status = state.health.status if state.health else ""
    return "" if status == "none" else status


def _ports(told: Mapping[str, list[Binding] | None]) -> tuple[Port, ...]:
    ports: set[Port] = set()
    for key, bindings in told.items():
        number, _, protocol = key.partition("/")
        for binding in bindings or (Binding(),):
            ports.add(Port(int(number), protocol or "tcp", int(binding.host_port or 0), binding.host_ip))
    return _sorted(ports)


def _sorted(ports: set[Port]) -> tuple[Port, ...]:
    return tuple(sorted(ports, key=lambda port: (port.container, port.protocol, port.host, port.address)))
