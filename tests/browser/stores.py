"""What the fleet's Dockers keep beside containers: images with sizes and layers, volumes, networks; some unused."""

import hashlib
from datetime import datetime, timedelta
from random import Random

from monitor.abilities.cleaning.calls import CacheRecord, Mirror
from monitor.abilities.git.address import Address
from monitor.testing.machine import Machine
from monitor.testing.things import SimulatedImage, SimulatedNetwork, SimulatedVolume, network_id

_MIB = 1024**2
_OLD = ("postgres:15.8", "traefik:v2.11", "redis:7.2-alpine", "node:20-bookworm", "nginx:1.25", "debian:12-slim")
_LAYERS = (
    '/bin/sh -c #(nop)  CMD ["serve"]',
    "/bin/sh -c #(nop)  EXPOSE 8080",
    "/bin/sh -c apt-get update && apt-get install -y --no-install-recommends ca-certificates tini",
    "/bin/sh -c #(nop) COPY dir:8d1fbc8fd4a1 in /srv",
    "/bin/sh -c #(nop) ADD file:3af3091e7d2bb40b in / ",
)


def furnish(machine: Machine, name: str, now: datetime) -> None:
    """Give the simulated host of a server of this name what a host gathers in a few months."""
    dice = Random(f"stores {name}")
    for reference in (*sorted(machine.images), *dice.sample(_OLD, 3)):
        machine.images.add(reference)
        machine.described[reference] = _image(dice, now)
    for _ in range(dice.randint(2, 6)):
        id = "sha256:" + hashlib.sha256(dice.randbytes(8)).hexdigest()
        machine.untagged.add(id)
        machine.described[id] = _image(dice, now)
    for container in machine.containers.values():
        for network in container.view.networks:
            _network(machine, dice, network, container.view.project, now)
    for word in ("uploads", "search-index", "letsencrypt"):
        _volume(machine, dice, word, now)
    for _ in range(dice.randint(1, 5)):
        _volume(machine, dice, hashlib.sha256(dice.randbytes(8)).hexdigest(), now)
    share = {"type": "nfs", "o": "addr=10.20.0.5,rw", "device": ":/export/media"}
    machine.volumes["media"] = SimulatedVolume(now - timedelta(days=80), options=share, size=0)
    _network(machine, dice, "migration-2025", "", now)
    _leave(machine, dice, now)


def _leave(machine: Machine, dice: Random, now: datetime) -> None:
    """What builds leave behind."""
    for name in ("shop", "billing-legacy"):
        url = f"https://git.example/acme/{name}.git"
        used, size = now - timedelta(days=dice.uniform(20, 90)), int(dice.uniform(8, 400) * _MIB)
        key = Address.of(url).key
        machine.leftovers.mirrors[key] = Mirror(key=key, url=url, root=url, bytes=size, used=used)
    machine.leftovers.cache = [
        CacheRecord(
            id=f"{number:x}",
            bytes=int(dice.lognormvariate(17, 2)),
            used=now - timedelta(days=dice.uniform(0, 40)),
            held=number % 7 == 0,
        )
        for number in range(60)
    ]


def _image(dice: Random, now: datetime) -> SimulatedImage:
    made = now - timedelta(days=dice.uniform(1, 200))
    return SimulatedImage(int(dice.uniform(12, 900) * _MIB), made, _LAYERS)


def _volume(machine: Machine, dice: Random, name: str, now: datetime) -> None:
    made = now - timedelta(days=dice.uniform(1, 120))
    machine.volumes[name] = SimulatedVolume(made, size=int(dice.lognormvariate(18, 3)))


def _network(machine: Machine, dice: Random, name: str, project: str, now: datetime) -> None:
    if name in machine.networks:
        return
    labels = {"com.docker.compose.project": project} if project else {}
    subnet = f"172.{18 + len(machine.networks)}.0.0/16"
    made = now - timedelta(days=dice.uniform(3, 90))
    id = network_id(machine.name, name)
    machine.networks[name] = SimulatedNetwork(id, created=made, subnets=(subnet,), labels=labels)
