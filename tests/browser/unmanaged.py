"""Containers of the fleet that are nobody's deployment: compose projects and strays."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from monitor.testing.container import SimulatedContainer
from monitor.testing.machine import Machine

_EVERYWHERE = ("monitoring", (("node-exporter", "prom/node-exporter:v1.8.2"), ("cadvisor", "cadvisor:v0.50.0")))
_PROJECTS: dict[str, tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = {
    "web": (("edge-proxy", (("traefik", "traefik:v3.2"), ("acme", "acme-companion:2.4"), ("log", "fluent-bit:3.1"))),),
    "app": (("vault", (("vault", "hashicorp/vault:1.18"), ("unsealer", "unsealer:0.3"))),),
    "worker": (("queues", (("rabbitmq", "rabbitmq:4.0-management"), ("shovel", "shovel:1.2"))),),
    "db": (("postgres", (("primary", "postgres:16.4"), ("pgbouncer", "pgbouncer:1.23"), ("backup", "wal-g:3.0"))),),
    "cache": (("redis", (("redis", "redis:7.4-alpine"), ("sentinel", "redis:7.4-alpine"))),),
    "edge": (("edge-proxy", (("traefik", "traefik:v3.2"), ("waf", "coraza:1.3"))),),
    "ci": (("runners", (("runner-1", "runner:17.5"), ("runner-2", "runner:17.5"), ("cache", "minio:2025"))),),
}


def furnish(machine: Machine, name: str, now: datetime) -> None:
    """Put the compose projects of a server of this name on its simulated host, and on some a stray or two."""
    dice = Random(f"unmanaged {name}")
    started = now - timedelta(days=dice.uniform(3, 60))
    for project, services in (_EVERYWHERE, *_PROJECTS[name.partition("-")[0]]):
        for service, image in services:
            labels = {"com.docker.compose.project": project, "com.docker.compose.service": service}
            made = run(machine, f"{project}-{service}-1", image, started, labels=labels)
            machine.change(made, project=project, service=service, networks=(f"{project}_default",))
    if dice.random() < 0.3:
        run(machine, dice.choice(("pensive_noether", "jovial_hopper", "debug-shell")), "busybox:1.37", started)
    if dice.random() < 0.2:
        ended = run(machine, "one-off-import", "importer:latest", started)
        machine.change(ended, state="exited", exit_code=1, reason="exit code 1", finished=started)


def run(
    machine: Machine, name: str, image: str, started: datetime, *, labels: dict[str, str] | None = None, **body: Any
) -> SimulatedContainer:
    """A container that runs since then."""
    machine.images.add(image)
    made = machine.create(name, {"Image": image, "Labels": labels or {}, **body})
    machine.change(made, state="running", created=started, started=started)
    return made
