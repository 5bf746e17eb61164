"""World: the fleet's core with what is known of it by name: people, servers, deployments, builds."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from monitor.core.caller import Caller
from monitor.kernel.hostview import HostView
from monitor.kernel.standard import standard_operations
from monitor.kernel.wire import from_user
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.testing.clock import ShiftedClock
from monitor.testing.container import SimulatedContainer
from monitor.testing.core import CoreInProcess
from monitor.testing.machine import Machine
from tests.browser.deployments import Placed


class World:
    """`now` is the moment it is seen from; its past lies before that."""

    def __init__(self, app: CoreInProcess, clock: ShiftedClock) -> None:
        self.app = app
        self.clock = clock
        self.now: datetime = clock.now()
        self.people: dict[str, Caller] = {}
        self.placed: list[Placed] = []
        self.dice = Random("world")

    def id(self, type: str, name: str) -> str:
        """A resource's id."""
        found = self.app.core.parts.catalog.find(type, name)
        assert found is not None, f"there is no {type} {name}"
        return found.id

    def machine(self, server: str) -> Machine:
        """The inside of a server's simulated host."""
        return self.app.simulated(server).machine

    def view(self, server: str) -> HostView:
        """What core knows of it now."""
        return self.app.core.parts.hosts.view(self.id("server", server)) or HostView()

    def container(self, deployment: str) -> tuple[Machine, SimulatedContainer]:
        """A deployment's container, and the machine it is on."""
        machine = self.machine(next(p.server for p in self.placed if p.name == deployment))
        return machine, machine.find(deployment)

    def alter(self, deployment: str, **fields: Any) -> None:
        """Change what Docker shows of its container."""
        machine, container = self.container(deployment)
        machine.change(container, **fields)

    async def update(self, who: str, deployment: str, **config: Any) -> Any:
        """Change a deployment's config as somebody."""
        operation: Any = standard_operations(DEPLOYMENT)["update"]
        given = {"op": "deployment.update", "target": deployment, "config": config}
        return await self.app.run(from_user(given, operation), self.people[who])

    def back(self, **by: float) -> None:
        """Let it be some time before `now`: `days=3`."""
        self.clock.set_to(self.now - timedelta(**by))

    def present(self) -> None:
        """Let it be now."""
        self.clock.set_back(timedelta())
