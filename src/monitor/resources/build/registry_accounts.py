"""Registry accounts of a build: each told to its own registry and to no other, for the job's message only."""

from monitor.abilities.build.credentials import encoded
from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.container.registry import domain_of
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.resources.build.spec import BUILD
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT


def check_registry_accounts(ctx: Context) -> None:
    """Conflict when one that pushes is another registry's, or two are to fetch from the same."""
    build = ctx.target(BUILD)
    for to in build.config.push_to:
        domain = domain_of(to.image)
        if to.account is not None and ctx.find(REGISTRY_ACCOUNT, to.account).config.domain != domain:
            raise Conflict(
                f"the registry account {_name(ctx, to.account)} is not for {domain}, where {to.image} is pushed to",
                hint="Choose the account of that registry, or none.",
            )
    domains: dict[str, str] = {}
    for base in build.config.base_accounts:
        domain = ctx.find(REGISTRY_ACCOUNT, base.account).config.domain
        if domains.setdefault(domain, base.account) != base.account:
            names = f"{_name(ctx, domains[domain])} and {_name(ctx, base.account)}"
            raise Conflict(
                f"base images of {domain} would be fetched by both {names}",
                hint="Docker has one account for each registry: leave one of them out.",
            )


def reveal_pushing(ctx: Context) -> tuple[RegistryAuth | None, ...]:
    """Who pushes, in the order of `push_to`."""
    check_registry_accounts(ctx)
    return tuple(_reveal(ctx, to.account) if to.account else None for to in ctx.target(BUILD).config.push_to)


def reveal_base(ctx: Context, pushing: tuple[RegistryAuth | None, ...]) -> tuple[RegistryAuth, ...]:
    """Who fetches base images: those named for it, and for other registries those that push there."""
    named = [_reveal(ctx, base.account) for base in ctx.target(BUILD).config.base_accounts]
    found: dict[str, RegistryAuth] = {}
    for auth in (*named, *pushing):
        if auth is not None:
            found.setdefault(auth.domain, auth)
    return tuple(found.values())


def registry_secrets(accounts: tuple[RegistryAuth | None, ...]) -> tuple[str, ...]:
    """What Docker is told of a token is another text than the token: both are kept out of output."""
    return tuple(encoded(auth) for auth in accounts if auth is not None)


def _reveal(ctx: Context, id: str) -> RegistryAuth:
    account = ctx.reveal(REGISTRY_ACCOUNT, id)
    if account.token is None:
        raise Conflict(
            f"the registry account {_name(ctx, id)} has no token", hint="Give it one, or choose another account."
        )
    return RegistryAuth(domain=account.domain, username=account.username, token=account.token)


def _name(ctx: Context, id: str) -> str:
    """Who may not read it is not told its name."""
    return ctx.target(BUILD).names.get(id, id)
