"""One installation for all fault tests of a module: starting it takes seconds, and faults leave it whole."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults.installation import Installation
from tests.faults.repository import Repository, served


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Generator[Installation]:
    made = Installation(tmp_path_factory.mktemp("installation"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def repository(tmp_path: Path) -> Generator[Repository]:
    with served(tmp_path) as made:
        yield made
