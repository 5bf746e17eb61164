"""The core the matrix is asked of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.testing.lab import Lab
from monitor.testing.matrix import Matrix
from tests.core.world import World, new_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path) as made:
        yield made


@pytest.fixture
def matrix(world: World) -> Matrix:
    return Matrix(Lab(world.app, world.clock.settle))
