"""Alert targets of the fleet: some that deliver, one that does not, with a past, and a maintenance."""

from datetime import timedelta

from msgspec import structs

from monitor.core.catalog import info_kind
from monitor.core.memory import Changes
from monitor.kernel.alerts import ALERT
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.alert_target.info import AlertTargetInfo, DeliveryEnd, DeliveryKind, DeliveryNote, Standstill
from monitor.resources.alert_target.service_names import ServiceName
from monitor.resources.alert_target.spec import ALERT_TARGET
from monitor.resources.alert_target.times import DailyDigest, Quiet
from monitor.resources.maintenance.spec import MAINTENANCE, MaintenanceConfig
from monitor.resources.maintenance.times import Weekly
from monitor.store.contract import Entry
from tests.browser.world import World

_SAID = (
    ("[critical] db-main: Disk full", DeliveryKind.EVENT),
    ("Monitor: 4 alerts", DeliveryKind.SUMMARY),
    ("[warning] web-2: Memory, now critical", DeliveryKind.EVENT),
    ("[resolved] web-2: Memory", DeliveryKind.EVENT),
    ("Monitor: 2 alerts stand", DeliveryKind.DIGEST),
    ("Monitor: test", DeliveryKind.TEST),
)


async def add_targets(world: World) -> None:
    """As an admin would."""
    app, now = world.app, world.app.clock.now()
    quiet, digest = Quiet(zone="Europe/Berlin"), DailyDigest(zone="Europe/Berlin")
    ops = AlertTargetConfig(service=ServiceName.NTFY, url="ntfys://ntfy.example/ops-a1b2c3", quiet=quiet, digest=digest)
    hook = {"url": "https://hooks.example/monitor", "secret": "0123456789abcdef"}
    targets = [
        await app.create(ALERT_TARGET, "ops-phone", ops),
        await app.create(ALERT_TARGET, "ticket-system", AlertTargetConfig(service=ServiceName.WEBHOOK, **hook)),
        await app.create(ALERT_TARGET, "browsers", AlertTargetConfig(service=ServiceName.BROWSER)),
    ]
    changes, told = Changes(), [doc.id for doc in await app.core.parts.memory.store.all(ALERT)]
    for at, target in enumerate(targets[:2]):
        log = tuple(
            DeliveryNote(
                id=f"{target.id[:24]}{at}{line}",
                at=now - timedelta(minutes=7 + 95 * line * line),
                kind=kind,
                text=text,
                end=DeliveryEnd.FAILED if at and not line else DeliveryEnd.DELIVERED,
                tries=3 if at and not line else 1,
                error="answered 503 Service Unavailable: upstream connect error" if at and not line else "",
                next=now + timedelta(minutes=2) if at and not line else None,
                alerts=tuple(told[-20:]) if line < 2 else (),
            )
            for line, (text, kind) in enumerate(_SAID)
        )
        info = AlertTargetInfo(log=log, digested=now)
        if at:
            trouble = Standstill(since=now, error=log[0].error, tries=3, next=log[0].next, urgent=log[0].next)
            info = structs.replace(info, waiting=3, trouble=trouble)
        changes.put(info_kind(ALERT_TARGET.name), target.id, info)
    await app.core.parts.memory.commit(changes, Entry("delivery", now))
    when = Weekly(start="02:00", minutes=120, zone="Europe/Berlin")
    await app.create(MAINTENANCE, "patch-night", MaintenanceConfig(when=when, tags=("production",)))
