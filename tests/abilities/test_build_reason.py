"""Reason: of all a failed build printed, the line that says why."""

import pytest

from monitor.abilities.build.reason import reason_in

_SOLVE = "ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: "


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", ""),
        (" \n\n", ""),
        (
            f"#2 DONE 0.0s\n{_SOLVE}failed to create LLB definition: dockerfile parse error line 1: unknown X\n",
            "dockerfile parse error line 1: unknown X",
        ),
        (
            "#5 ERROR: exit code: 1\n------\nERROR: failed to solve: executor failed running [false]: exit code: 1",
            "executor failed running [false]: exit code: 1",
        ),
        (
            'ERROR: failed to solve: process "make" did not complete successfully: exit code: 2\n\nView details',
            'process "make" did not complete successfully: exit code: 2',
        ),
        (
            "DEPRECATED: The legacy builder is deprecated\nThe command 'false' returned a non-zero code: 1\n",
            "The command 'false' returned a non-zero code: 1",
        ),
        ("Error response from daemon: pull access denied for nope", "pull access denied for nope"),
        (f"ERROR: {'x' * 500}", ""),
    ],
)
def test_the_reason_stands_alone(said: str, reason: str) -> None:
    assert reason_in(said) == reason
