"""What is said at once of a build that cannot run as its builder stands: it is stored all the same."""

from msgspec.structs import replace

from monitor.abilities.build.calls import Maker, OnHost
from monitor.abilities.git.calls import GitSource
from monitor.kernel.permission import Level, Right
from monitor.resources.build.fields import BuildSecret
from monitor.resources.build.registries import BaseAccount, PushTo
from monitor.resources.build.spec import BUILD
from tests.core.world import World


async def reconnected(world: World, **info: object) -> None:
    """The periphery says something else of its host when it connects again."""
    world.host.machine.info = replace(world.host.machine.info, **info)
    world.host.down = "gone"
    await world.clock.advance(5)
    world.host.down = ""
    await world.clock.advance(10)


async def test_one_that_can_run_has_no_note(world: World) -> None:
    assert (await world.build("app")).notes == ()


async def test_nothing_to_build(world: World) -> None:
    made = await world.build("app", source=None)
    assert made.notes == ("It has no source: give it a repository, or write a Dockerfile.",)
    assert (await world.update(BUILD, "app", config={"written": "FROM scratch"})).notes == ()


async def test_a_builder_that_does_not_answer(world: World) -> None:
    world.host.docker_down = "stopped"
    await world.clock.advance(1)
    assert (await world.build("app")).notes == ("Docker on its builder does not answer: stopped.",)


async def test_a_builder_without_what_builds_are_made_with(world: World) -> None:
    await reconnected(world, programs=(), powers=())
    assert (await world.build("app", before=OnHost(command=("make",)))).notes == (
        "Its builder does not allow the host power command: a run is refused until its owner does, under [policy] "
        "there.",
        "Its builder had no git when its periphery last connected, and no source is fetched without: install it.",
        "Its builder had no docker buildx when its periphery last connected, and no docker program for the classic "
        "builder: install one of the two there.",
    )
    await reconnected(world, programs=("git", "docker"))
    made = await world.build("kit", maker=Maker.BUILDKIT)
    needs = (
        "Its builder had no docker buildx when its periphery last connected, which this build needs: install it there."
    )
    assert made.notes == (needs,)
    assert (await world.build("secret", secrets=(BuildSecret(name="a", value="a long one"),), image="x")).notes == (
        needs,
    )
    await reconnected(world, programs=("git", "docker-buildx"))
    assert (await world.update(BUILD, "kit", config={"target": "x"})).notes == ()


async def test_accounts_of_others_and_without_a_secret(world: World) -> None:
    await world.git_account("forge", token=None)
    await world.account("hub", token=None)
    source = GitSource(url="https://git.other/app")
    push = (PushTo(image="ghcr.io/team/app", account="hub"),)
    made = await world.build("app", source=source, account="forge", push_to=push, base_accounts=())
    assert made.notes == (
        "The git account forge is not for git.other, where the source comes from, and a run is refused: choose the "
        "account of that.",
        "The git account forge has no token, and a run is refused: give it one, or choose another account.",
        "The registry account hub is not for ghcr.io, where ghcr.io/team/app is pushed to, and a run is refused: "
        "choose the account of that registry, or none.",
        "The registry account hub has no token, and a run is refused: give it one.",
    )
    bare = await world.build("two", base_accounts=(BaseAccount(account="hub"),))
    assert bare.notes == ("The registry account hub has no token, and a run is refused: give it one.",)


async def test_two_that_make_images_of_one_name(world: World) -> None:
    await world.build("app", image="shop")
    said = (
        "makes images called shop on its builder, too: once that has, a run is refused; give one of them another image"
    )
    assert (await world.build("shop")).notes == (f"The build app {said} name.",)
    ann = await world.app.user("ann")
    await world.grant(ann, "server", "host", Level.EXECUTE)
    await world.grant(ann, "build", "", rights=(Right.CREATE,))
    made = await world.build("mine", ann, image="shop")
    assert made.notes == (f"Another build {said} name.",)
