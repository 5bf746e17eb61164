"""Monitor's checks: what runs, in which order, and what is said of it at the end."""

import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from parts import node, web
from parts.environment import ROOT, python
from parts.packages import located
from parts.say import say

CACHE = ROOT / ".cache/test"
ENGINE = CACHE / "dockerd.pid"
BIN = Path(python()).parent
SCRIPTS = ("script/setup", "script/test", "script/demo", "script/bench", "script/web", "script/pictures")
"""Python without a suffix, which ruff does not find by itself."""
_BEGAN = time.monotonic()
LONG = 25 * 60
"""Seconds after which the summary warns: on two processors, with setting up, all of it stays below 30 minutes."""
_SPREAD = ("--dist", "loadfile", "--no-loadscope-reorder", "-n")
"""How tests that wait more than they work are spread over processes: a file stays together, for its fixtures' sake."""
_TESTS_FAILED = 1
"""Pytest's exit code for that alone: not for what it could not collect, nor for a crash of its own."""
_FAILED = ("--last-failed", "--last-failed-no-failures", "none")
UNSTEADY = 6
"""How many of the thousands of tests of a whole run may fail beside the others and pass alone, of one cause or of some;
the summary names them, to be mended.
"""


@dataclass
class Check:
    """One check: its name, command and, once it ran, how it went."""

    name: str
    command: tuple[str, ...]
    report: Path | None = None
    """Where pytest or vitest writes its JUnit file."""
    folder: Path = ROOT
    environment: Mapping[str, str] | None = None
    seconds: float = 0.0
    passed: bool = False
    counts: dict[str, int] = field(default_factory=dict[str, int])
    reasons: list[str] = field(default_factory=list[str])
    """Of what failed, one each: the test, and the first line of why."""
    again: tuple[str, ...] = ()
    """The command that runs once more, one by one, the tests of it that failed; pytest's only."""


