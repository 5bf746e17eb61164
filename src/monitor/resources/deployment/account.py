"""Account: who a deployment's host says it is at the image's registry; only ever the account that was named."""

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import domain_of
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT


def check_account(ctx: Context, config: DeploymentConfig, image: str) -> None:
    """Conflict when the account is another registry's: its token would be told to whoever runs the image's. `image` is
    what a registry is asked for; empty: none is.
    """
    if config.account is None or not image:
        return
    account = ctx.find(REGISTRY_ACCOUNT, config.account)
    domain = domain_of(image)
    if account.config.domain != domain:
        name = ctx.target(DEPLOYMENT).names.get(account.id, account.id)  # who may not read it is not told its name
        raise Conflict(
            f"the registry account {name} is not for {domain}, where {image} comes from",
            hint="Choose the account of that registry, or none.",
        )


def reveal_account(ctx: Context, config: DeploymentConfig, image: str) -> RegistryAuth | None:
    """The account with its token in clear, for the job's message only."""
    if config.account is None or not image:
        return None
    check_account(ctx, config, image)
    account = ctx.reveal(REGISTRY_ACCOUNT, config.account)
    if account.token is None:
        name = ctx.target(DEPLOYMENT).names.get(config.account, config.account)
        raise Conflict(f"the registry account {name} has no token", hint="Give it one, or choose another account.")
    return RegistryAuth(domain=account.domain, username=account.username, token=account.token)
