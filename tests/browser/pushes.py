"""Pushes: a build of the fleet that has a webhook, with what came through it lately."""

from datetime import timedelta

from monitor.core.memory import Changes
from monitor.features.webhooks.stored import STATE, HookState
from monitor.kernel.ids import new_id
from monitor.kernel.webhooks import Delivery, Outcome, webhook_operations
from monitor.resources.build.spec import BUILD
from monitor.store.contract import Entry
from tests.browser import builds
from tests.browser.world import World

HOOKED = "api"
"""This build's webhook is on; all others' never were."""
_CAME = (
    (3, "github", "push", "main", "mei", Outcome.NOTHING_NEW, "commit {commit} is built already"),
    (8, "github", "push", "main", "mei", Outcome.RUN, "commit {commit} of main"),
    (8.2, "github", "push", "main", "mei", Outcome.MERGED, "commit {commit} of main"),
    (95, "github", "pull_request", "", "", Outcome.IGNORED, "an event 'pull_request': only pushes count"),
    (96, "github", "push", "feat/rate-limits", "tom", Outcome.IGNORED, "branch feat/rate-limits is none of main"),
    (340, "github", "push", "main", "jon", Outcome.IGNORED, "no file that counts changed between 4f1c02aa91 and d09e"),
    (
        1500,
        "monitor",
        "push",
        "",
        "ana",
        Outcome.FAILED,
        "the repository cannot be asked (git ended with 128)",
    ),
    (1502, "github", "ping", "", "", Outcome.IGNORED, "a ping: address and secret are right"),
)


async def tell_of_pushes(world: World) -> None:
    """Switch it on, as ana did; the deliveries came since."""
    parts = world.app.core.parts
    record = parts.catalog.find("build", HOOKED)
    assert record is not None
    commit = builds.commit_of(HOOKED, builds.BY_NAME[HOOKED].version)
    deliveries = tuple(
        Delivery(
            id=new_id(world.now - timedelta(minutes=minutes)),
            at=world.now - timedelta(minutes=minutes),
            service=service,
            event=event,
            branch=branch,
            commit=commit if branch == "main" else "",
            pusher=pusher,
            outcome=outcome,
            reason=reason.format(commit=commit[:10]),
            activity=record.info.activity if outcome in (Outcome.RUN, Outcome.MERGED, Outcome.NOTHING_NEW) else "",
        )
        for minutes, service, event, branch, pusher, outcome, reason in _CAME
    )
    changes = Changes()
    changes.put(STATE, record.id, HookState(id=record.id, deliveries=deliveries))
    await parts.memory.commit(changes, Entry("webhook", world.now))
    switch_on = webhook_operations(BUILD)["webhook_on"]
    await world.app.run(switch_on(target=HOOKED, branches=("main",), paths=("!docs",)), world.people["ana"])
