"""What a user is and what can be asked about users."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import UNSET, Meta, Struct, UnsetType

from monitor.kernel.marks import SECRET
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access

Password = Annotated[str, Meta(min_length=8, max_length=1024), SECRET]


class User(Struct, frozen=True, kw_only=True):
    """Somebody who may sign in."""

    id: str
    name: str
    admin: bool = False
    enabled: bool = True
    created: datetime
    last_seen: datetime | None = None


class ListUsers(Query[tuple[User, ...]], frozen=True, kw_only=True, tag="user.list"):
    """Every user, by name."""

    needs: ClassVar[Needs] = Access.ADMIN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/users"


class GetUser(Query[User], frozen=True, kw_only=True, tag="user.get"):
    """One user."""

    needs: ClassVar[Needs] = Access.ADMIN
    path: ClassVar[str] = "/users/{target}"


class CreateUser(Edit[User], frozen=True, kw_only=True, tag="user.create"):
    """Add a user; without grants he sees nothing."""

    needs: ClassVar[Needs] = Access.ADMIN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/users"

    name: str
    password: Password
    admin: bool = False


class UpdateUser(Edit[User], frozen=True, kw_only=True, tag="user.update"):
    """Enable or disable a user, or make him admin or not. Ends his sessions and keys when he loses something."""

    needs: ClassVar[Needs] = Access.ADMIN
    path: ClassVar[str] = "/users/{target}"
    method: ClassVar[str] = "PATCH"

    enabled: bool | UnsetType = UNSET
    admin: bool | UnsetType = UNSET


class SetPassword(Edit[None], frozen=True, kw_only=True, tag="user.set_password"):
    """Change a password: one's own with the current one, anybody's as admin. Ends that user's other sessions."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/users/{target}/password"

    password: Password
    current: Annotated[str, Meta(max_length=1024), SECRET] = ""


class DeleteUser(Edit[None], frozen=True, kw_only=True, tag="user.delete"):
    """Remove a user, his grants, sessions and keys; what he did stays in the record."""

    danger: ClassVar[bool] = True
    needs: ClassVar[Needs] = Access.ADMIN
    path: ClassVar[str] = "/users/{target}"
    method: ClassVar[str] = "DELETE"


OPERATIONS = (ListUsers, GetUser, CreateUser, UpdateUser, SetPassword, DeleteUser)
