"""Versions of a build: what there is and where, bringing one to registries, forgetting one."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.activity import Who
from monitor.kernel.marks import shown
from monitor.kernel.operation import Action, Edit, Query, StepInfo
from monitor.resources.build.operations.run import PUSH, VersionNumber
from monitor.resources.build.version import Push


class There(StrEnum):
    """Whether an image is where it was made."""

    YES = "yes"
    REMOVED = "removed"
    UNKNOWN = "unknown"
    """The server does not answer."""


class BuiltVersion(Struct, frozen=True, kw_only=True):
    """One version of a build, and where it is."""

    version: str
    newest: bool = False
    """It is what deployments of the build's latest get."""
    built: datetime
    who: Who
    activity: str
    """Id of the run that made it."""
    commit: str
    commit_url: str
    message: str
    branch: str
    image: str
    """Its reference on the server that made it."""
    image_id: str
    tags: tuple[str, ...]
    """All references it was given there."""
    server: str
    """Name of that server, where the reader may see it."""
    there: There
    """Whether it still is."""
    pushes: tuple[Push, ...]
    """Registries that have it, or were to."""
    deployments: tuple[str, ...]
    """Names of those that run it, where the reader may see them."""
    others: int = 0
    """How many more run it that the reader may not see."""

    @property
    def short_commit(self) -> str:
        """Enough of it to know it by."""
        return self.commit[:10]

    @property
    def registries(self) -> tuple[str, ...]:
        """Where it was pushed to and as which digest, in words."""
        return tuple(push.image + (" (not pushed)" if push.error else _short(push.digest)) for push in self.pushes)

    @property
    def runs_in(self) -> tuple[str, ...]:
        """Deployments that run it, in words."""
        return (*self.deployments, *([f"{self.others} more"] if self.others else []))


def _short(digest: str) -> str:
    """Enough of it to compare two by."""
    return f"@{digest[:19]}" if digest else ""


class ListVersions(Query[tuple[BuiltVersion, ...]], frozen=True, kw_only=True, tag="build.versions"):
    """What this build made, newest first: from which commit, by whom, where it is, and what runs it."""


class PushVersion(Action, frozen=True, kw_only=True, tag="build.push"):
    """Push a version to the registries the build names that do not have it; nothing is built."""

    title: ClassVar[str] = "Push"
    steps: ClassVar[tuple[StepInfo, ...]] = (PUSH,)
    meanwhile: ClassVar[str] = "What is deployed stays as it is"

    version: Annotated[VersionNumber, shown("Version", "Empty: the newest.")] = ""
    again: Annotated[bool, shown("Again", "Also to those that have it already.")] = False


class ForgetVersion(Edit[None], frozen=True, kw_only=True, tag="build.forget_version"):
    """Drop the record of a version that nothing runs or names; its image stays where it is."""

    title: ClassVar[str] = "Forget version"
    danger: ClassVar[bool] = True

    version: Annotated[str, Meta(pattern=r"^\d+\.\d+\.\d+$"), shown("Version", "Not the newest.")]


VERSIONED = (ListVersions, PushVersion, ForgetVersion)
