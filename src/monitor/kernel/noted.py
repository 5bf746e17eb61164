"""Noted: what a type's notes on a change are made from: the config as it will stand, and what lies beside it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from monitor.kernel.hostview import HostView

C = TypeVar("C")
I = TypeVar("I")  # noqa: E741 - the info type, as in resource.py


class Beside(Struct, Generic[C, I], frozen=True, kw_only=True):
    """Another resource there is."""

    id: str
    name: str
    known: bool = True
    """Whether who makes the change may read it; else it is named by its kind alone."""
    tags: tuple[str, ...] = ()
    config: C
    """Secrets masked."""
    sealed: frozenset[str] = frozenset()
    """Fields of which a secret is stored."""
    info: I


class Noted(Struct, Generic[C, I], frozen=True, kw_only=True):
    """A change that will be made, whatever is noted: what is missing may be there before it is needed."""

    id: str
    name: str
    config: C
    info: I
    now: datetime
    view: HostView | None
    """What core knows of its server; None for a type without one, or before that was ever linked."""
    others: Callable[[str], tuple[Beside[Any, Any], ...]]
    """Every other resource of a type, in the order of their names."""

    def other(self, type: str, id: str | None) -> Beside[Any, Any] | None:
        """One of them."""
        return next((one for one in self.others(type) if one.id == id), None) if id else None


def called(other: Beside[Any, Any], kind: str) -> str:
    """`the deployment shop`, or `another deployment` to who may not know its name."""
    return f"the {kind} {other.name}" if other.known else f"another {kind}"


def sentence(text: str) -> str:
    """It begins with a capital and ends with a stop."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
