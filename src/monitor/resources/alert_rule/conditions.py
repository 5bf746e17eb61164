"""Conditions: what a rule watches. Each is a figure with levels, or something that holds or does not."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown
from monitor.kernel.measures import OF_CONTAINERS as CONTAINER_MEASURES
from monitor.kernel.measures import Measure
from monitor.resources.alert_rule.figures import OF_SERVERS as SERVER_FIGURES

_Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=r"^[a-z0-9_]+$")]


def _choices(measures: dict[str, Measure]) -> Meta:
    """For screens: what there is to choose from, each with its title and unit. Others are refused by the plan."""
    offered = [{"value": m.name, "title": m.title, "unit": m.unit.value} for m in measures.values()]
    return Meta(extra_json_schema={"x-choices": offered})


_Thing = Annotated[str, Meta(max_length=300, pattern=r"^[^\x00]*$")]
_UNMANAGED = shown("Unmanaged too", "Also containers that belong to no deployment.")
_UNDER = shown("Below", "It is bad below its level, not above.")


class ServerFigure(Struct, frozen=True, kw_only=True, tag_field="kind", tag="server_figure"):
    """A figure of servers. Of what there are several of (disks, sensors) each is watched by itself."""

    measure: Annotated[
        _Name,
        shown("Figure", "`cpu`, `memory`, `disk`, or another that is measured of servers."),
        _choices(SERVER_FIGURES),
    ]
    of: Annotated[_Thing, shown("Of", "One thing alone, as `/srv`; empty: each.")] = ""
    under: Annotated[bool, _UNDER] = False


class ContainerFigure(Struct, frozen=True, kw_only=True, tag_field="kind", tag="container_figure"):
    """A figure of containers; a deployment's containers count together."""

    measure: Annotated[
        _Name,
        shown("Figure", "`cpu` (percent of one core), `memory` (bytes), or another."),
        _choices(CONTAINER_MEASURES),
    ]
    under: Annotated[bool, _UNDER] = False
    unmanaged: Annotated[bool, _UNMANAGED] = False


class DiskFull(Struct, frozen=True, kw_only=True, tag_field="kind", tag="disk_full"):
    """A file system that is full in so many hours if it goes on as over the last six. Levels are hours."""

    of: Annotated[_Thing, shown("Mount", "One file system alone, as `/srv`; empty: each.")] = ""


class Unreachable(Struct, frozen=True, kw_only=True, tag_field="kind", tag="unreachable"):
    """A server that does not answer. While it lasts nothing is told of what is on it."""


class DockerSilent(Struct, frozen=True, kw_only=True, tag_field="kind", tag="docker_silent"):
    """A server that answers, and its Docker does not."""


class AgentOld(Struct, frozen=True, kw_only=True, tag_field="kind", tag="agent_old"):
    """A server whose periphery is older than this core."""


class Exited(Struct, frozen=True, kw_only=True, tag_field="kind", tag="exited"):
    """A container that has ended without having been asked to."""

    any_code: Annotated[bool, shown("With code 0 too", "Also one that ended as its program wanted.")] = False
    unmanaged: Annotated[bool, _UNMANAGED] = False


class Unhealthy(Struct, frozen=True, kw_only=True, tag_field="kind", tag="unhealthy"):
    """A container whose health check fails."""

    unmanaged: Annotated[bool, _UNMANAGED] = True


class RestartLoop(Struct, frozen=True, kw_only=True, tag_field="kind", tag="restart_loop"):
    """A container that Docker has to start again and again."""

    times: Annotated[int, Meta(ge=1, le=1000), shown("Restarts", "So many within the minutes below.")] = 3
    minutes: Annotated[int, Meta(ge=1, le=1440), shown("Minutes", "In which they are counted.")] = 10
    unmanaged: Annotated[bool, _UNMANAGED] = True


class OomKilled(Struct, frozen=True, kw_only=True, tag_field="kind", tag="oom_killed"):
    """A container of which the kernel killed something for want of memory, whether or not it runs again."""

    unmanaged: Annotated[bool, _UNMANAGED] = True


class Missing(Struct, frozen=True, kw_only=True, tag_field="kind", tag="missing"):
    """A deployment whose container is gone though nobody asked Monitor to remove it."""


class Drifted(Struct, frozen=True, kw_only=True, tag_field="kind", tag="drifted"):
    """A deployment whose container was replaced or renamed outside Monitor."""


class NewerImage(Struct, frozen=True, kw_only=True, tag_field="kind", tag="image_update"):
    """A deployment for which there is a newer image that it does not take by itself."""


class Doing(StrEnum):
    """What may fail."""

    BUILD = "build"
    DEPLOY = "deploy"


class Failed(Struct, frozen=True, kw_only=True, tag_field="kind", tag="failed"):
    """The last build, or the last deploy, of a resource has failed; a later one that succeeds ends it."""

    doing: Annotated[Doing, shown("What", "build, or deploy: also what rolls back or takes a newer image.")]


Condition = (
    Unreachable
    | ServerFigure
    | ContainerFigure
    | DiskFull
    | DockerSilent
    | AgentOld
    | Exited
    | Unhealthy
    | RestartLoop
    | OomKilled
    | Missing
    | Drifted
    | NewerImage
    | Failed
)
OF_SERVERS = (ServerFigure, DiskFull, Unreachable, DockerSilent, AgentOld)
OF_CONTAINERS = (ContainerFigure, Exited, Unhealthy, RestartLoop, OomKilled)
"""Of deployments, and with `unmanaged` of what is nobody's on a server."""
FIGURES = (ServerFigure, ContainerFigure, DiskFull)
"""Those with levels; all others hold or do not."""


def measure_of(condition: Condition) -> Measure | None:
    """What its figure is; None for one without, and of an older record for what is not measured any more."""
    match condition:
        case ServerFigure():
            return SERVER_FIGURES.get(condition.measure)
        case ContainerFigure():
            return CONTAINER_MEASURES.get(condition.measure)
        case _:
            return None


def is_under(condition: Condition) -> bool:
    """Whether small figures are the bad ones."""
    return isinstance(condition, DiskFull) or getattr(condition, "under", False)


def kind_of(condition: Condition) -> str:
    """Its tag."""
    return str(condition.__struct_config__.tag)


def types_of(condition: Condition) -> tuple[str, ...]:
    """Types of resources it may hold of."""
    if isinstance(condition, OF_SERVERS):
        return ("server",)
    if isinstance(condition, OF_CONTAINERS):
        return ("deployment", "server") if condition.unmanaged else ("deployment",)
    if isinstance(condition, Failed):
        return ("build",) if condition.doing is Doing.BUILD else ("deployment",)
    return ("deployment",)
