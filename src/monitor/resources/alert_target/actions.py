"""What a target can do by itself: go, with what waits for it. Sending is done by features/notifying."""

from monitor.kernel.context import Context
from monitor.kernel.resource import Behaviour, Hooks
from monitor.notifier.services import DOCS, SERVICES
from monitor.resources.alert_target import noted, plan
from monitor.resources.alert_target.operations import DeleteTarget, KnownService, ListServices
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET, DELIVERIES


async def delete(ctx: Context, op: DeleteTarget) -> None:
    """With its queue, of which the record says how long it was."""
    target = ctx.target(ALERT_TARGET)
    waiting = len(ctx.items(DELIVERIES, target.id))
    ctx.delete(ALERT_TARGET, target.id)
    if waiting:
        ctx.summary(f"{waiting} {'message' if waiting == 1 else 'messages'} that waited for it were dropped")


async def services(ctx: Context, op: ListServices) -> tuple[KnownService, ...]:
    """In the order of the table."""
    return tuple(_known(name) for name in ServiceName)


def _known(name: ServiceName) -> KnownService:
    found = SERVICES.get(name.value)
    if found is None:
        form = "" if name is ServiceName.BROWSER else plan.form_of(name)
        return KnownService(name=name.value, title=plan.title_of(name), form=form)
    return KnownService(
        name=name.value,
        title=found.title,
        form=found.form,
        schemes=found.schemes,
        parameters=found.parameters,
        docs=f"{DOCS}{found.docs}/",
    )


ALERT_TARGET_BEHAVIOUR = Behaviour(
    type=ALERT_TARGET,
    handlers=(DeleteTarget.by(delete), ListServices.by(services)),
    hooks=Hooks(validate=plan.validate, status=plan.status, notes=noted.notes),
)
