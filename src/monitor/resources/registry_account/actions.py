"""What a registry account can do: nothing but what every type can."""

from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.registry_account import plan
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT

REGISTRY_ACCOUNT_BEHAVIOUR = Behaviour(type=REGISTRY_ACCOUNT, hooks=Hooks(validate=plan.validate))
