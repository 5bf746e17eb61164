"""Sentence: words put together as people do."""

import re
from collections.abc import Sequence

_WHOLE_ID = re.compile(r"(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])")


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def short_ids(text: str) -> str:
    """The same with ids and digests of 64 digits as Docker's own lists show them: their first twelve."""
    return _WHOLE_ID.sub(lambda found: found[0][:12], text)
