"""Messages about containers that belong to no deployment."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.abilities.container.calls import ContainerVerb
from monitor.kernel.job import HostJob

AT_ONCE = 200
"""Containers of one job at most."""

ContainerId = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
"""A whole id: what nothing else can be called or come to be called, whatever is renamed meanwhile."""
Called = Annotated[str, Meta(max_length=1000)]


class Unmanaged(Struct, frozen=True, kw_only=True):
    """One container, as core saw it when it decided that nobody owns it."""

    id: ContainerId
    name: Called
    """For people."""
    core: Called = ""
    """The labels of Monitor it carries although nobody owns it: its deployment was deleted, the container kept."""
    deployment: Called = ""


class Done(Struct, frozen=True, kw_only=True):
    """What became of one container, asked of the daemon; `removed` after a remove."""

    id: str
    name: str
    state: str


class ActOnUnmanaged(HostJob[tuple[Done, ...]], frozen=True, kw_only=True, tag="unmanaged.act"):
    """One verb on each of them; a step for each, named like `stop web`. One that fails leaves the others alone.

    Each is judged by its whole id and its labels just before: what belongs to a deployment is refused.
    """

    time_limit: ClassVar[float] = 300.0

    containers: Annotated[tuple[Unmanaged, ...], Meta(min_length=1, max_length=AT_ONCE)]
    verb: ContainerVerb
    timeout: int = 10
    """Seconds between the stop signal and KILL."""
    signal: str = ""
    """What a kill sends; empty: KILL."""
