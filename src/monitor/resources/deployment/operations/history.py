"""What was deployed: its list, what differs between two of them, and the way back."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.activity import Change, State, Who
from monitor.kernel.operation import Action, Needs, Query, StepInfo
from monitor.kernel.permission import Level
from monitor.resources.deployment.operations.deploy import Deploy

Number = Annotated[int, Meta(ge=0, le=2**31)]


class Deployed(Struct, frozen=True, kw_only=True):
    """One release: a config and an image that were deployed, or were to be."""

    release: int
    """What `roll_back` takes; 0 of one that did not succeed."""
    state: State
    error: str = ""
    """Why it did not succeed, as its activity says."""
    runs: bool = False
    """It was deployed last."""
    began: datetime
    ended: datetime | None
    who: Who
    operation: str
    activity: str
    revision: int
    """Of the config."""
    image: str
    """Its reference; empty of one that did not succeed and runs a build's latest version."""
    image_id: str
    digest: str
    version: str
    """Of the build, where one made the image."""

    @property
    def number(self) -> str:
        """What one rolls back to; nothing of one that did not succeed."""
        return str(self.release) if self.release else "-"

    @property
    def running(self) -> str:
        """A word where it runs now."""
        return "runs now" if self.runs else ""


class History(Query[tuple[Deployed, ...]], frozen=True, kw_only=True, tag="deployment.history"):
    """What was deployed, newest first: all one can roll back to, and what failed in between."""


class Diff(Query[tuple[Change, ...]], frozen=True, kw_only=True, tag="deployment.diff"):
    """What differs between two releases' configs, field by field; of a secret only that it was changed."""

    before: Number = 0
    """A release; 0: the one deployed last."""
    after: Number = 0
    """A release; 0: the config as it is now."""


class RollBack(Action, frozen=True, kw_only=True, tag="deployment.roll_back"):
    """Deploy an earlier release again: its config, which becomes the config, with exactly its image."""

    needs: ClassVar[Needs] = Level.WRITE
    title: ClassVar[str] = "Roll back"
    steps: ClassVar[tuple[StepInfo, ...]] = Deploy.steps
    meanwhile: ClassVar[str] = Deploy.meanwhile

    release: Annotated[int, Meta(ge=1, le=2**31)]


HISTORY = (History, Diff, RollBack)
