"""Small ways to wear core down, or to make somebody believe what is not so."""

import pytest

from monitor.core.caller import Caller
from monitor.features.activity import handlers as activities
from monitor.features.activity.spec import ListActivity
from monitor.features.keys.spec import CreateKey, DeleteKey, ListKeys
from monitor.features.users.spec import CreateUser, SetPassword
from monitor.kernel.activity import Who
from monitor.kernel.errors import Forbidden, Invalid, MonitorError, NotFound, TooMany
from monitor.kernel.permission import Level
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import SecretVariable, Volume
from tests.core.world import World


async def test_the_current_password_cannot_be_guessed_with_a_stolen_key(world: World) -> None:
    await world.app.run(CreateUser(name="ann", password="correct horse"))
    caller = Caller(who=Who("user", world.app.core.people.need("ann").id, "ann"))
    refused: list[type[MonitorError]] = []
    for number in range(20):
        try:
            await world.app.run(SetPassword(target="ann", current=f"guess {number}", password="mine mine"), caller)
        except MonitorError as failure:
            refused.append(type(failure))
    assert len(refused) == 20
    assert refused[-1] is TooMany


async def test_a_key_named_like_anothers_id_does_not_save_that_one(world: World) -> None:
    ann, root = await world.app.user("ann"), await world.app.user("root", admin=True)
    stolen = (await world.app.run(CreateKey(name="zzz"), ann)).key
    await world.app.run(CreateKey(name=stolen.id), ann)
    await world.app.run(DeleteKey(target=stolen.id), root)
    assert [k.name for k in await world.app.run(ListKeys(), ann)] == [stolen.id]


async def test_a_name_means_ones_own_key(world: World) -> None:
    ann, root = await world.app.user("ann"), await world.app.user("root", admin=True)
    await world.app.run(CreateKey(name="laptop"), ann)
    with pytest.raises(NotFound):
        await world.app.run(DeleteKey(target="laptop"), root)


async def test_a_list_of_nothing_visible_looks_through_a_bounded_part(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, root = await world.app.user("ann"), await world.app.user("root", admin=True)
    for number in range(30):
        await world.app.run(CreateKey(name=f"{number}"), root)
    monkeypatch.setattr(activities, "_SCAN", 5)
    monkeypatch.setattr(activities, "_MOST_SCANNED", 10)
    page = await world.app.run(ListActivity(), ann)
    assert page.items == ()
    turns = 0
    while page.next:
        page, turns = await world.app.run(ListActivity(cursor=page.next), ann), turns + 1
    assert turns == 3


async def test_secrets_too_large_to_be_looked_for(world: World) -> None:
    big = tuple(SecretVariable(name=f"S{number}", value="x" * 32_000) for number in range(4))
    await world.deployment("fits", secret_environment=big)
    with pytest.raises(Invalid, match="128 KiB"):
        await world.deployment("web", secret_environment=(*big, SecretVariable(name="MORE", value="x" * 32_000)))
    kept = [{"name": f"S{number}", "value": None} for number in range(4)]
    with pytest.raises(Invalid, match="128 KiB"):
        await world.update(
            DEPLOYMENT, "fits", config={"secret_environment": [*kept, {"name": "MORE", "value": "x" * 32_000}]}
        )


async def test_a_secret_of_very_many_lines(world: World) -> None:
    with pytest.raises(Invalid, match="lines"):
        await world.deployment("web", secret_environment=(SecretVariable(name="S", value="secret\n" * 501),))


async def test_no_container_is_named_like_one_that_stands_aside(world: World) -> None:
    with pytest.raises(Invalid, match="container_name"):
        await world.deployment("web", container_name="db.old-01ARZ3NDEKTSV4RRFFQ69G5FAV")


async def test_a_refused_host_power_names_no_server_that_one_may_not_read(world: World) -> None:
    await world.deployment("web", volumes=(Volume(source="/srv", target="/srv"),))
    ben = await world.app.user("ben")
    await world.grant(ben, "deployment", "web", Level.WRITE)
    for reads, named in ((Level.NONE, "do not have on its server: bind"), (Level.READ, "on server host: bind")):
        await world.grant(ben, "server", "host", reads)
        with pytest.raises(Forbidden, match=named):
            await world.update(DEPLOYMENT, "web", ben, description="mine")
