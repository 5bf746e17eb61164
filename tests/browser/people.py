"""People of the fleet: who may do what, all with the same password."""

from typing import Any

from monitor.core.caller import ANONYMOUS, Caller
from monitor.features.permissions.spec import SetGrant
from monitor.features.sign_in.spec import SetUp
from monitor.features.users.spec import CreateUser, UpdateUser
from monitor.kernel.activity import Who
from monitor.kernel.permission import HostPower, Level, Right
from monitor.testing.core import CoreInProcess

PASSWORD = "correct horse battery staple"
ADMIN = "ana"
NOBODY = "pat"
"""May sign in, and sees nothing."""
DISABLED = "kai"

_LOOKING = (Right.LOGS, Right.INSPECT)


async def first_admin(app: CoreInProcess) -> Caller:
    """Set up with the token, as people do."""
    token = app.core.set_up_token()
    assert token is not None
    return _caller(await app.run(SetUp(token=token, name=ADMIN, password=PASSWORD), ANONYMOUS), "ui")


async def invite(app: CoreInProcess, ana: Caller) -> dict[str, Caller]:
    """Everybody else, each as a caller who comes over another way."""
    made = {ADMIN: ana}
    for name, origin in (("jon", "cli"), ("mei", "ui"), (NOBODY, "ui"), (DISABLED, "ui")):
        made[name] = _caller(await app.run(CreateUser(name=name, password=PASSWORD), ana), origin)
    await app.run(UpdateUser(target=DISABLED, enabled=False), ana)
    return made


async def entitle(app: CoreInProcess, ana: Caller) -> None:
    """What ana lets jon and mei do."""

    async def give(user: str, type: str, level: Level, resource: str = "", **more: Any) -> None:
        await app.run(SetGrant(user=user, type=type, level=level, resource=resource, **more), ana)

    await give("jon", "server", Level.EXECUTE, rights=(Right.UNMANAGED,), powers=(HostPower.BIND,))
    await give("jon", "deployment", Level.WRITE, rights=(*_LOOKING, Right.CREATE, Right.TERMINAL))
    await give("jon", "build", Level.WRITE, rights=(Right.CREATE,))
    await give("mei", "server", Level.EXECUTE)
    await give("mei", "build", Level.EXECUTE)
    await give("mei", "deployment", Level.EXECUTE, rights=_LOOKING)
    await give("mei", "deployment", Level.WRITE, "worker-1", rights=(*_LOOKING, Right.MANAGE))


def _caller(user: Any, origin: str) -> Caller:
    return Caller(who=Who("user", user.id, user.name), admin=user.admin, origin=origin, address="203.0.113.7")