def every() -> bool:
    """Run all checks, each also after another failed; whether any failed."""
    checks = [
        Check("lint", (str(BIN / "ruff"), "check", "--quiet", ".", *SCRIPTS)),
        Check("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".", *SCRIPTS)),
        Check("types", (str(BIN / "basedpyright"),)),
        Check("import contracts", (str(BIN / "lint-imports"),)),
        *_web(),
        _tests("tests", "-m", "not real and not browser", spread=("-n", "auto", "--maxprocesses", "8")),
        _tests("tests on real parts", "-m", "real and not alone and not browser", spread=(*_SPREAD, "3")),
        _tests("tests one by one", "-m", "alone and not browser"),
        _tests("tests in a browser", "tests/browser", "-m", "browser", spread=(*_SPREAD, "2")),
    ]
    return _run(checks)


def web_alone() -> bool:
    """Only what looks at `web/`."""
    return _run(_web())


def some(arguments: Iterable[str]) -> bool:
    """Only pytest, with these arguments."""
    return _run([_tests("tests", *arguments)])


def _tests(name: str, *arguments: str, spread: tuple[str, ...] = ()) -> Check:
    report = CACHE / f"{name.replace(' ', '-')}.xml"
    command = (python(), "-m", "pytest", "-q", f"--junitxml={report}", *arguments)
    return Check(name, (*command, "--durations=8", *spread), report, again=(*command, *_FAILED))


def _web() -> list[Check]:
    """Those of the web app; they run with the Node that was found or installed."""
    there = node.environment()
    report = CACHE / "web-tests.xml"
    reporters = ("--", "--reporter=default", "--reporter=junit", f"--outputFile.junit={report}")
    script = ROOT / "script"
    return [
        Check("web lint", ("npm", "run", "--silent", "lint"), None, web.FOLDER, there),
        Check("web types", ("npm", "run", "--silent", "check"), None, web.FOLDER, there),
        Check("web tests", ("npm", "test", "--silent", *reporters), report, web.FOLDER, there),
        Check("api types fresh", (python(), "-m", "parts.api_types"), None, script, there),
        Check("first screen size", (python(), "-m", "parts.first_screen"), None, script, there),
    ]


def _run(checks: list[Check]) -> bool:
    CACHE.mkdir(parents=True, exist_ok=True)
    left = UNSTEADY
    for check in checks:
        say(f"\n== {check.name}")
        began = time.monotonic()
        run_check(check, left)
        check.seconds = time.monotonic() - began
        left -= check.counts.get("unsteady", 0)
    say_summary(checks, time.monotonic() - _BEGAN)
    return not all(check.passed for check in checks)


def run_check(check: Check, unsteady: int = UNSTEADY) -> None:
    """Run it and read its report; of its tests at most this many may pass only alone."""
    code = _ran(check)
    if code == _TESTS_FAILED and check.again:
        try_alone(check, unsteady)


def _ran(check: Check) -> int:
    """Run its command and read its report; the command's exit code."""
    if check.report is not None:
        check.report.unlink(missing_ok=True)
    command = located(check.command, check.environment)
    ran = subprocess.run(command, check=False, cwd=check.folder, env=check.environment, stdin=subprocess.DEVNULL)
    check.passed = ran.returncode == 0
    if check.report is not None:
        read_report(check)
    return ran.returncode


def read_report(check: Check) -> None:
    """Count outcomes; a skipped test fails the check, for a missing part must be installed or said, never skipped.

    So does a run of no tests: a wrong mark or pattern must not look like success.
    """
    check.counts = {"passed": 0, "failed": 0, "skipped": 0}
    if check.report is None or not check.report.is_file():
        check.passed = False
        return
    for case in ET.parse(check.report).iter("testcase"):  # noqa: S314 - our own pytest or vitest wrote it
        outcome = _outcome(case)
        check.counts[outcome] += 1
        if outcome != "passed":
            check.reasons.append(_reason(case))
    check.report.unlink()
    if not any(check.counts.values()):
        say("no test ran")
        check.passed = False
    if check.counts["skipped"]:
        say("skipped tests count as failed here: install what they lack, or remove them")
        check.passed = False


def try_alone(check: Check, most: int) -> None:
    """Run once more what failed, if that are at most `most` tests: with thousands beside each other, one that a busy
    machine delays says little of the change, while one that found something broken fails again.

    Those that pass count as `unsteady`, and their reasons stay for the summary.
    """
    failed = check.counts["failed"]
    if failed > most or check.counts["skipped"]:
        return
    say(f"\n== {check.name}: once more, alone, what failed")
    alone = replace(check, command=check.again, counts={}, reasons=[])
    _ran(alone)
    check.passed = alone.passed and alone.counts["passed"] == failed
    if check.passed:
        check.counts |= {"failed": 0, "unsteady": failed}
    else:
        check.reasons += [f"alone too: {reason}" for reason in alone.reasons]


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    skipped = case.find("skipped")
    return "passed" if skipped is None or skipped.get("type") == "pytest.xfail" else "skipped"


def _reason(case: ET.Element) -> str:
    found = (case.find(word) for word in ("failure", "error", "skipped"))
    told = next(each for each in found if each is not None)
    lines = (told.get("message") or told.text or "").strip().splitlines()
    return f"{case.get('classname', '')}::{case.get('name', '')}: {lines[0][:300] if lines else 'no reason was told'}"


def say_summary(checks: list[Check], seconds: float) -> None:
    """How each went, why what failed did, and how long all took."""
    say("\n== summary")
    for check in checks:
        counted = ", ".join(f"{number} {what}" for what, number in check.counts.items() if number)
        say(f"{'ok    ' if check.passed else 'FAILED'} {check.name:<20} {check.seconds:7.1f} s  {counted}")
        for reason in check.reasons:
            say(f"         {'failed once, passed alone: ' if check.passed else ''}{reason}")
    total = {what: sum(c.counts.get(what, 0) for c in checks) for what in ("passed", "failed", "unsteady", "skipped")}
    sys.stdout.flush()
    say(f"{seconds:.0f} s in all, with setting up")
    if seconds > LONG:
        say(f"warning: that is over {LONG // 60} minutes; on two processors it must stay below 30")
    if total["unsteady"]:
        say(f"warning: {total['unsteady']} unsteady, named above: mend them, for more than {UNSTEADY} fail the run")
    say(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
