"""Features: their handlers, put together with the parts they need."""

from typing import TYPE_CHECKING

from starlette.routing import Route

from monitor.core.passwords import Passwords
from monitor.core.reactions import Reactions
from monitor.core.settings import is_insecure
from monitor.features.account_tests.handlers import AccountTests
from monitor.features.activity.handlers import ActivityFeature
from monitor.features.activity.runs import RunsFeature
from monitor.features.adopting.handlers import Adopting
from monitor.features.alerts.handlers import Alerts
from monitor.features.cleaning.handlers import Cleaning
from monitor.features.joining.handlers import Joining
from monitor.features.keys.handlers import Keys
from monitor.features.notifying.handlers import Notifying
from monitor.features.permissions.handlers import Permissions
from monitor.features.redeploying.handlers import Redeploying
from monitor.features.schedules.source import Schedules
from monitor.features.sign_in.handlers import SigningIn
from monitor.features.types.handlers import Types
from monitor.features.updates.handlers import Updates
from monitor.features.users.handlers import Users
from monitor.features.webhooks.handlers import Webhooks
from monitor.kernel.operation import Handler
from monitor.kernel.stream import StreamHandler

if TYPE_CHECKING:
    from monitor.core.app import Core


class Features:
    """One line per feature."""

    def __init__(self, core: "Core") -> None:
        parts, people, passwords = core.parts, core.people, Passwords()
        self._timer, self._recurring = core.timer, core.recurring
        self._joining = Joining(core)
        self._updates = Updates(core)
        self._redeploying = Redeploying(core)
        self._reactions = Reactions(parts, core.journal, self._redeploying.reactions())
        self._webhooks = Webhooks(core)
        self._alerts = Alerts(core)
        self._notifying = Notifying(core)
        self._all = (
            SigningIn(parts, people, passwords, core.token, insecure=is_insecure(core.settings)),
            Users(parts, people, passwords),
            Keys(people),
            Permissions(parts, people),
            ActivityFeature(parts, core.people, core.journal, core.outputs, core.work),
            RunsFeature(parts, core.runs),
            Types(parts.registry),
            Adopting(parts),
            AccountTests(parts),
            Cleaning(core),
            Schedules(core),
            self._alerts,
            self._joining,
            self._updates,
            self._redeploying,
            self._webhooks,
            self._notifying,
        )

    async def load(self) -> None:
        """Read what is stored of theirs, once core has read all resources."""
        await self._alerts.load()

    def start(self) -> None:
        """What goes on by itself, once core is ready."""
        self._alerts.start()
        self._timer.start()
        self._reactions.start()
        self._webhooks.start()

    async def stop(self, *, write: bool = True) -> None:
        """End that. Without writing: as if core were killed."""
        await self._reactions.stop()
        await self._timer.stop()
        await self._recurring.stop()
        await self._updates.stop()
        await self._webhooks.stop()
        await self._alerts.stop(write=write)
        await self._notifying.stop()

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """Of every feature."""
        return tuple(handler for feature in self._all for handler in feature.handlers())

    def routes(self) -> list[Route]:
        """Routes that are no operations: what hosts ask while they join, and where services tell of pushes."""
        return [*self._joining.routes(), *self._webhooks.routes()]
