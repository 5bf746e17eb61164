"""What an alert target is: one place alerts are sent to, which of them, and when."""

from monitor.kernel.collection import Collection
from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.alert_target.info import AlertTargetInfo, AlertTargetStatus, Delivery
from monitor.resources.alert_target.operations import OPERATIONS, STREAMS

DELIVERIES = Collection("alert_delivery", Delivery)
"""What is yet to be sent."""

ALERT_TARGET: ResourceType[AlertTargetConfig, AlertTargetInfo, AlertTargetStatus] = ResourceType(
    name="alert_target",
    plural="alert_targets",
    title="Alert target",
    help="A place alerts are sent to.",
    config=AlertTargetConfig,
    info=AlertTargetInfo,
    status=AlertTargetStatus,
    operations=OPERATIONS,
    streams=STREAMS,
    replaces=("delete",),
    by_admins=True,
    collections=(DELIVERIES,),
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("status.service", "Service"),
        Column("config.severity", "At least"),
        Column("status.waiting", "Waiting", ColumnKind.NUMBER),
        Column("status.last.at", "Last sent", ColumnKind.TIME),
    ),
)
