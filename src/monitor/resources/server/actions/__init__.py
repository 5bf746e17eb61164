"""What a server can do: the handlers of its operations, one file per subject. (Making its join token needs core's own
key: features/joining.)
"""

from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.server import plan
from monitor.resources.server.actions.clean_up import CLEANING
from monitor.resources.server.actions.containers import CONTAINERS
from monitor.resources.server.actions.images import IMAGES
from monitor.resources.server.actions.inside import INSIDE
from monitor.resources.server.actions.log import LOG
from monitor.resources.server.actions.networks import NETWORKS
from monitor.resources.server.actions.touched import TOUCHED
from monitor.resources.server.actions.unmanaged import UNMANAGED
from monitor.resources.server.actions.usage import USAGE
from monitor.resources.server.actions.volumes import VOLUMES
from monitor.resources.server.spec import SERVER

SERVER_BEHAVIOUR = Behaviour(
    type=SERVER,
    handlers=(
        *(*CONTAINERS, *UNMANAGED, *INSIDE, *LOG, *USAGE),
        *(*IMAGES, *VOLUMES, *NETWORKS, *TOUCHED, *CLEANING),
    ),
    hooks=Hooks(validate=plan.validate, status=plan.status),
)
