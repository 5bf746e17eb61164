"""What people keep in Monitor, one folder per type. This file and handlers.py hold one line per type, no more."""

from monitor.resources.alert_rule.spec import ALERT_RULE
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.git_account.spec import GIT_ACCOUNT
from monitor.resources.maintenance.spec import MAINTENANCE
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT
from monitor.resources.schedule.spec import SCHEDULE
from monitor.resources.server.spec import SERVER

TYPES = (
    SERVER,
    BUILD,
    DEPLOYMENT,
    REGISTRY_ACCOUNT,
    GIT_ACCOUNT,
    SCHEDULE,
    ALERT_RULE,
    ALERT_TARGET,
    MAINTENANCE,
)
