"""What a lookout can do."""

from monitor.abilities.container.calls import Acted
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.kernel.resource import Behaviour, Hooks
from monitor.kernel.standard import standard_operations
from tests.resources.example_type import plan
from tests.resources.example_type.spec import LOOKOUT, Look, LookoutInfo, RunAll, RunLookout


async def prepare(ctx: Context, op: RunLookout) -> Job[Acted]:
    """One job on its server."""
    config = ctx.reveal(LOOKOUT, ctx.target(LOOKOUT).id)
    return Job(server=config.server, work=plan.work(config), secrets=ctx.secrets())


async def settle(ctx: Context, op: RunLookout, result: Acted) -> None:
    """Count it."""
    lookout = ctx.target(LOOKOUT)
    ctx.set_info(LOOKOUT, lookout.id, LookoutInfo(runs=lookout.info.runs + 1))
    ctx.summary(f"container is {result.state}")


async def prepare_all(ctx: Context, op: RunAll) -> Job[int]:
    """Ask for each; nobody is waited for."""
    every = await ctx.run(standard_operations(LOOKOUT)["list"]())
    for lookout in every.items:
        await ctx.run(RunLookout(target=lookout.id))
    return Job(result=len(every.items))


async def settle_all(ctx: Context, op: RunAll, result: int) -> None:
    """Say how many."""
    ctx.summary(f"asked for {result}")


async def look(ctx: Context, op: Look) -> str:
    """A word or two."""
    return "LOOKED" if op.loud else "looked"


LOOKOUT_BEHAVIOUR = Behaviour(
    type=LOOKOUT,
    handlers=(
        RunLookout.by(prepare, settle, result=Acted),
        RunAll.by(prepare_all, settle_all, result=int),
        Look.by(look),
    ),
    hooks=Hooks(validate=plan.validate, server_of=lambda config: config.server, status=plan.status),
)
