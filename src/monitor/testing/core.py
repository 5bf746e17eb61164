"""CoreInProcess: a whole core in the test's own process, with simulated hosts; it can be crashed and started again."""

import secrets
from pathlib import Path
from typing import Any

from msgspec import structs

from monitor.core.app import AnyBehaviour, Core
from monitor.core.caller import SYSTEM, Caller, StoredUser
from monitor.core.catalog import info_kind
from monitor.core.memory import Changes
from monitor.core.people import USER
from monitor.core.seal import Seal
from monitor.core.settings import CoreSettings
from monitor.features.notifying.child import send as send_in_a_child
from monitor.features.notifying.sending import Send
from monitor.kernel.activity import Activity, Who
from monitor.kernel.call import Host
from monitor.kernel.clock import Clock
from monitor.kernel.ids import new_id
from monitor.kernel.operation import Operation
from monitor.kernel.resource import Resource, ResourceType
from monitor.kernel.standard import standard_operations
from monitor.resources.handlers import BEHAVIOURS
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.info import ServerInfo
from monitor.resources.server.spec import SERVER
from monitor.store.contract import Entry, Store
from monitor.testing.host import SimulatedHost


class CoreInProcess:
    """`hosts` by address; a server created at an address that is no host's gets a simulated one of its own."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        folder: Path,
        *,
        behaviours: tuple[AnyBehaviour, ...] = BEHAVIOURS,
        settings: CoreSettings | None = None,
        web_app: Path | None = None,
        notify: Send = send_in_a_child,
    ) -> None:
        self.store = store
        self.clock = clock
        self.hosts: dict[str, Host] = {}
        # Unless a test says so, nothing is looked for by itself.
        self.settings = structs.replace(settings or CoreSettings(check_updates_every=0), data=folder)
        self._behaviours = behaviours
        self._web_app = web_app
        self.notify = notify
        self._seal = Seal(secrets.token_bytes(32))
        self.core = self._new_core()

    async def start(self) -> "CoreInProcess":
        """Start it."""
        await self.core.start()
        return self

    async def stop(self) -> None:
        """Stop it gracefully."""
        await self.core.stop()

    async def crash(self) -> None:
        """Lose everything that is not in the store or at a host, then start again."""
        self.core.work.abandon()
        await self.core.features.stop(write=False)
        await self.core.parts.hosts.stop()
        await self.core.parts.history.end()
        await self.store.close()
        self.core = self._new_core()
        await self.core.start()

    def simulated(self, address: str) -> SimulatedHost:
        """The simulated host at an address."""
        host = self.hosts[address]
        assert isinstance(host, SimulatedHost)  # noqa: S101 - a test asks for what it made
        return host

    async def run(self, op: Operation[Any], caller: Caller = SYSTEM) -> Any:
        """Through the dispatcher, as somebody (the system by default)."""
        return (await self.core.dispatcher.run(caller, op)).value

    async def ended(self, activity: Activity) -> Activity:
        """Wait for an activity's end; the clock must be turned by somebody."""
        while activity.id in self.core.journal.open:
            await self.clock.sleep(0.01)
        found = await self.core.journal.get(activity.id)
        assert found is not None  # noqa: S101 - an activity never disappears
        return found

    async def create(
        self, type: "ResourceType[Any, Any, Any]", name: str, config: Any, caller: Caller = SYSTEM, **words: Any
    ) -> Any:
        """Create a resource; `words` are its description and tags."""
        operation: Any = standard_operations(type)["create"]
        return await self.run(operation(name=name, config=config, **words), caller)

    async def get(self, type: "ResourceType[Any, Any, Any]", ref: str, caller: Caller = SYSTEM) -> Any:
        """One resource."""
        operation: Any = standard_operations(type)["get"]
        return await self.run(operation(target=ref), caller)

    async def server(
        self, name: str, host: Host | None = None, caller: Caller = SYSTEM, **words: Any
    ) -> "Resource[Any, Any, Any]":
        """A server that has joined already, with a host (simulated by default) at an address like its name."""
        self.hosts[name] = host or SimulatedHost(self.clock, name)
        server = await self.create(SERVER, name, ServerConfig(address=name), caller, **words)
        changes = Changes()
        changes.put(info_kind("server"), server.id, ServerInfo(pin="simulated", joined=self.clock.now()))
        await self.core.parts.memory.commit(changes, Entry("joined", self.clock.now()))
        return await self.get(SERVER, name)

    async def user(self, name: str, *, admin: bool = False) -> Caller:
        """A user, as a caller."""
        user = StoredUser(
            id=new_id(self.clock.now()), name=name, admin=admin, enabled=True, password="", created=self.clock.now()
        )
        changes = Changes()
        changes.put(USER, user.id, user)
        await self.core.parts.memory.commit(changes, Entry("user_made", self.clock.now()))
        return Caller(who=Who("user", user.id, name), admin=admin)

    def _new_core(self) -> Core:
        return Core(
            self.settings,
            self.store,
            self._connect,
            self.clock,
            seal=self._seal,
            behaviours=self._behaviours,
            web_app=self._web_app,
            notify=self.notify,
        )

    def _connect(self, server: str, address: str, port: int, pin: str) -> Host:
        if address not in self.hosts:
            self.hosts[address] = SimulatedHost(self.clock, address)
        return self.hosts[address]
