"""Grants: nobody gives more than he has, nobody climbs by his own hand, and what is taken back is gone."""

import pytest

from monitor.core.caller import Caller
from monitor.features.permissions.spec import DeleteGrant, ListGrants, SetGrant
from monitor.features.users.spec import CreateUser, UpdateUser
from monitor.kernel.errors import Forbidden, Invalid, NotFound
from monitor.kernel.permission import HostPower, Level, Right
from monitor.resources.deployment.operations.delete import Delete
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import World, refused


@pytest.fixture
async def ann(world: World) -> Caller:
    """Manages the deployment web, at level execute with one more right."""
    made = await world.app.user("ann")
    await world.deployment("web")
    await world.deployment("other")
    await world.grant(made, "deployment", "web", Level.EXECUTE, (Right.MANAGE, Right.LOGS))
    return made


def giving(**fields: object) -> SetGrant:
    return SetGrant(**{"user": "bob", "type": "deployment", "resource": "web", **fields})  # type: ignore[arg-type] - mixed


@pytest.mark.parametrize(
    "op",
    [
        giving(level=Level.WRITE),
        giving(level=Level.READ, rights=(Right.TERMINAL,)),
        giving(level=Level.READ, rights=(Right.LOGS, Right.INSPECT)),
        giving(resource="", level=Level.READ),
        giving(user="ann", level=Level.WRITE, rights=(Right.MANAGE,)),
        giving(type="server", resource="", powers=(HostPower.BIND,)),
    ],
)
async def test_nobody_gives_more_than_he_has(world: World, ann: Caller, op: SetGrant) -> None:
    await world.app.user("bob")
    assert isinstance(await refused(world, op, ann), Forbidden)


@pytest.mark.parametrize(
    ("op", "field"),
    [
        (giving(type="no-such"), "type"),
        (giving(resource="no-such"), "resource"),
        (giving(user="no-such"), "user"),
        (giving(rights=(Right.CREATE,)), "rights"),
        (giving(powers=(HostPower.BIND,)), "powers"),
    ],
)
async def test_what_makes_no_sense_is_named(world: World, ann: Caller, op: SetGrant, field: str) -> None:
    await world.app.user("bob")
    for caller in (None, ann):
        failure = await refused(world, op, caller) if caller else await refused(world, op)
        assert isinstance(failure, Invalid)
        assert failure.fields[0].path == field


async def test_foreign_and_absent_are_one_answer(world: World, ann: Caller) -> None:
    await world.app.user("bob")
    first = await refused(world, giving(resource="other", level=Level.READ), ann)
    second = await refused(world, giving(resource="ether", level=Level.READ), ann)
    assert first.message == second.message.replace("ether", "other")
    assert type(first) is type(second)
    grant = await world.grant(await world.app.user("eve"), "deployment", "other", Level.READ)
    third = await refused(world, DeleteGrant(target=grant.id), ann)
    fourth = await refused(world, DeleteGrant(target=grant.id[:-3] + "000"), ann)
    assert third.message == fourth.message
    assert isinstance(third, NotFound)


async def test_who_manages_shares_what_he_has(world: World, ann: Caller) -> None:
    bob = await world.app.user("bob")
    await world.app.run(giving(level=Level.EXECUTE, rights=(Right.LOGS,)), ann)
    shown = await world.app.get(DEPLOYMENT, "web", bob)
    assert "deployment.deploy" in shown.can
    assert "deployment.log" in shown.can
    assert "deployment.update" not in shown.can
    assert isinstance(await refused(world, giving(user="ann", level=Level.READ), bob), Forbidden)


async def test_readers_see_their_own_grants_and_managers_those_they_may_change(world: World, ann: Caller) -> None:
    bob = await world.app.user("bob")
    await world.grant(bob, "deployment", "web", Level.READ)
    await world.grant(bob, "deployment", "other", Level.READ)
    assert {g.user for g in await world.app.run(ListGrants(), bob)} == {bob.who.id}
    assert len(await world.app.run(ListGrants(), ann)) == 2
    assert len(await world.app.run(ListGrants(user="bob"), ann)) == 1
    assert await world.app.run(ListGrants(type="no-such", resource="x"), ann) == ()


async def test_grants_tell_names_as_far_as_one_may_read(world: World, ann: Caller) -> None:
    [own] = await world.app.run(ListGrants(), ann)
    assert (own.user_name, own.resource_name) == ("ann", "web")
    await world.grant(ann, "deployment", "other", Level.NONE)
    names = {g.resource_name for g in await world.app.run(ListGrants(), ann)}
    assert names == {"web", ""}


async def test_a_grant_replaces_the_one_before(world: World, ann: Caller) -> None:
    first = await world.grant(ann, "deployment", "web", Level.WRITE)
    second = await world.grant(ann, "deployment", "web", Level.READ)
    assert first.id == second.id
    assert len(await world.app.run(ListGrants(user="ann"))) == 1
    assert (await world.app.get(DEPLOYMENT, "web", ann)).can == (
        "deployment.get",
        "deployment.history",
        "deployment.diff",
        "deployment.usage_history",
    )


async def test_grants_go_with_what_they_are_on(world: World, ann: Caller) -> None:
    await world.do(Delete(target="web"))
    assert await world.app.run(ListGrants()) == ()
    await world.deployment("web")
    assert isinstance(await refused(world, giving(level=Level.READ), ann), Invalid), "a new one of its name is another"


async def test_each_change_is_recorded_with_before_and_after(world: World, ann: Caller) -> None:
    await world.grant(ann, "deployment", "web", Level.READ)
    changes = [c for a in await world.activities() if a.operation == "grant.set" for c in a.changes]
    assert ("execute, manage, logs", "read") in [(c.before, c.after) for c in changes]


CLIMBS = (CreateUser(name="eve", password="x" * 12, admin=True), UpdateUser(target="ann", admin=True))


@pytest.mark.parametrize("op", CLIMBS)
async def test_nobody_makes_himself_admin(world: World, ann: Caller, op: CreateUser | UpdateUser) -> None:
    for right in Right:
        await world.grant(ann, "deployment", "", Level.WRITE, (right,))
    assert isinstance(await refused(world, op, ann), Forbidden)
