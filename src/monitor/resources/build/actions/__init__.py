"""What a build can do: the handlers of its operations, one file per subject."""

from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.build import noted, plan
from monitor.resources.build.actions.pushes import PUSHES
from monitor.resources.build.actions.run import RUNNING
from monitor.resources.build.actions.run_branch import RUNNING_BRANCHES
from monitor.resources.build.actions.versions import VERSIONED
from monitor.resources.build.spec import BUILD

BUILD_BEHAVIOUR = Behaviour(
    type=BUILD,
    handlers=(*RUNNING, *RUNNING_BRANCHES, *VERSIONED),
    hooks=Hooks(
        validate=plan.validate,
        powers=plan.powers,
        server_of=lambda config: config.builder.server,
        hinders=plan.hinders,
        claims=plan.claims,
        notes=noted.notes,
    ),
    pushes=PUSHES,
)
