"""How an account is tried: a server signs in with it, as it would for a deploy or a build; what came of it is said."""

from msgspec import Struct

from monitor.abilities.container.calls import RegistryAuth
from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth, GitSource, LookAtSource
from monitor.abilities.git.plan import check_source
from monitor.abilities.registry.calls import SignIn
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.parts import Parts
from monitor.kernel.errors import Conflict, Forbidden, HostError, Invalid
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.permission import Level
from monitor.resources.account_tests import AccountTested
from monitor.resources.git_account.operations import TestGitAccount
from monitor.resources.git_account.signing import lacking, told_for
from monitor.resources.git_account.spec import GIT_ACCOUNT, GitAccountConfig
from monitor.resources.registry_account.operations import TestRegistryAccount
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT, RegistryAccountConfig


class _Tried(Struct, frozen=True):
    """What came of it, and from where."""

    server: str
    told: AccountTested


class AccountTests:
    """Answers `registry_account.test` and `git_account.test`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def handlers(self) -> tuple[Handler, ...]:
        """One per operation."""
        return (
            AnswerHandler(TestRegistryAccount, self.tried, before=self.try_registry),
            AnswerHandler(TestGitAccount, self.tried, before=self.try_git),
        )

    async def try_registry(self, ctx: QueryContext, op: TestRegistryAccount) -> _Tried:
        """Before edits are held up: a registry may be slow."""
        server = self._server(ctx.caller, op.server)
        account: RegistryAccountConfig = ctx.reveal(REGISTRY_ACCOUNT, ctx.record.id)
        if account.token is None:
            raise Conflict("the account has no token", hint="Give it one first.")
        auth = RegistryAuth(domain=account.domain, username=account.username, token=account.token)
        began = ctx.clock.monotonic()
        signed = await ctx.host(server.id).call(SignIn(auth=auth))
        told = AccountTested(
            accepted=not signed.error,
            found="" if signed.error else f"{account.domain} takes {account.username}",
            error=without(signed.error, account.token),
            hint=signed.hint,
            seconds=ctx.clock.monotonic() - began,
        )
        return _Tried(server.stored.name, told)

    async def try_git(self, ctx: QueryContext, op: TestGitAccount) -> _Tried:
        """The same of a git server."""
        server = self._server(ctx.caller, op.server)
        account: GitAccountConfig = ctx.reveal(GIT_ACCOUNT, ctx.record.id)
        source = GitSource(url=op.repository)
        auth = _git_auth(account, source)
        began = ctx.clock.monotonic()
        try:
            seen = await ctx.host(server.id).call(LookAtSource(source=source, auth=auth))
            found, error, hint = f"it is at {seen.commit[:12]}" + (f" of {seen.branch}" if seen.branch else ""), "", ""
        except HostError as failure:
            found, error, hint = "", without(failure.message, auth.token, auth.private_key), failure.hint
        took = ctx.clock.monotonic() - began
        return _Tried(
            server.stored.name, AccountTested(accepted=not error, found=found, error=error, hint=hint, seconds=took)
        )

    async def tried(self, ctx: EditContext, op: TestRegistryAccount | TestGitAccount) -> AccountTested:
        """Kept in the record alone."""
        done: _Tried = ctx.prepared
        how = "was accepted" if done.told.accepted else "was not accepted"
        ctx.summary(f"{how}, asked from {done.server}")
        return done.told

    def _server(self, caller: Caller, ref: str) -> Record:
        """One it may be told to: as for a config that names it."""
        found = self._parts.catalog.find("server", ref)
        if found is None or not self._parts.permit.readable(caller, "server", found.id):
            raise Invalid.field("server", f"there is no server {ref[:80]!r}")
        if not self._parts.permit.may(caller, Level.EXECUTE, "server", found.id):
            raise Forbidden(f"trying it from there needs 'execute' on server {found.stored.name}")
        return found


def _git_auth(account: GitAccountConfig, source: GitSource) -> GitAuth:
    """Told to the account's own host alone."""
    try:
        address: Address = check_source(source)
    except Invalid as wrong:
        raise Invalid.field("repository", wrong.fields[0].message if wrong.fields else wrong.message) from None
    if address.host != account.host:
        raise Invalid.field("repository", f"the account is for {account.host} alone: give an address there")
    if what := lacking(account, address):
        which = "an address over ssh" if address.scheme == "ssh" else "this address"
        raise Conflict(f"the account has no {what}, which {which} needs", hint="Give it one first, or another address.")
    return told_for(account, address)


def without(text: str, *secrets: str) -> str:
    """Whatever a server repeats."""
    for secret in secrets:
        text = text.replace(secret, "…") if secret else text
    return text
