"""What a git account can do: nothing but what every type can."""

from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.git_account import plan
from monitor.resources.git_account.spec import GIT_ACCOUNT

GIT_ACCOUNT_BEHAVIOUR = Behaviour(type=GIT_ACCOUNT, hooks=Hooks(validate=plan.validate))
