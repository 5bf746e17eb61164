"""Names: what the two containers of one replace are called meanwhile; the job's id is in them. Pure."""

import re
from datetime import UTC, datetime, timedelta

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BYSTANDER = re.compile(r"(.+)\.(new|old)-([0-9A-Z]{26})")


def passing_name(name: str, job: str) -> str:
    """The new container's until it takes its place."""
    return f"{name}.new-{job}"


def aside_name(name: str, job: str) -> str:
    """The old container's from then on."""
    return f"{name}.old-{job}"


def job_of(name: str) -> tuple[str, str]:
    """The name a container has given up or not yet got, and the job that did it; both empty for any other."""
    found = _BYSTANDER.fullmatch(name)
    return (found[1], found[3]) if found else ("", "")


def begun(job: str) -> datetime:
    """When a job was asked for: its id begins with the time, 48 bits of milliseconds (github.com/ulid/spec)."""
    milliseconds = 0
    for letter in job[:10]:
        milliseconds = milliseconds * 32 + max(_CROCKFORD.find(letter), 0)
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds % 2**48)
