"""A build with a webhook that is on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.world import new_world
from tests.webhooks.forge import Forge


@pytest.fixture
async def forge(tmp_path: Path) -> AsyncIterator[Forge]:
    async with new_world(tmp_path) as world:
        yield await Forge(world).set_up()
