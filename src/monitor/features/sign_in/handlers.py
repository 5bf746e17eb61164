"""How signing in is answered."""

import asyncio
from collections.abc import AsyncIterator

from monitor import __version__
from monitor.core.caller import Caller, StoredUser
from monitor.core.context import QueryContext
from monitor.core.edit_context import EditContext
from monitor.core.limits import Limit, machine_of
from monitor.core.parts import Parts
from monitor.core.passwords import Passwords
from monitor.core.people import SESSION, USER, People
from monitor.core.setup import SetUpToken
from monitor.features.sign_in.spec import GetMe, GetWelcome, Me, SetUp, SignIn, SignOut, WatchMe, Welcome
from monitor.features.users.spec import User
from monitor.kernel.activity import Who
from monitor.kernel.errors import Conflict, Forbidden, NotSignedIn
from monitor.kernel.ids import check_name, new_id
from monitor.kernel.operation import AnswerHandler, Handler
from monitor.kernel.stream import Item, Snapshot, StreamHandler


class SigningIn:
    """Set-up, sign-in and sign-out. Wrong tries are limited per address and per name."""

    def __init__(
        self, parts: Parts, people: People, passwords: Passwords, token: SetUpToken, *, insecure: bool
    ) -> None:
        self._parts = parts
        self._people = people
        self._passwords = passwords
        self._token = token
        self._insecure = insecure
        self._by_address = Limit(parts.clock, burst=10, every=6)
        self._by_name = Limit(parts.clock, burst=20, every=3)

    def handlers(self) -> tuple[Handler | StreamHandler, ...]:
        """One per operation and topic of the spec."""
        return (
            AnswerHandler(GetWelcome, self.welcome),
            AnswerHandler(SetUp, self.set_up, before=self.hash_password),
            AnswerHandler(SignIn, self.sign_in, before=self.check_password),
            AnswerHandler(SignOut, self.sign_out),
            AnswerHandler(GetMe, self.me),
            StreamHandler(WatchMe, self.watch_me),
        )

    async def welcome(self, ctx: QueryContext, op: GetWelcome) -> Welcome:
        """What anybody may know."""
        return Welcome(
            version=__version__,
            needs_setup=not self._people.has_admin(),
            signed_in=bool(ctx.caller.user),
            insecure=self._insecure,
        )

    async def hash_password(self, ctx: QueryContext, op: SetUp) -> str:
        """Refuse a wrong token before any work is done for it."""
        self._by_address.take(machine_of(ctx.caller.address))
        if self._people.has_admin():
            raise Conflict("set-up is over: an admin exists; sign in instead")
        if not self._token.matches(op.token):
            raise Forbidden(
                "the set-up token is wrong or expired",
                hint="Core prints it at start; for a new one run on its host: monitor core user set-up-token",
            )
        check_name(op.name)
        return await self._passwords.hash(op.password)

    async def set_up(self, ctx: EditContext, op: SetUp) -> User:
        """Make the first admin and sign him in."""
        if self._people.has_admin() or not self._token.matches(op.token):
            raise Conflict("set-up is over: an admin exists; sign in instead")
        user = StoredUser(
            id=new_id(ctx.now()), name=op.name, admin=True, enabled=True, password=ctx.prepared, created=ctx.now()
        )
        ctx.changes.put(USER, user.id, user)
        ctx.after.append(self._token.spend)
        self._enter(ctx, user)
        return self._people.show(user)

    async def check_password(self, ctx: QueryContext, op: SignIn) -> str:
        """The user's id, or NotSignedIn: one answer for a wrong name and a wrong password, in the same time."""
        self._by_address.take(machine_of(ctx.caller.address))
        self._by_name.take(op.name)
        user = self._people.named(op.name)
        right = await self._passwords.check(user.password if user else "", op.password)
        if user is None or not right or not user.enabled:
            raise NotSignedIn("wrong name or password, or the user is disabled")
        self._by_address.give_back(machine_of(ctx.caller.address))
        self._by_name.give_back(op.name)
        return user.id

    async def sign_in(self, ctx: EditContext, op: SignIn) -> User:
        """Open a session."""
        user = self._people.need(ctx.prepared)
        self._enter(ctx, user)
        return self._people.show(user)

    async def sign_out(self, ctx: EditContext, op: SignOut) -> None:
        """End the session (or key) this request came with."""
        ctx.changes.put(SESSION, ctx.caller.session, None)
        ctx.session = ""

    async def me(self, ctx: QueryContext, op: GetMe) -> Me:
        """The caller, and what he may ask for beside single resources."""
        registry = self._parts.registry
        can = tuple(
            name
            for name, operation in registry.operations.items()
            if not operation.targeted
            and self._parts.permit.may(ctx.caller, operation.needs, name.partition(".")[0], "")
        )
        return Me(user=self._people.show(self._people.need(ctx.caller.user)), can=can)

    async def watch_me(self, ctx: QueryContext, topic: WatchMe) -> AsyncIterator[Item[Me] | Snapshot]:
        """Whatever changes it is a change of rights, after which live opens every topic again."""
        yield Item(key=ctx.caller.user, data=await self.me(ctx, GetMe()))
        yield Snapshot.DONE
        await asyncio.Event().wait()

    def _enter(self, ctx: EditContext, user: StoredUser) -> None:
        ctx.caller = Caller(
            who=Who("user", user.id, user.name), admin=user.admin, origin=ctx.caller.origin, address=ctx.caller.address
        )
        ctx.on("user", user.id, user.name)
        ctx.session = self._people.open_session(ctx, user.id)
        ctx.summary(f"signed in from {ctx.caller.address}")
