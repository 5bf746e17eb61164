"""What is no resource type: alerts, users, signing in, keys, permissions, activity, joining, types."""

from monitor.features.activity import spec as activity
from monitor.features.alerts import spec as alerts
from monitor.features.joining import spec as joining
from monitor.features.keys import spec as keys
from monitor.features.notifying import spec as notifying
from monitor.features.permissions import spec as permissions
from monitor.features.sign_in import spec as sign_in
from monitor.features.types import spec as types
from monitor.features.users import spec as users

OPERATIONS = (
    *sign_in.OPERATIONS,
    *users.OPERATIONS,
    *keys.OPERATIONS,
    *permissions.OPERATIONS,
    *activity.OPERATIONS,
    *alerts.OPERATIONS,
    *notifying.OPERATIONS,
    *joining.OPERATIONS,
    *types.OPERATIONS,
)
STREAMS = (*activity.STREAMS, *alerts.STREAMS, *sign_in.STREAMS)
