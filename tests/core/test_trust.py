"""Trust: whoever attaches a build to a deployment is told who gains power over it by that."""

from monitor.core.caller import Caller
from monitor.core.crud import AnyResource
from monitor.kernel.permission import Level, Right
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage
from tests.core.world import World

_POWER = (
    "decides what code runs in each deployment of it, with that deployment's secrets and volumes; so does whoever can "
    "push to what it builds."
)


def gains(made: AnyResource) -> tuple[str, ...]:
    """Those of its notes that say who gains power."""
    return tuple(note for note in made.notes if note.startswith("Whoever"))


async def owner_of(world: World, *rights: Right) -> Caller:
    """May attach the build `app`, which ana can write, to deployments of his own."""
    await world.build("app")
    ana, bea = await world.app.user("ana"), await world.app.user("bea")
    await world.grant(ana, "build", "app", Level.WRITE)
    await world.grant(bea, "build", "app", Level.READ, rights=rights)
    await world.grant(bea, "server", "", Level.EXECUTE)
    await world.grant(bea, "deployment", rights=(Right.CREATE,))
    return bea


async def test_a_change_that_attaches_a_build_says_who_gains_power(world: World) -> None:
    bea = await owner_of(world, Right.MANAGE)
    made = await world.deployment("web", bea, image=BuiltImage(build="app"))
    assert gains(made) == (f"Whoever can write the build app (ana) {_POWER}",)
    assert (await world.app.get(DEPLOYMENT, "web", bea)).notes == ()
    kept = await world.update(DEPLOYMENT, "web", bea, config={"image": BuiltImage(build="app", version="0.0.1")})
    assert gains(kept) == ()
    other = await world.update(DEPLOYMENT, "web", bea, config={"image": LiteralImage(image="web:1")})
    assert gains(other) == ()
    again = await world.update(DEPLOYMENT, "web", bea, config={"image": BuiltImage(build="app")})
    assert gains(again) == gains(made)


async def test_without_the_right_to_know_them_nobody_is_named(world: World) -> None:
    bea = await owner_of(world)
    made = await world.deployment("web", bea, image=BuiltImage(build="app"))
    assert gains(made) == (f"Whoever can write the build app {_POWER}",)


async def test_many_are_counted(world: World) -> None:
    bea = await owner_of(world, Right.MANAGE)
    for number in range(8):
        await world.grant(await world.app.user(f"dev-{number}"), "build", "", Level.WRITE)
    for name in ("root", "ruth"):
        await world.app.user(name, admin=True)
    made = await world.deployment("web", bea, image=BuiltImage(build="app"))
    assert "(ana, dev-0, dev-1, dev-2, dev-3, dev-4, 3 more and 2 admins)" in made.notes[0]
