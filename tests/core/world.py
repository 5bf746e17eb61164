"""World: one core in the test's process on a clock the test turns, with one host, one build and deployments on it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from monitor.abilities.git.calls import GitSource
from monitor.core.app import AnyBehaviour
from monitor.core.caller import SYSTEM, Caller
from monitor.core.journal import INDEXES
from monitor.core.settings import CoreSettings
from monitor.features.notifying.child import send as send_in_a_child
from monitor.features.notifying.sending import Send
from monitor.features.permissions.spec import SetGrant
from monitor.kernel.activity import Activity
from monitor.kernel.errors import MonitorError
from monitor.kernel.operation import Operation
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.standard import standard_operations
from monitor.kernel.wire import from_user
from monitor.resources.build.config import BuildConfig, ServerBuilder
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import LiteralImage
from monitor.resources.git_account.spec import GIT_ACCOUNT, GitAccountConfig
from monitor.resources.handlers import BEHAVIOURS
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT, RegistryAccountConfig
from monitor.store.contract import Store
from monitor.store.memory import MemoryStore
from monitor.testing.clock import ManualClock
from monitor.testing.core import CoreInProcess
from monitor.testing.host import SimulatedHost

IMAGE = "web:1"


class World:
    """The core (`app`), its clock, and the server called `host` with its simulated host."""

    def __init__(self, app: CoreInProcess, clock: ManualClock) -> None:
        self.app = app
        self.clock = clock

    @property
    def host(self) -> SimulatedHost:
        """The simulated host of the server `host`."""
        return self.app.simulated("host")

    async def set_up(self) -> "World":
        """Start core, join the host, give it an image."""
        await self.app.start()
        await self.app.server("host")
        self.host.images.add(IMAGE)
        await self.clock.advance(1)
        return self

    async def deployment(self, name: str, caller: Caller = SYSTEM, **config: Any) -> Any:
        """A deployment on `host`."""
        given = {"server": "host", "image": LiteralImage(image=IMAGE), **config}
        return await self.app.create(DEPLOYMENT, name, DeploymentConfig(**given), caller)

    async def build(self, name: str, caller: Caller = SYSTEM, **config: Any) -> Any:
        """A build on `host`."""
        source = GitSource(url="https://git.example/app")
        given = {"builder": ServerBuilder(server="host"), "source": source, **config}
        return await self.app.create(BUILD, name, BuildConfig(**given), caller)

    async def account(self, name: str, caller: Caller = SYSTEM, **config: Any) -> Any:
        """A registry account."""
        given = {"domain": "docker.io", "username": "ann", "token": "t0ken-4-the-hub/+x", **config}
        return await self.app.create(REGISTRY_ACCOUNT, name, RegistryAccountConfig(**given), caller)

    async def git_account(self, name: str, caller: Caller = SYSTEM, **config: Any) -> Any:
        """A git account."""
        given = {"host": "git.example", "username": "ann", "token": "t0ken-4-the-forge/+x", **config}
        return await self.app.create(GIT_ACCOUNT, name, GitAccountConfig(**given), caller)

    async def grant(
        self,
        user: Caller,
        type: str,
        resource: str = "",
        level: Level = Level.NONE,
        rights: tuple[Right, ...] = (),
        powers: tuple[HostPower, ...] = (),
    ) -> Any:
        """Give a user something, as the system."""
        return await self.app.run(
            SetGrant(user=user.who.id, type=type, resource=resource, level=level, rights=rights, powers=powers)
        )

    async def update(self, type: Any, ref: str, caller: Caller = SYSTEM, **fields: Any) -> Any:
        """PATCH: `config` as builtins of the type's partial config."""
        return await self.app.run(updating(type, ref, **fields), caller)

    async def ended(self, activity: Activity, within: float = 60) -> Activity:
        """The activity's end, the clock turned until then."""
        late = self.clock.monotonic() + within
        while activity.id in self.app.core.journal.open:
            assert self.clock.monotonic() < late, f"still {self.app.core.journal.open[activity.id]}"
            await self.clock.advance(0.25)
        return await self.stored(activity)

    async def do(self, op: Operation[Any], caller: Caller = SYSTEM) -> Activity:
        """Ask for an action and wait for its end."""
        return await self.ended(await self.app.run(op, caller))

    async def now(self, activity: Activity) -> Activity:
        """The activity as it is now, with what other tasks could do done."""
        await self.clock.settle()
        return await self.stored(activity)

    async def stored(self, activity: Activity) -> Activity:
        """As core answers it."""
        found = await self.app.core.journal.get(activity.id)
        assert found is not None
        return found

    async def events(self, activity: Activity) -> list[str]:
        """What the journal says happened to it, in order."""
        return [w.entry.event for w in await self.app.store.journal() if w.entry.activity == activity.id]

    async def activities(self) -> list[Activity]:
        """All there are, newest first."""
        found, _ = await self.app.core.journal.find([], cursor="", limit=1000)
        return found


def updating(type: Any, ref: str, **fields: Any) -> Any:
    """The type's update operation."""
    operation = standard_operations(type)["update"]
    return from_user({"op": f"{type.name}.update", "target": ref, **fields}, operation)


async def refused(world: World, op: Operation[Any], caller: Caller = SYSTEM) -> MonitorError:
    """The refusal of an operation; it leaves no record."""
    before = len(await world.app.store.journal(limit=100_000))
    try:
        await world.app.run(op, caller)
    except MonitorError as failure:
        assert len(await world.app.store.journal(limit=100_000)) == before, "a refusal left a record"
        return failure
    raise AssertionError(f"{op} was not refused")


@asynccontextmanager
async def new_world(
    folder: Path,
    store: Store | None = None,
    *,
    behaviours: tuple[AnyBehaviour, ...] = BEHAVIOURS,
    settings: CoreSettings | None = None,
    notify: Send = send_in_a_child,
) -> AsyncGenerator[World]:
    """A world of its own, ended afterwards."""
    clock = ManualClock()
    store = store or MemoryStore(INDEXES)
    app = CoreInProcess(store, clock, folder, behaviours=behaviours, settings=settings, notify=notify)
    world = World(app, clock)
    await world.set_up()
    try:
        yield world
    finally:
        await app.stop()
        for host in app.hosts.values():
            if isinstance(host, SimulatedHost):
                await host.end()
