"""What a deployment can do: the handlers of its operations, one file per subject."""

from monitor.abilities.container.calls import Acted
from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.deployment import noted, plan
from monitor.resources.deployment.actions.acts import ACTS
from monitor.resources.deployment.actions.delete import check_delete, prepare_delete, settle_delete
from monitor.resources.deployment.actions.deploy import DEPLOYING
from monitor.resources.deployment.actions.drift import DRIFT
from monitor.resources.deployment.actions.history import HISTORY
from monitor.resources.deployment.actions.inside import INSIDE
from monitor.resources.deployment.actions.log import follow_log, log_file, read_log
from monitor.resources.deployment.actions.pull import PULLING
from monitor.resources.deployment.actions.rename import RENAMING
from monitor.resources.deployment.actions.terminal import TERMINALS
from monitor.resources.deployment.actions.updates import UPDATING
from monitor.resources.deployment.actions.usage import USAGE
from monitor.resources.deployment.operations.delete import Delete
from monitor.resources.deployment.operations.log import FollowLog, LogFile, ReadLog
from monitor.resources.deployment.spec import DEPLOYMENT

DEPLOYMENT_BEHAVIOUR = Behaviour(
    type=DEPLOYMENT,
    handlers=(
        *DEPLOYING,
        *PULLING,
        *ACTS,
        *RENAMING,
        *HISTORY,
        *DRIFT,
        Delete.by(prepare_delete, settle_delete, result=Acted, check=check_delete),
        ReadLog.by(read_log),
        LogFile.by(log_file),
        FollowLog.by(follow_log),
        *UPDATING,
        *INSIDE,
        *USAGE,
        *TERMINALS,
    ),
    hooks=Hooks(
        validate=plan.validate,
        powers=plan.powers,
        server_of=lambda config: config.server,
        status=plan.status,
        hinders=plan.hinders,
        claims=plan.claims,
        holds=plan.holds,
        notes=noted.notes,
    ),
)
