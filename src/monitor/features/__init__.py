"""What is no resource type: users, signing in, keys, permissions, activity, joining, types."""

from monitor.features.activity import spec as activity
from monitor.features.joining import spec as joining
from monitor.features.keys import spec as keys
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
    *joining.OPERATIONS,
    *types.OPERATIONS,
)
STREAMS = (*activity.STREAMS, *sign_in.STREAMS)
