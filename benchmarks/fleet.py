"""Fleet: what many simulated servers cost one core process: `script/bench fleet`, `script/bench fleet-of-1000`.

Of another size or time: `python -m benchmarks.fleet [--servers 200] [--minutes 1]`.

The hosts run in a process of their own and talk to core as real ones do: mutual TLS on loopback, one Watch stream each,
samples of history every ten seconds. Core has a SQLite store, and looks at itself: cpu, memory, whether a sample of any
server is missing, and how long alerts take (see alerting.py).
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks import alerting
from benchmarks.figures import Figure, rss

WARM_UP = 60.0
CONTAINERS = 20
FIRST_PORT = 21_000
MINUTES = 10.0
"""What the figures are promised for."""


def main() -> None:
    """Start both processes, wait, print the rows; exit 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description=__doc__)
    parser.add_argument("--servers", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--role", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=Path(), help=argparse.SUPPRESS)
    given = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if given.role == "hosts":
        asyncio.run(_hosts(given.folder, given.servers))
    elif given.role == "core":
        _run_core(given.folder, given.servers, given.minutes)
    else:
        rows = figures(given.servers, given.minutes)
        print("\n".join(row.row() for row in rows))
        sys.exit(0 if all(row.kept for row in rows) else 1)


def of_200() -> list[Figure]:
    """With bounds that must be kept."""
    return figures(200, MINUTES)


def of_1000() -> list[Figure]:
    """With bounds that are aimed at."""
    return figures(1000, MINUTES)


def figures(servers: int, minutes: float) -> list[Figure]:
    """Four: cpu, memory, samples lost, the slowest alert."""
    with tempfile.TemporaryDirectory(prefix="monitor-fleet-") as folder:
        argv = [sys.executable, "-m", "benchmarks.fleet", "--folder", folder]
        argv += ["--servers", str(servers), "--minutes", str(minutes)]
        _make_core_identity(Path(folder))
        hosts = subprocess.Popen([*argv, "--role", "hosts"], stdout=subprocess.PIPE)
        try:
            assert hosts.stdout is not None
            hosts.stdout.readline()
            told = subprocess.run([*argv, "--role", "core"], check=True, stdout=subprocess.PIPE).stdout
        finally:
            hosts.terminate()
            hosts.wait(30)
    seen: dict[str, Any] = json.loads(told)
    many = servers > 200
    cpu_bound, size_bound = (60, 500) if many else (20, 250)
    beside = f"{minutes:g} min after {WARM_UP:.0f} s; {seen['samples']:,} samples of servers"
    size, cpu, lost = seen["memory"], seen["cpu"], seen["lost"]
    name = f"core with {servers} servers of {CONTAINERS} containers"
    return [
        Figure(f"{name}, cpu", cpu, "% of a core", f"≤ {cpu_bound} %", cpu <= cpu_bound, beside),
        Figure(f"{name}, memory (RSS)", size, "MB", f"≤ {size_bound} MB", size <= size_bound),
        Figure(f"{name}, samples lost", lost, "", "0", lost == 0),
        alerting.figure(name, seen["alerts"]),
    ]


def _make_core_identity(folder: Path) -> None:
    from monitor.core.link.identity import load_identity

    (folder / "core").mkdir()
    load_identity(folder / "core")


async def _hosts(folder: Path, servers: int) -> None:
    """One listener each, on ports that follow each other."""
    from monitor.abilities.sim import ABILITIES
    from monitor.core.link.identity import load_identity as core_identity
    from monitor.kernel.clock import SystemClock
    from monitor.kernel.pinning import Identity
    from monitor.periphery.allowed import AllowedAddresses
    from monitor.periphery.jobs.memory import MemoryShelf
    from monitor.periphery.jobs.runner import JobRunner
    from monitor.periphery.listener import Listener
    from monitor.periphery.serve import Service
    from monitor.testing.host import SimulatedHost

    clock = SystemClock()
    pin = core_identity(folder / "core").certificate
    # One key for all: core knows each by its address, and what is measured is no handshake.
    identity = Identity.at(folder / "host.pem", "simulated host")
    serving: list[asyncio.Task[None]] = []
    machines: list[Any] = []
    for number in range(servers):
        machine: Any = _machine(SimulatedHost(clock, f"host-{number}"))
        machines.append(machine)
        jobs = JobRunner(machine, (), MemoryShelf(), clock)
        service = Service(machine, ABILITIES, jobs, AllowedAddresses(("127.0.0.1",)))
        listener = Listener(service.app(), identity, pin, "127.0.0.1", FIRST_PORT + number)
        serving.append(asyncio.create_task(listener.serve()))
    print("ready", flush=True)
    await asyncio.gather(*serving, alerting.make_conditions(folder, machines))


def _machine(host: Any) -> Any:
    from monitor.testing.usage import NoisyUsage

    machine = host.machine
    now = machine.clock.now()
    machine.images.add("app:1")
    for number in range(CONTAINERS):
        machine.start(machine.create(f"app-{number}", {"Image": "app:1"}))
    machine.usage = NoisyUsage(
        seed=machine.name,
        cores=8,
        cpu=25,
        memory_total=32 * 1024**3,
        memory=40,
        disk_total=500 * 1024**3,
        disk=50,
        known=now,
        booted=now - timedelta(days=3),
    )
    return machine


def _run_core(folder: Path, servers: int, minutes: float) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(_core(folder, servers, minutes))))


