"""What a maintenance is: when, and of what."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown, text_form
from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.resources.alert_target import text
from monitor.resources.alert_target.config import OnServer
from monitor.resources.maintenance.times import EXAMPLE, Times, times_in_words

_Tag = Annotated[str, Meta(min_length=1, max_length=63)]


class MaintenanceConfig(Struct, frozen=True, kw_only=True):
    """What admins set on a maintenance."""

    when: Annotated[
        Times,
        text_form(times_in_words, EXAMPLE),
        shown("When", "Nobody is told of anything then; what still stands is told at the end.", group="When"),
    ]
    enabled: Annotated[bool, shown("Switched on", "Off: it is as if there were none.", group="When")] = True
    servers: Annotated[
        tuple[OnServer, ...],
        Meta(max_length=200),
        text_form(text.server, "SERVER"),
        shown("Servers", "These and what is on them. Neither servers nor tags: everything.", group="Of what"),
    ] = ()
    tags: Annotated[
        tuple[_Tag, ...],
        Meta(max_length=50),
        shown("Tags", "And whatever has one of these.", group="Of what"),
    ] = ()


class MaintenanceInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about it: the one that goes on, else the next."""

    begins: datetime | None = None
    """Null: there is none to come."""
    ends: datetime | None = None
    going: bool = False
    over: bool = False
    """It was once, and is over."""


class MaintenanceStatus(Struct, frozen=True, kw_only=True):
    """Whether it goes on now, when it is and of what."""

    state: str = "planned"
    """now, planned, over, or off."""
    begins: datetime | None = None
    """Of the one that goes on, else of the next; null where there is none to come."""
    ends: datetime | None = None
    text: str = ""
    """When, in words."""
    of: str = ""
    """everything, or how much."""


MAINTENANCE: ResourceType[MaintenanceConfig, MaintenanceInfo, MaintenanceStatus] = ResourceType(
    name="maintenance",
    plural="maintenances",
    title="Maintenance",
    help="A time in which work is done on some servers: nobody is told of alerts about them.",
    config=MaintenanceConfig,
    info=MaintenanceInfo,
    status=MaintenanceStatus,
    by_admins=True,
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("status.begins", "Begins", ColumnKind.TIME),
        Column("status.ends", "Ends", ColumnKind.TIME),
        Column("status.text", "When"),
        Column("status.of", "Of what"),
    ),
)
