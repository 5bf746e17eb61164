"""Account: who fetches a build's source; told to the account's own server and to no other."""

from base64 import b64encode

from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.resources.build.spec import BUILD
from monitor.resources.git_account.signing import lacking, told_for
from monitor.resources.git_account.spec import GIT_ACCOUNT, GitService


def check_account(ctx: Context) -> None:
    """Conflict when the account is another server's, or has nothing to sign in with over the source's protocol."""
    build = ctx.target(BUILD)
    source, account = build.config.source, build.config.account
    if account is None or source is None:
        return
    found, address = ctx.find(GIT_ACCOUNT, account), Address.of(source.url)
    if found.config.host != address.host:
        name = build.names.get(account, account)  # who may not read it is not told its name
        raise Conflict(
            f"the git account {name} is not for {address.host or 'this host'}, where the source comes from",
            hint="Choose the account of that host, or none.",
        )


def reveal_account(ctx: Context) -> GitAuth | None:
    """The account with its secrets in clear, for the job's message only."""
    check_account(ctx)
    build = ctx.target(BUILD)
    source, account = build.config.source, build.config.account
    if account is None or source is None:
        return None
    found = ctx.reveal(GIT_ACCOUNT, account)
    address = Address.of(source.url)
    if what := lacking(found, address):
        name = build.names.get(account, account)
        raise Conflict(f"the git account {name} has no {what}", hint="Give it one, or choose another account.")
    return told_for(found, address)


def account_secrets(auth: GitAuth | None) -> tuple[str, ...]:
    """What git is told of a token is another text than the token: both are kept out of output."""
    if auth is None or not auth.token:
        return ()
    return (b64encode(f"{auth.username or 'git'}:{auth.token}".encode()).decode(),)


def service_of(ctx: Context) -> GitService:
    """What runs where the source comes from, as its account says."""
    account = ctx.target(BUILD).config.account
    return ctx.find(GIT_ACCOUNT, account).config.service if account else GitService.OTHER
