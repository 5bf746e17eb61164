"""What can be asked about the record."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.activity import Activity, State, Who
from monitor.kernel.marks import shown, text_form
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access
from monitor.kernel.resource import Page
from monitor.kernel.stream import Stream, StreamKind
from monitor.kernel.times import EXAMPLE, parse_time

OperationName = Annotated[str, Meta(min_length=1, max_length=100)]
Moment = Annotated[datetime, Meta(tz=True)]


class ListActivity(Query[Page[Activity]], frozen=True, kw_only=True, tag="activity.list"):
    """What was done, newest first: of what the caller may read, and all that he did himself."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/activity"

    resource: Annotated[str, shown("Resource", "What it was done to: its id, or with the type its name")] = ""
    server: Annotated[str, shown("Server", "That its job ran on; name or id")] = ""
    type: Annotated[str, shown("Type", "Of what it was done to: server, deployment, build, …")] = ""
    user: Annotated[str, shown("User", "Who asked; name or id")] = ""
    parent: Annotated[str, shown("Parent", "Id of the activity that had it run")] = ""
    operation: Annotated[
        tuple[OperationName, ...], Meta(max_length=50), shown("Operation", "Any of these, such as deployment.deploy")
    ] = ()
    state: Annotated[tuple[State, ...], Meta(max_length=10), shown("State", "Any of these")] = ()
    since: Annotated[
        Moment | None, shown("Since", "Only what was asked for then or later"), text_form(parse_time, EXAMPLE)
    ] = None
    before: Annotated[
        Moment | None, shown("Before", "Only what was asked for earlier"), text_form(parse_time, EXAMPLE)
    ] = None
    cursor: str = ""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class GetActivity(Query[Activity], frozen=True, kw_only=True, tag="activity.get"):
    """One activity with its steps."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/activity/{target}"


class OutputLine(Struct, frozen=True, kw_only=True):
    """One piece of output; not always a whole line."""

    seq: int
    at: datetime
    step: str
    stream: str
    text: str


class GetOutput(Query[tuple[OutputLine, ...]], frozen=True, kw_only=True, tag="activity.output"):
    """Output after `after`, in order; ask again with the last seq for more."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/activity/{target}/output"

    after: Annotated[int, Meta(ge=0, le=2**53)] = 0
    limit: Annotated[int, Meta(ge=1, le=10_000)] = 1000


class CancelActivity(Edit[Activity], frozen=True, kw_only=True, tag="activity.cancel"):
    """End a queued or running activity; needs what starting it needed. What it had changed is put back."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/activity/{target}/cancel"


class WatchActivity(Stream[Activity], frozen=True, kw_only=True, tag="activity.watch"):
    """The newest activities, all that are open, and every change, live; with a target only that one."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False


class Run(Struct, frozen=True, kw_only=True):
    """How one action on a resource ended."""

    activity: str
    operation: str
    state: State
    ended: datetime
    seconds: float
    """From its start to its end; 0 if it never started."""
    summary: str = ""
    error: str = ""
    """The first 500 characters; the activity has all."""
    hint: str = ""
    who: Who


class Runs(Struct, frozen=True, kw_only=True):
    """How the last actions on one resource ended."""

    resource: str
    type: str
    items: tuple[Run, ...]
    """At most 16, oldest first."""

    @property
    def last(self) -> Run | None:
        """The newest."""
        return self.items[-1] if self.items else None


class WatchRuns(Stream[Runs], frozen=True, kw_only=True, tag="activity.runs"):
    """How the last actions on each resource the caller may read ended, live, by the resource's id."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False

    type: str = ""
    """Only resources of this type."""
    most: Annotated[int, Meta(ge=1, le=16)] = 16
    """The newest so many of each."""


class FollowOutput(Stream[OutputLine], frozen=True, kw_only=True, tag="activity.follow_output"):
    """An activity's output, from `after` on, live; ends with it."""

    kind: ClassVar[StreamKind] = StreamKind.LOG
    needs: ClassVar[Needs] = Access.SIGNED_IN


OPERATIONS = (ListActivity, GetActivity, GetOutput, CancelActivity)
STREAMS = (WatchActivity, WatchRuns, FollowOutput)
