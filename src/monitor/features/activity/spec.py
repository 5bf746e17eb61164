"""What can be asked about the record."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.activity import Activity
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access
from monitor.kernel.resource import Page
from monitor.kernel.stream import Stream, StreamKind


class ListActivity(Query[Page[Activity]], frozen=True, kw_only=True, tag="activity.list"):
    """What was done, newest first: of what the caller may read, and all that he did himself."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/activity"

    resource: str = ""
    """Id of the resource it was done to."""
    type: str = ""
    user: str = ""
    """Id of who asked."""
    operation: str = ""
    state: str = ""
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
    """The newest activities and every change, live; with a target only that one."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False


class FollowOutput(Stream[OutputLine], frozen=True, kw_only=True, tag="activity.follow_output"):
    """An activity's output, from `after` on, live; ends with it."""

    kind: ClassVar[StreamKind] = StreamKind.LOG
    needs: ClassVar[Needs] = Access.SIGNED_IN


OPERATIONS = (ListActivity, GetActivity, GetOutput, CancelActivity)
STREAMS = (WatchActivity, FollowOutput)
