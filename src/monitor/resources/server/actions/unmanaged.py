"""What is done to containers that belong to no deployment: one job for all that are named."""

from typing import TypeVar

from msgspec.structs import replace

from monitor.abilities.container.calls import ContainerVerb, Label
from monitor.abilities.unmanaged.calls import AT_ONCE, ActOnUnmanaged, Done, Unmanaged
from monitor.kernel.context import Context
from monitor.kernel.errors import Invalid, MonitorError
from monitor.kernel.hostview import Container
from monitor.kernel.job import Job
from monitor.resources.server.operations import unmanaged as ops
from monitor.resources.server.spec import SERVER

_DONE = {
    ContainerVerb.START: "started",
    ContainerVerb.STOP: "stopped",
    ContainerVerb.RESTART: "restarted",
    ContainerVerb.PAUSE: "paused",
    ContainerVerb.UNPAUSE: "unpaused",
    ContainerVerb.KILL: "killed",
    ContainerVerb.REMOVE: "removed",
}
_VERBS: dict[type[ops.OnContainers], ContainerVerb] = {
    ops.StartContainers: ContainerVerb.START,
    ops.StopContainers: ContainerVerb.STOP,
    ops.RestartContainers: ContainerVerb.RESTART,
    ops.PauseContainers: ContainerVerb.PAUSE,
    ops.UnpauseContainers: ContainerVerb.UNPAUSE,
    ops.KillContainers: ContainerVerb.KILL,
    ops.RemoveContainers: ContainerVerb.REMOVE,
}
Op = TypeVar("Op", bound=ops.OnContainers)
_NAMED = 5
"""Containers a summary names at most."""


async def prepare(ctx: Context, op: ops.OnContainers) -> Job[tuple[Done, ...]]:
    """One job for all of them."""
    meant = meant_by(ctx, op)
    timeout = getattr(op, "timeout", 10)
    return Job(
        server=ctx.target(SERVER).id,
        work=ActOnUnmanaged(
            containers=tuple(map(unmanaged_of, meant)),
            verb=_VERBS[type(op)],
            timeout=timeout,
            signal=getattr(op, "signal", ""),
        ),
        time_limit=ActOnUnmanaged.time_limit + (timeout + 10) * len(meant),
    )


async def settle(ctx: Context, op: ops.OnContainers, result: tuple[Done, ...]) -> None:
    """The live state comes from the host by itself; only the summary is new."""
    names = [each.name for each in result]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    ctx.summary(f"{_DONE[_VERBS[type(op)]]} {', '.join(names[:_NAMED])}{more}")


def check(ctx: Context, op: ops.OnContainers) -> None:
    """All that are named must be there, and nobody's."""
    meant_by(ctx, op)


def freeze(ctx: Context, op: Op) -> Op:
    """By their ids from now on: who comes to have a name, or to be in the project, later is not meant."""
    return replace(op, containers=tuple(each.id for each in meant_by(ctx, op)), project="")


def lanes(ctx: Context, op: ops.OnContainers) -> tuple[str, ...]:
    """One for each container: others of the server may be worked on meanwhile. None for what is gone by now."""
    try:
        return tuple(f"container:{each.id}" for each in meant_by(ctx, op))
    except MonitorError:
        return ()


def meant_by(ctx: Context, op: ops.OnContainers) -> list[Container]:
    """The containers an operation names, each once. Invalid, NotFound or Conflict."""
    server = ctx.target(SERVER).id
    if bool(op.containers) == bool(op.project):
        raise Invalid.field("containers", "name containers, or a compose project in their place")
    if op.project:
        found = ctx.unmanaged_project(server, op.project)
        if len(found) > AT_ONCE:
            raise Invalid.field("project", f"it has {len(found)} containers, more than {AT_ONCE}: name some of them")
        return found
    return list({each.id: each for each in (ctx.unmanaged_container(server, ref) for ref in op.containers)}.values())


def unmanaged_of(container: Container) -> Unmanaged:
    """As the host is to judge it again."""
    labels = dict(container.labels)
    return Unmanaged(
        id=container.id,
        name=container.name[:1000],
        core=labels.get(Label.CORE, ""),
        deployment=labels.get(Label.DEPLOYMENT, ""),
    )


UNMANAGED = tuple(
    operation.by(prepare, settle, result=tuple[Done, ...], check=check, lanes=lanes, freeze=freeze, apart=True)
    for operation in ops.UNMANAGED
)
