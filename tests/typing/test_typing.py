"""The client's answers are typed: what is right passes the checker in strict mode, each mistake is found."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def check(file: Path) -> list[int]:
    """Lines of a file with an error."""
    done = subprocess.run(
        [Path(sys.executable).parent / "basedpyright", "--outputjson", "--pythonpath", sys.executable, file],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == 1
    found = [d for d in report["generalDiagnostics"] if d["severity"] == "error"]
    return sorted({d["range"]["start"]["line"] + 1 for d in found})


def test_answers_have_the_declared_types() -> None:
    assert check(HERE / "client_answers.py") == []


def test_mistakes_are_found(tmp_path: Path) -> None:
    text = (HERE / "client_mistakes.txt").read_text()  # no .py of its own: the house is checked without errors
    file = tmp_path / "client_mistakes.py"
    file.write_text(text)
    expected = [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# error")]
    assert len(expected) == 8
    assert check(file) == expected
