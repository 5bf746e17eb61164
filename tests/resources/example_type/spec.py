"""What a lookout is: a container of a server, and the word that opens its door."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.marks import SECRET, refers_to, shown
from monitor.kernel.operation import Action, Needs, Query
from monitor.kernel.permission import Level, Right
from monitor.kernel.resource import Column, ResourceType


class LookoutConfig(Struct, frozen=True, kw_only=True):
    """What people set on a lookout."""

    server: Annotated[str, refers_to("server", Level.EXECUTE), shown("Server")]
    container: Annotated[str, Meta(pattern=r"^[a-z]+$", max_length=60), shown("Container")] = "web"
    after: Annotated[str | None, refers_to("lookout", Level.READ), shown("After", "Another lookout.")] = None
    password: Annotated[Annotated[str, Meta(min_length=4)] | None, SECRET, shown("Password")] = None


class LookoutInfo(Struct, frozen=True, kw_only=True):
    """What the last run left."""

    runs: int = 0


class LookoutStatus(Struct, frozen=True, kw_only=True):
    """Whether its server answers."""

    state: str


class RunLookout(Action, frozen=True, kw_only=True, tag="lookout.run"):
    """Restart the container."""


class RunAll(Action, frozen=True, kw_only=True, tag="lookout.run_all"):
    """Run every lookout the caller may run; each is an activity of its own."""

    targeted: ClassVar[bool] = False
    needs: ClassVar[Needs] = Level.EXECUTE


class Look(Query[str], frozen=True, kw_only=True, tag="lookout.look"):
    """Look inside."""

    needs: ClassVar[Needs] = Right.INSPECT

    loud: bool = False


LOOKOUT: ResourceType[LookoutConfig, LookoutInfo, LookoutStatus] = ResourceType(
    name="lookout",
    plural="lookouts",
    title="Lookout",
    config=LookoutConfig,
    info=LookoutInfo,
    status=LookoutStatus,
    operations=(RunLookout, RunAll, Look),
    columns=(Column("info.runs", "Runs"),),
)