async def _core(folder: Path, servers: int, minutes: float) -> dict[str, Any]:
    from monitor.core.serve import build_core
    from monitor.core.settings import CoreSettings
    from monitor.kernel.clock import SystemClock
    from monitor.kernel.pinning import Identity

    core = build_core(CoreSettings(data=folder / "core", check_updates_every=0), SystemClock())
    await core.start()
    await alerting.make_rules(core)
    ids = await _join(core, servers, Identity.at(folder / "host.pem", "simulated host").certificate)
    while not all((view := core.parts.hosts.view(id)) and view.docker for id in ids):
        await asyncio.sleep(0.1)
    await asyncio.sleep(WARM_UP)
    alerts = alerting.Alerting(core, folder, minutes)
    began, cpu, wall = core.parts.clock.now(), time.process_time(), time.monotonic()
    await asyncio.sleep(60 * minutes)
    share = 100 * (time.process_time() - cpu) / (time.monotonic() - wall)
    size = rss(os.getpid())
    await asyncio.sleep(12)  # the last sample of the time is measured when it is over
    lost, samples = await _missing(core, ids, began, minutes)
    await core.stop()
    return {"cpu": share, "memory": size, "lost": lost, "samples": samples, "alerts": alerts.seconds()}


async def _join(core: Any, servers: int, pin: str) -> list[str]:
    from monitor.core.caller import SYSTEM
    from monitor.core.catalog import info_kind
    from monitor.core.memory import Changes
    from monitor.kernel.standard import standard_operations
    from monitor.resources.server.config import ServerConfig
    from monitor.resources.server.info import ServerInfo
    from monitor.resources.server.spec import SERVER
    from monitor.store.contract import Entry

    create: Any = standard_operations(SERVER)["create"]
    ids: list[str] = []
    for number in range(servers):
        config = ServerConfig(address="127.0.0.1", port=FIRST_PORT + number)
        made = (await core.dispatcher.run(SYSTEM, create(name=f"host-{number}", config=config))).value
        changes = Changes()
        changes.put(info_kind("server"), made.id, ServerInfo(pin=pin, joined=core.parts.clock.now()))
        await core.parts.memory.commit(changes, Entry("joined", core.parts.clock.now()))
        ids.append(made.id)
    return ids


async def _missing(core: Any, ids: list[str], began: Any, minutes: float) -> tuple[int, int]:
    """Steps of that time without a sample, of any server or container, and how many samples of servers there are."""
    from monitor.core.history.names import container_entity, server_entity
    from monitor.core.history.query import Query
    from monitor.kernel.measures import OF_CONTAINERS, OF_SERVERS
    from monitor.resources.server.operations.usage import UsageHistory

    query = Query(core.store, core.parts.history, core.parts.clock)
    asked = UsageHistory(since=began, until=began + timedelta(minutes=minutes), metrics=("cpu",), points=2000)
    lost = samples = 0
    for id in ids:
        entities = [(server_entity(id), OF_SERVERS)]
        entities += [(container_entity(id, f"app-{number}"), OF_CONTAINERS) for number in range(CONTAINERS)]
        for entity, measures in entities:
            told = await query.past(entity, measures, asked)
            mean = told.series[0].mean if told.series else (None,) * told.points
            lost += sum(value is None for value in mean)
            samples += len(mean) if entity.startswith("server/") else 0
    return lost, samples


if __name__ == "__main__":
    main()
