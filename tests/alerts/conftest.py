"""The world alerts are tested in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from monitor.core.journal import INDEXES
from tests.alerts.outbox import OutboxStore
from tests.core.world import World, new_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with new_world(tmp_path, OutboxStore(INDEXES)) as made:
        yield made
