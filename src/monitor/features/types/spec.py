"""What can be asked about what exists."""

from typing import Any, ClassVar

from msgspec import Struct

from monitor.kernel.operation import Needs, Query, StepInfo
from monitor.kernel.permission import Access
from monitor.kernel.resource import Column


class OperationInfo(Struct, frozen=True, kw_only=True):
    """One operation as screens need it."""

    name: str
    title: str
    kind: str
    danger: bool
    """It takes away what cannot be brought back."""
    attended: bool
    """It has a screen of its own, and no button."""
    needs: str
    targeted: bool
    part: str
    """What of its target it is about, where that is not the whole: screens offer it there."""
    method: str
    path: str
    help: str
    steps: tuple[StepInfo, ...]
    """All steps its job may take, in order."""
    meanwhile: str
    """What stays true while it runs."""
    schema: dict[str, Any]
    """JSON schema of its parameters."""


class StreamInfo(Struct, frozen=True, kw_only=True):
    """One live topic as screens need it."""

    name: str
    kind: str
    """state or log."""
    targeted: bool
    needs: str
    help: str
    event: dict[str, Any]
    """JSON schema of what it sends."""


class TypeInfo(Struct, frozen=True, kw_only=True):
    """One resource type as screens need it."""

    name: str
    plural: str
    title: str
    help: str
    columns: tuple[Column, ...]
    config: dict[str, Any]
    """JSON schema of its config, with x-… marks."""
    info: dict[str, Any]
    status: dict[str, Any]
    operations: tuple[OperationInfo, ...]
    topics: tuple[str, ...]
    """Names of its live topics."""
    streams: tuple[StreamInfo, ...]
    """The same, described."""


class ListTypes(Query[tuple[TypeInfo, ...]], frozen=True, kw_only=True, tag="type.list"):
    """Labels, groups, columns and marks for derived forms and lists."""

    needs: ClassVar[Needs] = Access.SIGNED_IN
    targeted: ClassVar[bool] = False
    path: ClassVar[str] = "/types"


OPERATIONS = (ListTypes,)
