"""After a build: redeploying what asks for it, and who gains what by writing the build."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.operation import Action, Query


class Redeploy(Action, frozen=True, kw_only=True, tag="build.redeploy"):
    """Deploy the newest version in every deployment that asks for it and runs, each with the right of who switched
    that on; happens by itself after each build.
    """

    counts: ClassVar[bool] = False
    meanwhile: ClassVar[str] = "A cancellation ends those that run and begins no more"

    version: Annotated[str, Meta(max_length=200)] = ""
    """Only where this is still the newest version; empty: whichever is."""
    deployments: Annotated[tuple[str, ...], Meta(max_length=1000)] = ()
    """Filled in as it begins: ids of those it is about."""


class Follower(Struct, frozen=True, kw_only=True):
    """One deployment that is redeployed after a build."""

    name: str
    server: str
    """Name of its server, where the reader may see that."""
    state: str
    version: str
    """What it was deployed with last."""
    redeploys_as: str
    """Who switched it on, and is asked for the right each time."""
    skipped: str = ""
    """Why it would be left alone now; empty: it would be redeployed."""
    deployed: datetime | None = None
    deployment: str
    """Its id."""


class ListFollowers(Query[tuple[Follower, ...]], frozen=True, kw_only=True, tag="build.redeploys"):
    """What would be redeployed after the next build, of what the caller may read; by name."""


class Writers(Struct, frozen=True, kw_only=True):
    """Who decides what code a build's images hold, and so what runs in each deployment of it."""

    told: bool
    """Whether the caller may know who: with the right `manage` on the build."""
    people: tuple[str, ...] = ()
    """Names of those with write on it, by name."""
    admins: int = 0
    """How many admins can, too."""


class ListWriters(Query[Writers], frozen=True, kw_only=True, tag="build.writers"):
    """Who can change the build, and by that run any code in every deployment of its images."""


REDEPLOYING = (Redeploy, ListFollowers, ListWriters)
