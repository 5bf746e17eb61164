"""Words to whoever runs a script: plain lines on standard output, and the one way to give up."""

import sys
from typing import NoReturn


class GiveUp(Exception):
    """What a script cannot go on without; the message names it and the way out."""


def say(text: str) -> None:
    """One line, at once."""
    print(text, flush=True)


def end(problem: GiveUp) -> NoReturn:
    """Print what is wrong and exit with 1."""
    sys.stdout.flush()
    print(f"\nerror: {problem}", file=sys.stderr, flush=True)
    raise SystemExit(1)
