"""What a maintenance can do: nothing but what every type can. What it holds back, features/notifying does."""

from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.maintenance import noted, plan
from monitor.resources.maintenance.spec import MAINTENANCE

MAINTENANCE_BEHAVIOUR = Behaviour(
    type=MAINTENANCE, hooks=Hooks(validate=plan.validate, status=plan.status, notes=noted.notes)
)
