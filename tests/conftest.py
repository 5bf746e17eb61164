"""What all tests share: what begins first, and that hypothesis looks for wrong answers only.

Never for slow ones, which a busy machine gives anybody.
"""

from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
WHOLE = ("e2e", "setup", "faults")
"""Folders of tests that start whole installations: they take longest, so they begin first."""

settings.register_profile("monitor", deadline=None)
settings.load_profile("monitor")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order in which several processes share them out best."""
    items.sort(key=lambda item: item.path.relative_to(HERE).parts[0] not in WHOLE)
