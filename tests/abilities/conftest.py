"""Fixtures of the ability tests that need a real Docker Engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.abilities.git_server import served
from tests.abilities.memory import MemoryAgent
from tests.abilities.shop import Shop
from tests.abilities.world import World, build_image, docker


@pytest.fixture(scope="session")
def test_image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An image of this session."""
    tag = build_image(tmp_path_factory.mktemp("image"))
    yield tag
    docker("rmi", "-f", tag)


@pytest.fixture
def world(test_image: str) -> Iterator[World]:
    """This test's corner of Docker."""
    world = World(test_image)
    yield world
    world.clean()


@pytest.fixture
def agent() -> MemoryAgent:
    """An agent on the real Docker."""
    return MemoryAgent()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A host that builds, and a repository for it."""
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories") as url:
        shop = Shop(tmp_path, url)
        yield shop
    shop.clean()
