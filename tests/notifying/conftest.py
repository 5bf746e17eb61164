"""The world in which alerts are sent on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.core.world import World, new_world
from tests.notifying.events import Sender


@pytest.fixture
async def sender() -> Sender:
    return Sender()


@pytest.fixture
async def world(tmp_path: Path, sender: Sender) -> AsyncIterator[World]:
    async with new_world(tmp_path, notify=sender) as made:
        yield made
