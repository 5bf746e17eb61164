"""Insides: what a simulated container shows of itself: processes, changed files, and figures made up from the time."""

import math
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from monitor.abilities.container.calls import Label
from monitor.abilities.stats.calls import MOST_TOP, TopProgram
from monitor.kernel.insides import ContainerUsage, FileChange, Process
from monitor.kernel.samples import ContainerSample
from monitor.testing.container import SimulatedContainer

_MIB = 1024**2


def processes_of(container: SimulatedContainer, now: datetime) -> tuple[Process, ...]:
    """Its main process, with the command line it was made with, and a child of it."""
    body = container.body
    words = [*(body.get("Entrypoint") or ()), *(body.get("Cmd") or ())] or [f"/{_word(container)}"]
    began = container.view.started or now
    main = 1000 + zlib.crc32(container.view.id.encode()) % 60_000
    seconds = int((now - began).total_seconds())
    return (
        Process(
            pid=main,
            parent=1,
            user=str(body.get("User") or "root"),
            cpu=1.5,
            memory=48 * _MIB,
            seconds=seconds,
            command=" ".join(map(str, words)),
        ),
        Process(
            pid=main + 1,
            parent=main,
            user="nobody",
            cpu=0.2,
            memory=9 * _MIB,
            seconds=seconds,
            command=f"{_word(container)}: worker process",
        ),
    )


def busy_inside(container: SimulatedContainer, now: datetime) -> tuple[Process, ...]:
    """The same, with what they use at this moment."""
    main, *others = processes_of(container, now)
    swing = usage_of(container, now)
    return (replace(main, cpu=swing.cpu, memory=swing.memory), *others)


def host_processes(
    containers: Iterable[SimulatedContainer], own: Iterable[Process], now: datetime
) -> tuple[Process, ...]:
    """A host's own, and those of its running containers by their names alone."""
    found = [*own, *(_main(each, now) for each in containers if each.view.state == "running")]
    return tuple(sorted(found, key=lambda each: -(each.cpu or 0)))


def top_programs(
    containers: Iterable[SimulatedContainer], own: Iterable[Process], now: datetime, by: str
) -> tuple[TopProgram, ...]:
    """The same by what they use, each with its container."""
    inside = [(each.view.id, _main(each, now)) for each in containers if each.view.state == "running"]
    found = [_top(one, id, by) for id, one in (*(("", one) for one in own), *inside)]
    return tuple(sorted(found, key=lambda each: -each.of_all)[:MOST_TOP])


def _top(one: Process, container: str, by: str) -> TopProgram:
    used = float((one.cpu if by == "cpu" else one.memory) or 0)
    return TopProgram(pid=one.pid, name=one.command, user=one.user, container=container, used=used, of_all=used)


def _main(container: SimulatedContainer, now: datetime) -> Process:
    """All it uses, by its first process."""
    [main, *_] = processes_of(container, now)
    swing = usage_of(container, now)
    return replace(main, cpu=swing.cpu, memory=swing.memory, command=_word(container))


def changes_of(container: SimulatedContainer) -> list[FileChange]:
    """What was put into it, and what any program leaves."""
    given = [FileChange(path=path, kind="added") for path in container.files]
    usual = [
        FileChange(path="/run", kind="modified"),
        FileChange(path=f"/run/{_word(container)}.pid", kind="added"),
        FileChange(path="/tmp", kind="modified"),  # noqa: S108 - a path inside a container that there is not
        FileChange(path="/var/cache/apt/archives/lock", kind="deleted"),
    ]
    return sorted([*given, *usual, *container.changes], key=lambda change: change.path)


def description_of(container: SimulatedContainer) -> dict[str, Any]:
    """A little of what the Engine would say, the environment with its values."""
    view, body = container.view, container.body
    state: dict[str, Any] = {
        "Status": view.state,
        "Running": view.state in ("running", "paused"),
        "Paused": view.state == "paused",
        "ExitCode": view.exit_code or 0,
        "StartedAt": view.started.isoformat() if view.started else "0001-01-01T00:00:00Z",
    }
    if view.health:
        failed = [{"ExitCode": 1, "Output": container.health_said}] if container.health_said else []
        state["Health"] = {"Status": view.health, "Log": failed}
    config: dict[str, Any] = {
        "Image": view.image,
        "Cmd": body.get("Cmd"),
        "Entrypoint": body.get("Entrypoint"),
        "Env": body.get("Env") or [],
        "Labels": dict(view.labels),
    }
    return {
        "Id": view.id,
        "Name": f"/{view.name}",
        "Created": view.created.isoformat(),
        "Image": view.image_id,
        "State": state,
        "RestartCount": view.restarts,
        "Config": config,
        "HostConfig": body.get("HostConfig") or {},
        "Mounts": [],
        "NetworkSettings": {"Networks": {name: {} for name in view.networks or ("bridge",)}},
    }


def usage_of(container: SimulatedContainer, now: datetime) -> ContainerUsage:
    """Figures that swing, each container in its own time."""
    own = zlib.crc32(container.view.id.encode())
    at = now.timestamp()
    began = container.view.started or now
    life = max((now - began).total_seconds(), 0.0)
    swing = 0.5 + 0.3 * math.sin(at / 7 + own) + 0.2 * math.sin(at / 1.7 + own % 7)
    rate = 20_000 + own % 300_000
    return ContainerUsage(
        at=now,
        cpu=round(4 + 60 * swing * (own % 5 + 1) / 5, 2),
        memory=round((60 + own % 400) * _MIB * (1 + 0.1 * swing)),
        memory_limit=(1 + own % 4) * 1024 * _MIB,
        received=round(rate * life),
        sent=round(rate * life * 0.4),
        read=round(rate * life * 0.05),
        written=round(rate * life * 0.2),
        pids=4 + own % 20,
        receiving=round(rate * 2 * swing),
        sending=round(rate * 0.8 * swing),
        reading=round(rate * 0.1 * swing),
        writing=round(rate * 0.4 * swing),
    )


def sample_of(container: SimulatedContainer, at: datetime) -> ContainerSample:
    """The same figures, as history is told of them."""
    usage, labels = usage_of(container, at), dict(container.view.labels)
    return ContainerSample(
        container.view.id,
        container.view.name,
        labels.get(Label.CORE, ""),
        labels.get(Label.DEPLOYMENT, ""),
        usage.cpu,
        usage.memory,
        usage.receiving,
        usage.sending,
        usage.reading,
        usage.writing,
        usage.pids,
    )


def _word(container: SimulatedContainer) -> str:
    """The program's name, after the image's."""
    return container.view.image.rpartition("/")[2].partition(":")[0] or "program"
