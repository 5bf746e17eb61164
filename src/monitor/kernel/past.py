"""Past: what a server or a container used over a time, as columns of points that lie on one axis."""

from datetime import datetime
from typing import Annotated, Generic, TypeVar

from msgspec import Meta, Struct

from monitor.kernel.marks import shown, text_form
from monitor.kernel.measures import Unit
from monitor.kernel.operation import Query
from monitor.kernel.times import EXAMPLE, parse_time

R = TypeVar("R")

Moment = Annotated[datetime, Meta(tz=True)] | None


class PastQuery(Query[R], Generic[R], frozen=True, kw_only=True):
    """Base of the questions for a past, whoever's it is."""

    since: Annotated[Moment, shown("Since", "An hour ago by default"), text_form(parse_time, EXAMPLE)] = None
    until: Annotated[Moment, shown("Until", "Now by default"), text_form(parse_time, EXAMPLE)] = None
    metrics: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=300)], ...],
        Meta(max_length=200),
        shown("Metrics", "Names as `cpu` or `disk_used`, or of one thing `disk_used:/srv`; by default the plain ones"),
    ] = ()
    points: Annotated[int, Meta(ge=1, le=2000), shown("Points", "At most so many")] = 600


class PastSeries(Struct, frozen=True, kw_only=True):
    """One figure over the time; null where nothing was measured. The two last are empty where points are samples."""

    key: str
    """`cpu`; of something there are several of with its name: `disk_used:/srv`."""
    measure: str
    title: str
    unit: Unit
    mean: tuple[float | None, ...]
    least: tuple[float | None, ...] = ()
    greatest: tuple[float | None, ...] = ()


class Past(Struct, frozen=True, kw_only=True):
    """Point n covers `step` seconds from `since` + n × `step` on. Times are core's."""

    since: datetime
    step: int
    points: int
    resolution: int
    """Seconds of the points that were kept, of which these are made."""
    series: tuple[PastSeries, ...] = ()
