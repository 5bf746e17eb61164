"""Images of a real Docker: listed, looked into, measured, removed; never by an id that happens to begin like a name."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from monitor.abilities.image.calls import (
    Going,
    ImageLayers,
    InspectImage,
    ListImages,
    MeasureImages,
    RemoveImages,
)
from monitor.abilities.image.run import inspect, layers, list_images, measure, remove
from monitor.kernel.errors import HostError, Invalid, NotFound
from tests.abilities.memory import MemoryAgent, MemoryRun
from tests.abilities.world import World, docker

pytestmark = pytest.mark.real


@pytest.fixture
async def images(world: World, agent: MemoryAgent) -> AsyncIterator[dict[str, str]]:
    """Two images of one ground, the first under two names; ids by word.

    No other run of this test has their layers: what is not theirs alone, their removal would not free.
    """
    wrote = 'RUN ["/bin/busybox", "dd", "if=/dev/zero", "of=/{}", "bs=1000", "count={}"]'
    first = world.derived(wrote.format(f"one-{world.mark}", 50))
    second = world.derived(wrote.format(f"two-{world.mark}", 7000))
    docker("tag", first, f"{world.mark}:again")
    world.images.append(f"{world.mark}:again")
    yield {"first": docker("inspect", "-f", "{{.Id}}", first), "second": docker("inspect", "-f", "{{.Id}}", second)}
    left = [tag for tag in docker("images", "--format", "{{.Repository}}:{{.Tag}}").split() if tag in world.images]
    world.images = left


async def listed(agent: MemoryAgent) -> dict[str, Any]:
    return {image.id: image for image in await list_images(agent, ListImages())}


async def test_they_are_listed_with_names_and_sizes(world: World, agent: MemoryAgent, images: dict[str, str]) -> None:
    there = await listed(agent)
    first = there[images["first"]]
    assert f"{world.mark}:again" in first.tags
    assert len(first.tags) == 2
    assert there[images["second"]].size - first.size == 7_000_000 - 50_000
    assert first.parent


async def test_history_and_description(world: World, agent: MemoryAgent, images: dict[str, str]) -> None:
    made = await layers(agent, ImageLayers(image=images["first"]))
    assert "dd if=/dev/zero of=/one" in " ".join(made[0].command.replace('"', "").replace(",", " ").split())
    assert made[0].size == 50_000
    assert set(made[0].tags) == set((await listed(agent))[images["first"]].tags)
    derived = world.derived("ENV TOKEN=hidden-value")
    told = await inspect(agent, InspectImage(image=derived))
    assert "TOKEN=***" in told["Config"]["Env"]
    assert "hidden-value" not in str(told["Config"]) + str(told["ContainerConfig"]["Env"])


async def test_what_their_removal_frees_is_counted_layer_by_layer(agent: MemoryAgent, images: dict[str, str]) -> None:
    """The ground stays with whoever else has it; together the two free no more than their own layers."""
    one = await measure(agent, MeasureImages(images=(images["first"],)))
    both = await measure(agent, MeasureImages(images=(images["first"], images["second"])))
    assert (one.bytes, one.exact) == (50_000, True)
    assert (both.bytes, both.exact) == (7_050_000, True)
    assert (await measure(agent, MeasureImages(images=("sha256:" + "0" * 64,)))).bytes == 0


async def test_a_name_is_taken_and_with_the_last_one_the_image_goes(
    world: World, agent: MemoryAgent, images: dict[str, str]
) -> None:
    run = MemoryRun(agent, world.job())
    gone = await remove(run, RemoveImages(images=(Going(id=images["first"], tags=(f"{world.mark}:again",)),)))
    assert gone.removed == (f"{world.mark}:again",)
    (left,) = (await listed(agent))[images["first"]].tags
    gone = await remove(
        run, RemoveImages(images=(Going(id=images["first"], tags=(left,)), Going(id=images["second"])), measure=True)
    )
    assert gone.freed == 7_050_000
    assert not images.values() & (await listed(agent)).keys()


async def test_a_name_that_moved_meanwhile_takes_nothing_with_it(
    world: World, agent: MemoryAgent, images: dict[str, str]
) -> None:
    tag = f"{world.mark}:again"
    docker("tag", images["second"], tag)
    run = MemoryRun(agent, world.job())
    await remove(run, RemoveImages(images=(Going(id=images["first"], tags=(tag,)),)))
    assert "is gone already" in run.output_text
    assert tag in (await listed(agent))[images["second"]].tags


async def test_what_a_container_uses_stays_with_its_reason(
    world: World, agent: MemoryAgent, images: dict[str, str]
) -> None:
    docker("create", "--label", world.labels[0], "--name", world.name("holds"), images["first"], "x")
    tags = (await listed(agent))[images["first"]].tags
    run = MemoryRun(agent, world.job())
    with pytest.raises(HostError, match="is using"):
        await remove(run, RemoveImages(images=(Going(id=images["first"], tags=tags),)))
    assert run.steps == [("remove", "failed")]


@pytest.mark.parametrize("name", ["; rm -rf /", "$(id)", "../../etc", "a b", "", "x" * 600, "-f", "web:1?force=1"])
async def test_hostile_names_reach_no_path(agent: MemoryAgent, name: str) -> None:
    with pytest.raises((Invalid, NotFound)):
        await inspect(agent, InspectImage(image=name))
    with pytest.raises((Invalid, NotFound)):
        await layers(agent, ImageLayers(image=name))
