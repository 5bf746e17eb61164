"""Trying an account: a server signs in with it; who may name both may, and nobody is told the secret."""

import pytest

from monitor.core.caller import Caller
from monitor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from monitor.kernel.permission import Level, Right
from monitor.resources.git_account.operations import TestGitAccount
from monitor.resources.registry_account.operations import TestRegistryAccount
from tests.core.world import World, refused

TOKEN = "t0ken-4-the-hub/+x"
HUB = TestRegistryAccount(target="hub", server="host")
REPOSITORY = "https://git.example/team/app"
FORGE = TestGitAccount(target="forge", server="host", repository=REPOSITORY)


async def test_a_registry_that_takes_it_and_one_that_does_not(world: World) -> None:
    await world.account("hub")
    world.host.machine.private["web:1"] = ("ann", TOKEN)
    told = await world.app.run(HUB)
    assert (told.accepted, told.found, told.error) == (True, "docker.io takes ann", "")
    world.host.machine.private["web:1"] = ("ann", "another")
    told = await world.app.run(HUB)
    assert (told.accepted, told.error) == (False, "unauthorized: incorrect username or password")
    assert told.hint == "the registry was told ann: see whether the name is right and the token still good"
    tries = [one.summary for one in await world.activities() if one.operation == "registry_account.test"]
    assert sorted(tries) == ["was accepted, asked from host", "was not accepted, asked from host"]
    assert not any(TOKEN in str(entry) for entry in await world.app.store.journal(limit=1000))


async def test_a_git_server(world: World) -> None:
    await world.git_account("forge")
    world.host.machine.repositories[REPOSITORY] = {"main": "a" * 40}
    told = await world.app.run(FORGE)
    assert (told.accepted, told.found) == (True, "it is at aaaaaaaaaaaa of main")
    (asked,) = world.host.machine.looks.asked
    assert (asked.auth.host, asked.auth.token) == ("git.example", "t0ken-4-the-forge/+x")
    world.host.machine.repositories[REPOSITORY] = {}
    told = await world.app.run(FORGE)
    assert (told.accepted, told.hint) == (False, "check the branch's name")


@pytest.mark.parametrize("repository", ["https://evil.example/x", "file:///etc", "ext::sh", "https://git.example:99/x"])
async def test_no_other_server_is_told_of_it(world: World, repository: str) -> None:
    await world.git_account("forge")
    failure = await refused(world, TestGitAccount(target="forge", server="host", repository=repository))
    assert isinstance(failure, Invalid)
    assert failure.fields[0].path == "repository"
    assert world.host.machine.looks.asked == []


async def test_one_without_a_secret_asks_nobody(world: World) -> None:
    await world.account("hub", token=None)
    await world.git_account("forge", token=None)
    for op in (HUB, FORGE):
        assert isinstance(await refused(world, op), Conflict)


async def test_it_takes_the_use_of_the_account_and_execute_on_the_server(world: World) -> None:
    await world.account("hub")
    ann: Caller = await world.app.user("ann")
    assert isinstance(await refused(world, HUB, ann), NotFound)
    await world.grant(ann, "registry_account", "hub", Level.READ)
    assert isinstance(await refused(world, HUB, ann), Forbidden)
    await world.grant(ann, "registry_account", "hub", Level.READ, rights=(Right.USE,))
    assert isinstance(await refused(world, HUB, ann), Invalid), "a server he cannot see is none"
    await world.grant(ann, "server", "host", Level.READ)
    assert isinstance(await refused(world, HUB, ann), Forbidden)
    await world.grant(ann, "server", "host", Level.EXECUTE)
    assert (await world.app.run(HUB, ann)).accepted


async def test_a_server_that_is_away_is_no_answer(world: World) -> None:
    await world.account("hub")
    world.host.down = "gone"
    await world.clock.advance(1)
    assert isinstance(await refused(world, HUB), Unavailable)
