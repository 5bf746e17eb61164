"""Machine: a simulated host's insides: containers, images and repositories in dictionaries, and who watches them."""

import asyncio
import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Protocol

from msgspec.structs import replace

from monitor.abilities.container.endpoints import endpoints
from monitor.abilities.container.storage import volume_names
from monitor.abilities.image.held import Held
from monitor.abilities.terminal.held import Terminals
from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError, NotFound, Unavailable
from monitor.kernel.hostview import AgentInfo, Container, Port
from monitor.kernel.insides import Process
from monitor.kernel.permission import HostPower
from monitor.testing.container import SimulatedContainer
from monitor.testing.deliveries import Deliveries
from monitor.testing.script import Script
from monitor.testing.things import (
    Leftovers,
    Looks,
    SimulatedImage,
    SimulatedNetwork,
    SimulatedVolume,
    builtin_networks,
    made_up,
    network_id,
    own_processes,
)
from monitor.testing.usage import UsageOf, steady


class Printing(Protocol):
    """What a step prints to: a job's run."""

    def output(self, data: bytes, stream: str = "stdout") -> None:
        """Bytes of the current step."""
        ...


USAGE = "usage"
"""Told like a container's id: a sample of the machine's usage is due."""


class Machine:
    """Everything is public: a test may look at it and change it."""

    def __init__(self, clock: Clock, name: str) -> None:
        self.clock = clock
        self.name = name
        self.containers: dict[str, SimulatedContainer] = {}
        """By id."""
        self.images: set[str] = set()
        """References that are here."""
        # By reference or, of those that lost it, by id: images whose size, age and layers matter.
        self.described: dict[str, SimulatedImage] = {}
        self.volumes: dict[str, SimulatedVolume] = {}
        self.networks = builtin_networks(name)
        # References that can be pulled.
        self.registry: set[str] = set()
        self.deliveries = Deliveries()
        self.tags: dict[str, str] = {}
        """The digest a registry has under a reference now, `sha256:…`."""
        self.untagged: set[str] = set()
        """Ids of images that are here and have lost their reference to a newer build."""
        self.private: dict[str, tuple[str, str]] = {}
        """References that are given to this user with this token only."""
        self.refusals: dict[str, str] = {}
        """What a registry says instead, by reference, as the daemon words it."""
        self.asked: list[str] = []
        """References registries were asked about."""
        self.pulled: dict[str, str] = {}
        """The digest each reference was pulled as."""
        self.origins: dict[str, tuple[str, ...]] = {}
        """Where images came from, `repository@sha256:…`, by their id."""
        self.image_labels: dict[str, dict[str, str]] = {}
        """Labels of an image, by its reference."""
        self.writing: set[str] = set()
        """Images whose containers write to a volume of their own."""
        self.repositories: dict[str, dict[str, str]] = {}
        """Branches and their commits by URL; a URL that is not in here has a `main` of its own."""
        self.exits: dict[str, int] = {}
        """Images whose containers exit at once, with which code."""
        self.silent: set[str] = set()
        """Images whose containers answer no probe."""
        self.durations: dict[str, float] = {}
        """Seconds a job's step takes, by the step's name."""
        self.scripts: dict[tuple[str, str], Script] = {}
        """What a step prints and how it ends, by its name and what it is about: an image, or a repository's URL."""
        self.looked_at: list[str] = []
        """Ids of containers whose figures are sent now, one for each feed."""
        self.usage: UsageOf = steady
        self.terminals = Terminals(clock)
        self.held, self.leftovers = Held(), Leftovers()
        self.info = AgentInfo(
            version="simulated",
            calls=(),
            hostname=name,
            docker="20.10.0",
            docker_api="1.41",
            powers=tuple(power.value for power in HostPower),
        )
        self.lives = [clock.monotonic()]
        """When each of its agents began: one more after each crash; samples of history are numbered from then on."""
        self._docker_down, self._count = "", 0
        self._builds: dict[str, int] = {}
        self._watchers: set[asyncio.Queue[str]] = set()

    @cached_property
    def processes(self) -> list[Process]:
        """Those that are in no container."""
        return own_processes()

    @cached_property
    def looks(self) -> Looks:
        """Looks at what repositories have."""
        return Looks()

    @property
    def life(self) -> int:
        """Which of its agents runs; an undo of an earlier one does nothing."""
        return len(self.lives)

    @property
    def docker_down(self) -> str:
        """Why Docker does not answer; empty when it does."""
        return self._docker_down

    @docker_down.setter
    def docker_down(self, reason: str) -> None:
        self._docker_down = reason
        self.tell("")

    def need_docker(self) -> None:
        """Unavailable while Docker is down."""
        if self._docker_down:
            raise Unavailable(f"Docker does not answer: {self._docker_down}")

    def find(self, name: str) -> SimulatedContainer:
        """A container by name or id. NotFound if there is none."""
        for container in self.containers.values():
            if name in (container.view.id, container.view.name):
                return container
        raise NotFound(f"there is no container {name} on this host")

    def named(self, name: str) -> SimulatedContainer | None:
        """The container of this name, if any."""
        return next((c for c in self.containers.values() if c.view.name == name), None)

    def image_id(self, reference: str) -> str:
        """A stable made-up id; each build of a reference, and each digest it is pulled as, gives another."""
        if reference in self.untagged:
            return reference
        if (made_elsewhere := self.deliveries.had.get(reference)) is not None:
            return made_elsewhere
        made = f"{reference} {self.pulled.get(reference) or self._builds.get(reference, 0)}"
        return "sha256:" + hashlib.sha256(made.encode()).hexdigest()

    def pull(self, reference: str) -> None:
        """Have what the registry has now; what had the reference before loses it."""
        before = self.image_id(reference) if reference in self.images else ""
        self.images.add(reference)
        if digest := self.tags.get(reference):
            self.pulled[reference] = digest
            repository = reference.rpartition(":")[0] or reference
            self.origins[self.image_id(reference)] = (f"{repository}@{digest}",)
        if before and before != self.image_id(reference):
            self.untagged.add(before)

    def add_build(self, references: tuple[str, ...], labels: dict[str, str] | None = None) -> str:
        """Make images of a build and answer their id."""
        for reference in references:
            if reference in self.images:
                self.untagged.add(self.image_id(reference))
            self._builds[reference] = self._builds.get(reference, 0) + 1
            if labels and reference not in self.described:
                size = made_up(reference).size
                self.described[reference] = SimulatedImage(size, self.clock.now(), labels=labels)
        self.images.update(references)
        first = references[0] if references else ""
        self.tell("image")
        return self.image_id(first)

    def create(self, name: str, body: dict[str, Any]) -> SimulatedContainer:
        """A created container. Refused when the name is taken or the image is not here."""
        self.need_docker()
        image = str(body.get("Image", ""))
        if image not in self.images | self.untagged:
            raise HostError(f"no such image: {image}", hint="pull it, or build it on this host")
        if self.named(name) is not None:
            raise HostError(f"the container name {name} is taken")
        self._count += 1
        host: dict[str, Any] = body.get("HostConfig") or {}
        labels: dict[str, str] = body.get("Labels") or {}
        restart: dict[str, Any] = host.get("RestartPolicy") or {}
        view = Container(
            id=hashlib.sha256(f"{self.name} {self._count}".encode()).hexdigest(),
            name=name,
            image=image,
            image_id=self.image_id(image),
            state="created",
            created=self.clock.now(),
            ports=_ports(host),
            networks=self._join(body),
            volumes=self._mount(body),
            labels=tuple(sorted(labels.items())),
        )
        policy = str(restart.get("Name") or "no")
        container = self.containers[view.id] = SimulatedContainer(view=view, body=body, policy=policy)
        self.tell(view.id)
        return container

    def _join(self, body: dict[str, Any]) -> tuple[str, ...]:
        """Networks it is on, which on a simulated host are there once they are named."""
        host: dict[str, Any] = body.get("HostConfig") or {}
        mode = str(host.get("NetworkMode") or "bridge")
        own = () if ":" in mode else ("bridge" if mode == "default" else mode,)
        names = tuple(sorted({*own, *endpoints(body)}))
        for name in names:
            if name not in self.networks:
                self.networks[name] = SimulatedNetwork(network_id(self.name, name), created=self.clock.now())
                self.tell("network")
        return names

    def _mount(self, body: dict[str, Any]) -> tuple[str, ...]:
        """Volumes it mounts, made where they are not there."""
        names = tuple(sorted(volume_names(body)))
        for name in names:
            if name not in self.volumes:
                self.volumes[name] = SimulatedVolume(created=self.clock.now())
                self.tell("volume")
        return names

    def start(self, container: SimulatedContainer) -> None:
        """Start it; one whose image is in `exits` ends at once."""
        self.need_docker()
        self._need_free_ports(container)
        self.change(container, state="running", started=self.clock.now(), exit_code=None, reason="")
        code = self.exits.get(container.view.image)
        if code is not None:
            container.lines.append(f"exiting with {code}".encode())
            self.exit(container, code)

    def exit(self, container: SimulatedContainer, code: int = 0) -> None:
        """It ends by itself, or is ended from outside."""
        reason = f"exit code {code}" if code else ""
        self.change(container, state="exited", exit_code=code, finished=self.clock.now(), reason=reason)

    def starve(self, container: SimulatedContainer) -> None:
        """The kernel kills it for want of memory; Docker starts it again at once if its policy says so."""
        now, again = self.clock.now(), container.policy in ("always", "unless-stopped", "on-failure")
        reason = "exit code 137 (SIGKILL), out of memory"
        killed = {"exit_code": 137, "finished": now, "out_of_memory": now, "reason": reason}
        up = {"exit_code": None, "started": now, "restarts": container.view.restarts + 1, "reason": ""}
        self.change(container, **({**killed, **up} if again else {**killed, "state": "exited"}))

    def remove(self, container: SimulatedContainer) -> None:
        """It is gone."""
        self.need_docker()
        self.containers.pop(container.view.id, None)
        self.tell(container.view.id)

    def change(self, container: SimulatedContainer, **fields: Any) -> None:
        """Change what Docker would show of it, and tell who watches."""
        container.view = replace(container.view, **fields)
        self.tell(container.view.id)

    def tell(self, id: str) -> None:
        """Something changed: this container, or (empty) Docker itself; or USAGE is to be told out of turn."""
        for watcher in self._watchers:
            watcher.put_nowait(id)

    @contextmanager
    def watched(self) -> Generator[asyncio.Queue[str]]:
        """Ids of containers as they change; empty text when Docker itself does."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    async def spend(self, step: str) -> None:
        """Take as long as `durations` says this step takes."""
        await self.clock.sleep(self.durations.get(step, 0.0))

    async def perform(self, run: Printing, step: str, about: str) -> None:
        """The same, then the step's script, if there is one. HostError as the script says."""
        await self.spend(step)
        script = self.scripts.get((step, about))
        if script is None:
            return
        for wait, piece in script.pieces():
            await self.clock.sleep(wait)
            run.output(piece)
        if script.error:
            raise HostError(script.error, hint=script.hint, exit_code=script.exit_code)

    def _need_free_ports(self, container: SimulatedContainer) -> None:
        wanted = {port.host for port in container.view.ports if port.host}
        for other in self.containers.values():
            if other is container or other.view.state != "running":
                continue
            if taken := wanted.intersection(port.host for port in other.view.ports):
                raise HostError(f"port {min(taken)} is taken by the container {other.view.name}")


def _ports(host: dict[str, Any]) -> tuple[Port, ...]:
    bindings: dict[str, list[dict[str, str]]] = host.get("PortBindings") or {}
    ports: list[Port] = []
    for key, targets in bindings.items():
        number, _, protocol = key.partition("/")
        ports += [
            Port(container=int(number), protocol=protocol or "tcp", host=int(target.get("HostPort") or 0))
            for target in targets
        ]
    return tuple(ports)
