"""Lab: a core filled on demand with resources of every declared type and with users who hold just what is asked for."""

from collections.abc import Callable, Coroutine
from typing import Any

from msgspec import Struct, structs

from monitor.core.caller import ANONYMOUS, Caller
from monitor.features.permissions.spec import SetGrant
from monitor.kernel.activity import Activity
from monitor.kernel.operation import AnswerHandler, ForwardHandler
from monitor.kernel.permission import HostPower, Level, Right
from monitor.kernel.standard import AnyType
from monitor.kernel.wire import from_user
from monitor.testing.core import CoreInProcess
from monitor.testing.oracle import Holding, Place, Standing
from monitor.testing.samples import references, sample

CANARY = "canary"
"""In the description of everything, so that what leaks is seen."""


class Case(Struct, frozen=True):
    """One caller before one own and one foreign resource of a type."""

    standing: Standing
    caller: Caller
    own: Any
    foreign: Any

    def target(self, place: Place) -> str:
        """What to name as target: ids, so that an answer that tells a name tells something new."""
        return {Place.OWN: self.own.id, Place.FOREIGN: self.foreign.id, Place.ABSENT: "absent-one"}.get(place, "")


class Lab:
    """Works on a started core; `settle` lets core's tasks run until they wait for something."""

    def __init__(self, app: CoreInProcess, settle: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.app = app
        self.registry = app.core.parts.registry
        self.shared: dict[str, Any] = {}
        """One resource of a type, by the type's name, which others of the lab refer to."""
        self.reached = False
        """Whether a handler was, since this was last set to False."""
        self._settle = settle
        self._count = 0
        self._sharing: set[str] = set()
        self._spy()

    async def case(self, type: AnyType, standing: Standing, before: Case | None) -> Case:
        """A fresh caller for one question, and fresh resources unless there are some nothing has happened to."""
        own, foreign = (before.own, before.foreign) if before else (await self.make(type), await self.make(type))
        if not standing.signed_in:
            return Case(standing, ANONYMOUS, own, foreign)
        caller = await self.user(admin=standing.admin)
        for holding in standing.holds:
            await self._hold(caller, type, own.id, holding)
        return Case(standing, caller, own, foreign)

    async def make(self, type: AnyType) -> Any:
        """A resource of a type that refers to shared ones."""
        await self.share(type)
        name = self.new_name()
        if type.name == "server":
            made = await self.app.server(name, description=f"{CANARY} {name}")
            await self._settle()  # its host is asked things next: the link is there first
            return made
        config = from_user(sample(type.config, self.refer), type.config)
        return await self.app.create(type, name, config, description=f"{CANARY} {name}")

    async def share(self, type: AnyType) -> None:
        """Make the shared resources a type may refer to, and those its operations do."""
        for _, mark in (found for of in (type.config, *type.operations) for found in references(of)):
            name = mark["type"]
            if name not in self.shared and name not in self._sharing:  # a type may refer to itself
                self._sharing.add(name)
                self.shared[name] = await self.make(self.registry.types[name])

    def refer(self, mark: dict[str, str], field: str) -> str:
        """The shared resource of the marked type."""
        return self.shared[mark["type"]].id

    async def user(self, *, admin: bool = False) -> Caller:
        """A fresh user, signed in."""
        caller = await self.app.user(self.new_name(), admin=admin)
        return structs.replace(caller, session=caller.who.id)

    async def grant(
        self,
        caller: Caller,
        type: str,
        resource: str = "",
        level: Level = Level.NONE,
        *,
        rights: tuple[Right, ...] = (),
        powers: tuple[HostPower, ...] = (),
    ) -> None:
        """Give a user something, as the system."""
        await self.app.run(
            SetGrant(user=caller.who.id, type=type, resource=resource, level=level, rights=rights, powers=powers)
        )

    async def gone_so_far(self, activity: Activity) -> Activity:
        """The activity once it went as far as it can without time passing."""
        await self._settle()
        return await self.app.core.journal.get(activity.id) or activity

    def new_name(self) -> str:
        """A name nothing has, and no other name holds."""
        self._count += 1
        return f"made-{self._count:07}"

    async def _hold(self, caller: Caller, type: AnyType, own: str, holding: Holding) -> None:
        if holding.on is Place.OWN:
            rights = tuple(r for r in holding.rights if r is not Right.CREATE)  # which is of types only
            await self.grant(caller, type.name, own, holding.level, rights=rights)
        elif holding.on is Place.TYPE:
            await self.grant(caller, type.name, "", holding.level, rights=holding.rights)
        elif holding.powers:
            await self.grant(caller, "server", powers=holding.powers)
        else:
            for other in self.registry.types:
                if other != type.name:
                    await self.grant(caller, other, "", holding.level, rights=holding.rights)

    def _spy(self) -> None:
        """Note when a handler is reached: what it says afterwards is no matter of who may ask it."""
        handlers = self.app.core.handlers
        for name, handler in handlers.items():
            if isinstance(handler, AnswerHandler):
                before = self._noting(handler.before) if handler.before else None
                handlers[name] = structs.replace(handler, answer=self._noting(handler.answer), before=before)
            elif isinstance(handler, ForwardHandler):
                handlers[name] = structs.replace(handler, forward=self._noting(handler.forward))
            else:
                handlers[name] = structs.replace(handler, check=self._noting(handler.check or _no_check))

    def _noting(self, handle: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def noted(context: Any, op: Any) -> Any:
            self.reached = True
            return handle(context, op)

        return noted


def _no_check(context: Any, op: Any) -> None:
    """What an action without a check of its own checks."""
