"""What a probe can do."""

from monitor.abilities.container.calls import Acted
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.kernel.resource import Behaviour, Hooks
from monitor.kernel.standard import standard_operations
from tests.resources.example_type import plan
from tests.resources.example_type.spec import PROBE, Look, ProbeInfo, RunAll, RunProbe


async def prepare(ctx: Context, op: RunProbe) -> Job[Acted]:
    """One job on its server."""
    config = ctx.reveal(PROBE, ctx.target(PROBE).id)
    return Job(server=config.server, work=plan.work(config), secrets=ctx.secrets())


async def settle(ctx: Context, op: RunProbe, result: Acted) -> None:
    """Count it."""
    probe = ctx.target(PROBE)
    ctx.set_info(PROBE, probe.id, ProbeInfo(runs=probe.info.runs + 1))
    ctx.summary(f"container is {result.state}")


async def prepare_all(ctx: Context, op: RunAll) -> Job[int]:
    """Ask for each; nobody is waited for."""
    every = await ctx.run(standard_operations(PROBE)["list"]())
    for probe in every.items:
        await ctx.run(RunProbe(target=probe.id))
    return Job(result=len(every.items))


async def settle_all(ctx: Context, op: RunAll, result: int) -> None:
    """Say how many."""
    ctx.summary(f"asked for {result}")


async def look(ctx: Context, op: Look) -> str:
    """A word or two."""
    return "LOOKED" if op.loud else "looked"


PROBE_BEHAVIOUR = Behaviour(
    type=PROBE,
    handlers=(
        RunProbe.by(prepare, settle, result=Acted),
        RunAll.by(prepare_all, settle_all, result=int),
        Look.by(look),
    ),
    hooks=Hooks(validate=plan.validate, server_of=lambda config: config.server, status=plan.status),
)
