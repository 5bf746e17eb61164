"""What differs between the container and what Monitor deployed."""

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from monitor.abilities.drift.calls import Difference
from monitor.kernel.operation import Needs, Query
from monitor.kernel.permission import Right


class DriftState(StrEnum):
    """What can be said of it."""

    NONE = "none"
    DRIFTED = "drifted"
    GONE = "gone"
    UNKNOWN = "unknown"


class Drift(Struct, frozen=True, kw_only=True):
    """The container as its host describes it now, beside the release that was deployed last."""

    state: DriftState
    reason: str = ""
    """Why it is unknown, or what became of the container."""
    release: int = 0
    replaced: bool = False
    """It is another container than the one Monitor made."""
    differences: tuple[Difference, ...] = ()


class LookForDrift(Query[Drift], frozen=True, kw_only=True, tag="deployment.drift"):
    """Ask the host what was changed of the container outside Monitor since it was deployed."""

    needs: ClassVar[Needs] = Right.INSPECT


DRIFT = (LookForDrift,)
