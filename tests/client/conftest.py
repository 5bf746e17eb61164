"""What tests of the client share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.served import ServedCore


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCore]:
    """One core for a file of tests."""
    folder: Path = tmp_path_factory.mktemp("core")
    with ServedCore(folder) as core:
        yield core
