"""What an API key is and what can be asked about keys."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Access


class Key(Struct, frozen=True, kw_only=True):
    """An API key: 256 random bits, stored as SHA-256; it can do what its user can."""

    id: str
    name: str
    user: str
    created: datetime
    expires: datetime
    last_used: datetime | None = None


class NewKey(Struct, frozen=True, kw_only=True):
    """A key just made: the only time its `secret` is shown. Sent as `Authorization: Bearer …`."""

    key: Key
    secret: str


class CreateKey(Edit[NewKey], frozen=True, kw_only=True, tag="key.create"):
    """Make a key for oneself."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/keys"

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    days: Annotated[int, Meta(ge=1, le=3650)] = 90


class ListKeys(Query[tuple[Key, ...]], frozen=True, kw_only=True, tag="key.list"):
    """One's own keys; admins see everybody's."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/keys"


class DeleteKey(Edit[None], frozen=True, kw_only=True, tag="key.delete"):
    """Make a key worthless at once: one's own, or anybody's as admin."""

    danger: ClassVar[bool] = True
    needs: ClassVar[Needs] = Access.SIGNED_IN
    path: ClassVar[str] = "/keys/{target}"
    method: ClassVar[str] = "DELETE"


OPERATIONS = (CreateKey, ListKeys, DeleteKey)
