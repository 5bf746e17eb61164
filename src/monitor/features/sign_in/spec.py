"""What can be asked about signing in."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.features.users.spec import Password, User
from monitor.kernel.marks import SECRET
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access
from monitor.kernel.stream import Stream


class Welcome(Struct, frozen=True, kw_only=True):
    """What anybody may know before signing in."""

    version: str
    needs_setup: bool
    """No admin exists yet: the set-up token is asked for."""
    signed_in: bool = False
    """Whoever asks is signed in already."""
    insecure: bool = False
    """Core is reached over plain HTTP beyond this machine; said in a banner."""


class GetWelcome(Query[Welcome], frozen=True, kw_only=True, tag="session.welcome"):
    """Version, and whether the first admin is still to be made."""

    needs: ClassVar[Needs] = Access.PUBLIC
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/welcome"


class SetUp(Edit[User], frozen=True, kw_only=True, tag="session.set_up"):
    """Make the first admin with the one-time token printed at start; signs him in."""

    needs: ClassVar[Needs] = Access.PUBLIC
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/setup"

    token: Annotated[str, Meta(max_length=200), SECRET]
    name: str
    password: Password


class SignIn(Edit[User], frozen=True, kw_only=True, tag="session.sign_in"):
    """Sign in by name and password; the session is a cookie."""

    needs: ClassVar[Needs] = Access.PUBLIC
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/login"

    name: Annotated[str, Meta(max_length=100)]
    password: Annotated[str, Meta(max_length=1024), SECRET]


class SignOut(Edit[None], frozen=True, kw_only=True, tag="session.sign_out"):
    """End this session."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/logout"


class Me(Struct, frozen=True, kw_only=True):
    """Who is signed in, and what he may create."""

    user: User
    can: tuple[str, ...] = ()
    """Operations on no single resource he may ask for: `deployment.create`, `user.list`, …"""


class GetMe(Query[Me], frozen=True, kw_only=True, tag="session.me"):
    """Who am I?"""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/me"


class WatchMe(Stream[Me], frozen=True, kw_only=True, tag="session.watch"):
    """Who am I, live, by the user's id: told anew whenever his rights change."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False


OPERATIONS = (GetWelcome, SetUp, SignIn, SignOut, GetMe)
STREAMS = (WatchMe,)
