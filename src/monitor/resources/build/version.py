"""Version: what one successful run of a build made, where that is, and which comes next. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from monitor.abilities.push.calls import Delivery
from monitor.kernel.activity import Who
from monitor.kernel.collection import Collection

KEPT = 200
"""Versions a build keeps the record of, beside those a deployment runs or names."""


class Bump(StrEnum):
    """Which number of the version is raised; those after it begin at 0 again."""

    PATCH = "patch"
    MINOR = "minor"
    MAJOR = "major"


class Push(Struct, frozen=True, kw_only=True):
    """One repository of a registry that a version was pushed to, or was to be."""

    image: str
    """`registry/path/name`."""
    tags: tuple[str, ...] = ()
    """Those it was given there."""
    digest: str = ""
    """Empty: it is not there."""
    pushed: datetime | None = None
    error: str = ""
    """Why the last push there failed; what an earlier one brought is there all the same."""
    hint: str = ""


class Version(Struct, frozen=True, kw_only=True):
    """One version, for as long as there is a record of it."""

    id: str
    """Of the activity that made it."""
    version: str
    image: str
    """Full reference on the server that made it."""
    image_id: str
    tags: tuple[str, ...] = ()
    """All references it was given there."""
    commit: str = ""
    commit_url: str = ""
    message: str = ""
    branch: str = ""
    """The branch the build named, if it named one."""
    server: str
    """Id of the server that made it."""
    built: datetime
    who: Who
    pushes: tuple[Push, ...] = ()

    @property
    def had(self) -> tuple[Push, ...]:
        """Repositories that have it."""
        return tuple(push for push in self.pushes if push.digest)

    @property
    def missing(self) -> tuple[Push, ...]:
        """Those that were to get it and did not."""
        return tuple(push for push in self.pushes if push.error)


VERSIONS = Collection("build_version", Version)


def raised(version: str, bump: Bump) -> str:
    """`0.0.1` → `0.0.2`, `0.1.0` or `1.0.0`."""
    major, minor, patch = numbers(version)
    match bump:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case Bump.PATCH:
            return f"{major}.{minor}.{patch + 1}"


def numbers(version: str) -> tuple[int, int, int]:
    """In the order in which versions follow each other."""
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch


def noted(before: Sequence[Push], told: Iterable[Delivery], now: datetime) -> tuple[Push, ...]:
    """What is known of its pushes after another one."""
    known = {push.image: push for push in before}
    for one in told:
        old = known.get(one.image, Push(image=one.image))
        known[one.image] = Push(
            image=one.image,
            tags=tuple(dict.fromkeys((*old.tags, *one.tags))) if one.digest in ("", old.digest) else one.tags,
            digest=one.digest or old.digest,
            pushed=now if one.digest else old.pushed,
            error=one.error,
            hint=one.hint,
        )
    return tuple(known.values())


def superseded(newest_first: Sequence[Version], held: Iterable[str]) -> tuple[str, ...]:
    """Ids of the records no longer kept: the oldest, but none a deployment runs or names."""
    needed = frozenset(held)
    return tuple(one.id for one in newest_first[KEPT:] if one.version not in needed)
