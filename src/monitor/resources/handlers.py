"""What core does for every resource type: one line per type."""

from monitor.resources.alert_rule.actions import ALERT_RULE_BEHAVIOUR
from monitor.resources.alert_target.actions import ALERT_TARGET_BEHAVIOUR
from monitor.resources.build.actions import BUILD_BEHAVIOUR
from monitor.resources.deployment.actions import DEPLOYMENT_BEHAVIOUR
from monitor.resources.git_account.actions import GIT_ACCOUNT_BEHAVIOUR
from monitor.resources.maintenance.actions import MAINTENANCE_BEHAVIOUR
from monitor.resources.registry_account.actions import REGISTRY_ACCOUNT_BEHAVIOUR
from monitor.resources.schedule.actions import SCHEDULE_BEHAVIOUR
from monitor.resources.server.actions import SERVER_BEHAVIOUR

BEHAVIOURS = (
    SERVER_BEHAVIOUR,
    BUILD_BEHAVIOUR,
    DEPLOYMENT_BEHAVIOUR,
    REGISTRY_ACCOUNT_BEHAVIOUR,
    GIT_ACCOUNT_BEHAVIOUR,
    SCHEDULE_BEHAVIOUR,
    ALERT_RULE_BEHAVIOUR,
    ALERT_TARGET_BEHAVIOUR,
    MAINTENANCE_BEHAVIOUR,
)
