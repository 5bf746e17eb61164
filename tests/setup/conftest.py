"""The scripts' own parts, importable."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "script"))

from tour.place import Place  # noqa: E402 - found by the line above


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A demo's folder, empty; its processes are ended afterwards."""
    made = Place(tmp_path / "demo")
    made.clear()
    yield made
    from tour import processes  # noqa: PLC0415 - the same

    processes.stop(made)
