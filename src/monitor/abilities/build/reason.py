"""Reason: why a build failed, in the one line of its output that says so. Pure."""

import re

_LONGEST = 400
"""What is longer says it in the output."""
_AROUND = re.compile(
    r"^(ERROR: |failed to solve: |rpc error: code = \w+ desc = |failed to solve with frontend [\w.-]+: "
    r"|failed to create LLB definition: |failed to build LLB: |Error response from daemon: )+"
)
"""What BuildKit and Docker wrap around it, layer by layer."""


def reason_in(said: str) -> str:
    """Of the end of what a build complained: BuildKit's last error, the classic builder's last line; else nothing."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR: ")] or lines
    found = _AROUND.sub("", errors[-1]) if errors else ""
    return found if len(found) <= _LONGEST else ""
