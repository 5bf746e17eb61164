"""What a grant is and what can be asked about grants."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access, HostPower, Level, Right


class Grant(Struct, frozen=True, kw_only=True):
    """What one user may do with one resource, or with every one of a type; the highest of all his grants counts."""

    id: str
    user: str
    type: str
    """Resource type: server, build, deployment, …"""
    resource: str = ""
    """A resource's id; empty: all of the type."""
    level: Level = Level.NONE
    rights: tuple[Right, ...] = ()
    powers: tuple[HostPower, ...] = ()
    """Host powers on the server (or on all of them)."""
    created: datetime
    user_name: str = ""
    """Filled in answers: the user's name now."""
    resource_name: str = ""
    """The resource's, the same way."""


class SetGrant(Edit[Grant], frozen=True, kw_only=True, tag="grant.set"):
    """Give a user this and no more on one resource or type; replaces what was granted there before."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/grants"

    user: str
    """Id or name."""
    type: str
    resource: str = ""
    """Id or name; empty: all of the type (admins only)."""
    level: Level = Level.NONE
    rights: tuple[Right, ...] = ()
    powers: tuple[HostPower, ...] = ()


class ListGrants(Query[tuple[Grant, ...]], frozen=True, kw_only=True, tag="grant.list"):
    """Grants of a user, or on a resource; admins see all, others those on what they may manage, and their own."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/grants"

    user: str = ""
    type: str = ""
    resource: str = ""


class DeleteGrant(Edit[None], frozen=True, kw_only=True, tag="grant.delete"):
    """Take a grant back; open streams that lived on it close within a second."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/grants/{target}"
    method: ClassVar[str] = "DELETE"


OPERATIONS = (SetGrant, ListGrants, DeleteGrant)
