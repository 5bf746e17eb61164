"""What a schedule can do: say when it would be due. What it asks for is asked by features/schedules."""

from monitor.kernel.context import Context
from monitor.kernel.resource import Behaviour, Hooks
from monitor.resources.schedule import plan
from monitor.resources.schedule.spec import SCHEDULE, PreviewSchedule, Upcoming


async def preview(ctx: Context, op: PreviewSchedule) -> Upcoming:
    """By the time it is now."""
    return plan.upcoming(op.cron, op.zone, ctx.now())


SCHEDULE_BEHAVIOUR = Behaviour(
    type=SCHEDULE,
    handlers=(PreviewSchedule.by(preview),),
    hooks=Hooks(validate=plan.validate, status=plan.status, hinders=plan.hinders, copied=plan.copied),
)
