"""Cleaning up a server's host: what its rules say goes, shown first."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from monitor.kernel.operation import Action, Needs, Query, StepInfo
from monitor.kernel.permission import Right
from monitor.kernel.recurring import Occasion


class CleanUpItem(Struct, frozen=True, kw_only=True):
    """One thing of the host, and what becomes of it."""

    kind: str
    """images, containers, build_cache, networks or git_mirrors."""
    id: str
    name: str
    bytes: int
    """What goes frees so much, together with what else goes; what stays takes up so much."""
    since: datetime | None = None
    """When it came, or was last used, as far as anybody knows."""
    why: str
    """Why it goes, or stays."""


class CleanUpTotal(Struct, frozen=True, kw_only=True):
    """What would go of one kind."""

    kind: str
    count: int
    bytes: int


class CleanUpPreview(Struct, frozen=True, kw_only=True):
    """What a clean-up would do now."""

    stays: tuple[CleanUpItem, ...]
    """What the rules are about, and stays all the same."""
    goes: tuple[CleanUpItem, ...]
    """What would go, kind by kind, the largest first."""
    hidden: int
    """How much more stays that the reader may not see."""
    totals: tuple[CleanUpTotal, ...]
    bytes: int
    """How much room it would make."""
    exact: bool
    """False: at most so much; not all could be told apart, or measured in time."""
    notes: tuple[str, ...] = ()
    """What else there is to know: a limit that is met already, or cannot be."""


class PreviewCleanUp(Query[CleanUpPreview], frozen=True, kw_only=True, tag="server.clean_up_preview"):
    """What a clean-up by the server's rules would remove now, how much room that makes, and why the rest stays."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    part: ClassVar[str] = "clean_up"


class CleanUpTimes(Struct, frozen=True, kw_only=True):
    """When a server is cleaned up by itself."""

    next: datetime | None = None
    """None: only when somebody asks."""
    runs_as: str = ""
    """Who set the rules, and stands for them."""
    blocked: str = ""
    """Why a run would be refused now."""
    last: tuple[Occasion, ...] = ()
    """What became of the last times, newest first."""


class ShowCleanUpTimes(Query[CleanUpTimes], frozen=True, kw_only=True, tag="server.clean_up_times"):
    """When the server is cleaned up by itself, as whom, and what became of the last times."""

    part: ClassVar[str] = "clean_up"


class CleanUpNow(Action, frozen=True, kw_only=True, tag="server.clean_up"):
    """Remove what the server's clean-up rules say, as its preview shows it. What a deployment or build needs stays."""

    needs: ClassVar[Needs] = Right.UNMANAGED
    danger: ClassVar[bool] = True
    preview: ClassVar[str] = "server.clean_up_preview"
    title: ClassVar[str] = "Clean up"
    part: ClassVar[str] = "clean_up"
    steps: ClassVar[tuple[StepInfo, ...]] = (
        StepInfo("git_mirrors", "Remove mirrors of repositories"),
        StepInfo("containers", "Remove stopped containers"),
        StepInfo("build_cache", "Prune the build cache"),
        StepInfo("images", "Remove images"),
        StepInfo("networks", "Remove networks"),
    )
    meanwhile: ClassVar[str] = "What is deployed stays as it is"


CLEANING = (PreviewCleanUp, ShowCleanUpTimes, CleanUpNow)
