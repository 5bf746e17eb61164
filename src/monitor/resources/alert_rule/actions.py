"""What an alert rule can do: be kept. It is held against the world, and rehearsed, by features/alerts."""

from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.alert_rule import noted, plan
from monitor.resources.alert_rule.spec import ALERT_RULE

ALERT_RULE_BEHAVIOUR = Behaviour(
    type=ALERT_RULE, hooks=Hooks(validate=plan.validate, status=plan.status, notes=noted.notes)
)
