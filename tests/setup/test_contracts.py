"""The import contracts catch what they forbid: a planted import of each kind is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLANTED = [
    ("kernel/ids.py", "monitor.core", "The kernel knows nothing"),
    ("resources/deployment/actions/deploy.py", "monitor.store.contract", "A type's actions reach the world only"),
    (
        "resources/deployment/actions/acts.py",
        "monitor.resources.build.actions",
        "No type imports another type's action",
    ),
    ("resources/build/spec.py", "monitor.resources.build.plan", "Inside a resource type"),
    ("periphery/app.py", "monitor.resources", "The periphery knows no resources"),
    ("client/asynchronous.py", "monitor.store.contract", "The client sees only"),
    ("core/dispatch.py", "monitor.testing", "What is for tests"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(("file", "imported", "contract"), PLANTED)
def test_planted_imports_are_found(copy: Path, file: str, imported: str, contract: str) -> None:
    path = copy / "src/monitor" / file
    before = path.read_text()
    path.write_text(f"{before}\nimport {imported}\n")
    try:
        done = lint(copy)
    finally:
        path.write_text(before)
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(contract in line for line in broken), done.stdout
