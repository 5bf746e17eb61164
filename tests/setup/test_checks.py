"""The summary of script/test: it counts right, and a skipped test fails the run."""

import sys
from pathlib import Path

import pytest
from parts.checks import Check, read_report, run_check, say_summary

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c">{outcome}</testcase>
</testsuite></testsuites>"""


def reported(tmp_path: Path, outcome: str) -> Check:
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(outcome=outcome))
    check = Check("tests", (), report, passed=True)
    read_report(check)
    return check


def test_all_passed(tmp_path: Path) -> None:
    check = reported(tmp_path, "")
    assert check.passed
    assert check.counts == {"passed": 3, "failed": 0, "skipped": 0}


def test_failures_and_errors_are_counted(tmp_path: Path) -> None:
    assert reported(tmp_path, "<failure/>").counts["failed"] == 1
    assert reported(tmp_path, "<error/>").counts["failed"] == 1


def test_the_reason_of_each_is_kept_for_the_end(tmp_path: Path) -> None:
    check = reported(tmp_path, '<failure message="AssertionError: 3 is not 4&#10;and more">a traceback</failure>')
    assert check.reasons == ["::c: AssertionError: 3 is not 4"]
    assert reported(tmp_path, "<error>a traceback</error>").reasons == ["::c: a traceback"]
    assert reported(tmp_path, "<failure/>").reasons == ["::c: no reason was told"]
    assert reported(tmp_path, '<skipped type="pytest.xfail" message="known"/>').reasons == []


def test_a_skipped_test_fails_the_run(tmp_path: Path) -> None:
    check = reported(tmp_path, '<skipped type="pytest.skip" message="no docker"/>')
    assert check.counts["skipped"] == 1
    assert not check.passed


def test_a_test_that_vitest_skipped_fails_it_too(tmp_path: Path) -> None:
    check = reported(tmp_path, "<skipped/>")
    assert check.counts["skipped"] == 1
    assert not check.passed


def test_a_run_of_no_tests_fails(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text('<testsuites tests="0"></testsuites>')
    check = Check("tests in a browser", (), report, passed=True)
    read_report(check)
    assert not check.passed


def test_an_expected_failure_does_not(tmp_path: Path) -> None:
    assert reported(tmp_path, '<skipped type="pytest.xfail" message="known"/>').passed


def test_a_run_that_left_no_report_failed(tmp_path: Path) -> None:
    check = Check("tests", (), tmp_path / "absent.xml", passed=True)
    read_report(check)
    assert not check.passed


@pytest.mark.parametrize(("seconds", "warned"), [(1499.0, False), (1501.0, True)])
def test_the_summary_says_how_long_all_took_and_warns_in_time(
    capsys: pytest.CaptureFixture[str], seconds: float, warned: bool
) -> None:
    say_summary([Check("tests", (), seconds=12, passed=True)], seconds)
    told = capsys.readouterr().out
    assert f"{seconds:.0f} s in all" in told
    assert ("over 25 minutes" in told) == warned


ONCE = """
from pathlib import Path

def test_steady(): pass

def test_first_time(tmp_path_factory):
    been = Path(__file__).with_name("been")
    beside = been.exists()
    been.touch()
    assert beside, "the first time"
"""
ALWAYS = "def test_steady(): pass\ndef test_broken(): assert 1 == 2\n"


def twice(folder: Path, tests: str, *, most: int = 2) -> Check:
    """These tests as script/test runs them: beside each other, and what failed once more."""
    (folder / "test_it.py").write_text(tests)
    (folder / "pytest.ini").write_text("[pytest]\n")
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", f"--junitxml={folder / 'report.xml'}")
    failed = ("--last-failed", "--last-failed-no-failures", "none")
    check = Check("tests", command, folder / "report.xml", folder, again=(*command, *failed))
    run_check(check, most)
    return check


def test_what_passes_alone_is_unsteady_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check = twice(tmp_path, ONCE)
    assert check.passed
    assert (check.counts["passed"], check.counts["failed"], check.counts["unsteady"]) == (1, 0, 1)
    say_summary([check], 1)
    told = capsys.readouterr().out
    assert "1 unsteady" in told
    assert "failed once, passed alone: test_it::test_first_time: AssertionError: the first time" in told


def test_what_fails_alone_too_fails_the_run(tmp_path: Path) -> None:
    check = twice(tmp_path, ALWAYS)
    assert not check.passed
    assert check.counts["failed"] == 1
    assert any(reason.startswith("alone too: test_it::test_broken") for reason in check.reasons)


def test_of_more_than_may_be_unsteady_none_is_tried_again(tmp_path: Path) -> None:
    check = twice(tmp_path, ONCE, most=0)
    assert not check.passed
    assert "unsteady" not in check.counts
