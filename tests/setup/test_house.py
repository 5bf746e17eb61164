"""Rules of the house that no linter knows."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 400


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "--", *patterns], check=True, cwd=ROOT, capture_output=True)
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_of_code_is_longer_than_400_lines() -> None:
    written = [path for path in tracked("*.py", "*.ts", "*.tsx", "*.css") if path.name != "schema.d.ts"]
    lengths = {path: path.read_text().count("\n") for path in written}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


def test_every_module_of_monitor_says_what_it_is() -> None:
    silent = [path for path in tracked("src/*.py") if not path.read_text().lstrip().startswith(('"""', "'''"))]
    assert silent == []


def test_locks_name_no_host() -> None:
    locks = tracked("requirements/*")
    assert locks
    assert [path for path in locks if "://" in path.read_text()] == []
    packages = json.loads((ROOT / "web/package-lock.json").read_text())["packages"].values()
    assert packages
    assert [each["resolved"] for each in packages if "resolved" in each] == []
    assert "://" not in (ROOT / "web/.npmrc").read_text() + (ROOT / "web/package.json").read_text()


def test_no_binary_is_committed() -> None:
    pictures = {".png", ".svg", ".ico"}
    assert [path for path in tracked() if path.suffix not in pictures and b"\0" in path.read_bytes()] == []
