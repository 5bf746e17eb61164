"""Monitor's checks: what runs, in which order, and what is said of it at the end."""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from parts.environment import ROOT, python
from parts.say import say

CACHE = ROOT / ".cache/test"
ENGINE = CACHE / "dockerd.pid"
BIN = Path(python()).parent
SCRIPTS = ("script/setup", "script/test", "script/demo", "script/bench")
"""Python without a suffix, which ruff does not find by itself."""


@dataclass
class Check:
    """One check: its name, command and, once it ran, how it went."""

    name: str
    command: tuple[str, ...]
    report: Path | None = None
    """Where pytest writes its JUnit file."""
    seconds: float = 0.0
    passed: bool = False
    counts: dict[str, int] = field(default_factory=dict[str, int])


def every() -> bool:
    """Run all checks, each also after another failed; whether any failed."""
    checks = [
        Check("lint", (str(BIN / "ruff"), "check", "--quiet", ".", *SCRIPTS)),
        Check("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".", *SCRIPTS)),
        Check("types", (str(BIN / "basedpyright"),)),
        Check("import contracts", (str(BIN / "lint-imports"),)),
        _tests("tests", "-m", "not real", "-n", "auto", "--maxprocesses", "8"),
        _tests("tests on real parts", "-m", "real"),
    ]
    return _run(checks)


def some(arguments: Iterable[str]) -> bool:
    """Only pytest, with these arguments."""
    return _run([_tests("tests", *arguments)])


def _tests(name: str, *arguments: str) -> Check:
    report = CACHE / f"{name.replace(' ', '-')}.xml"
    command = (python(), "-m", "pytest", "-q", "--durations=8", f"--junitxml={report}", *arguments)
    return Check(name, command, report)


def _run(checks: list[Check]) -> bool:
    CACHE.mkdir(parents=True, exist_ok=True)
    for check in checks:
        say(f"\n== {check.name}")
        began = time.monotonic()
        done = subprocess.run(check.command, check=False, cwd=ROOT, stdin=subprocess.DEVNULL)
        check.seconds = time.monotonic() - began
        check.passed = done.returncode == 0
        if check.report is not None:
            read_report(check)
    _say_summary(checks)
    return not all(check.passed for check in checks)


def read_report(check: Check) -> None:
    """Count outcomes; a skipped test fails the check, for a missing part must be installed or said, never skipped."""
    check.counts = {"passed": 0, "failed": 0, "skipped": 0}
    if check.report is None or not check.report.is_file():
        check.passed = False
        return
    for case in ET.parse(check.report).iter("testcase"):  # noqa: S314 - our own pytest wrote it
        check.counts[_outcome(case)] += 1
    check.report.unlink()
    if check.counts["skipped"]:
        say("skipped tests count as failed here: install what they lack, or remove them")
        check.passed = False


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped")
    return "skipped" if skipped is not None and skipped.get("type") == "pytest.skip" else "passed"


def _say_summary(checks: list[Check]) -> None:
    say("\n== summary")
    for check in checks:
        counted = ", ".join(f"{number} {what}" for what, number in check.counts.items() if number)
        say(f"{'ok    ' if check.passed else 'FAILED'} {check.name:<20} {check.seconds:7.1f} s  {counted}")
    total = {what: sum(c.counts.get(what, 0) for c in checks) for what in ("passed", "failed", "skipped")}
    sys.stdout.flush()
    say(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
