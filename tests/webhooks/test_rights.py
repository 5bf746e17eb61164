"""Who may do what with a webhook, and what its actor may: one operation on one resource."""

import json
from typing import Any

import pytest

from monitor.core.catalog import info_kind
from monitor.core.settings import CoreSettings
from monitor.features.webhooks.stored import HOOK, STATE, actor
from monitor.kernel.activity import State, Who
from monitor.kernel.errors import Conflict, Forbidden, NotFound
from monitor.kernel.operation import tag_of
from monitor.kernel.permission import Level
from monitor.kernel.standard import standard_operations
from monitor.kernel.webhooks import Outcome, webhook_stream
from monitor.kernel.wire import from_user
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.server.spec import SERVER
from monitor.testing.samples import parameters
from tests.core.tab import Tab
from tests.core.web import problem, web_of
from tests.core.world import refused
from tests.webhooks.forge import OPERATIONS, Forge


def the_actor(forge: Forge, operation: str = "build.run") -> Any:
    id = forge.world.app.core.parts.catalog.find("build", "app").id  # type: ignore[union-attr] - it is there
    return actor(forge.world.app.core.parts, "build", id, operation, "webhook")


async def test_off_until_switched_on(forge: Forge) -> None:
    await forge.world.build("quiet")
    quiet = await forge.world.app.run(OPERATIONS["webhook"](target="quiet"))
    assert (quiet.on, quiet.made, quiet.deliveries) == (False, False, ())
    assert isinstance(await refused(forge.world, OPERATIONS["webhook_url"](target="quiet")), Conflict)


async def test_a_copy_has_none(forge: Forge) -> None:
    copy = await forge.world.app.run(standard_operations(BUILD)["copy"](target="app", name="second"))
    assert not (await forge.world.app.run(OPERATIONS["webhook"](target=copy.id))).made


async def test_each_has_an_address_and_a_secret_of_its_own(forge: Forge) -> None:
    other = await Forge(forge.world, "other", "https://git.example/other").set_up()
    assert forge.path != other.path
    assert forge.secret != other.secret
    assert len(forge.path.removeprefix("/api/hooks/")) == 43, "256 bits"
    assert (await forge.send({"X-Monitor-Token": other.secret})).status_code == 404
    assert (await forge.send({"X-Monitor-Token": forge.secret}, path=other.path)).status_code == 404


async def test_the_secret_is_told_once_and_stored_sealed(forge: Forge) -> None:
    again = await forge.do("webhook_on", paths=("src",))
    assert again.secret == ""
    assert (await forge.do("webhook_url")).secret == ""
    address = forge.path.rpartition("/")[2]
    await forge.github()
    await forge.after()
    await forge.world.app.stop()
    store = forge.world.app.store
    await store.open()
    kept = [doc.body for kind in (HOOK, STATE, "activity", info_kind("build")) for doc in await store.all(kind)]
    kept += [w.entry.body for w in await store.journal(limit=100_000)]
    assert len(kept) > 5
    for body in kept:
        assert forge.secret.encode() not in body
        assert address.encode() not in body
    await store.close()
    await forge.world.app.core.start()


async def test_readers_see_deliveries_and_neither_address_nor_secret(forge: Forge) -> None:
    ann = await forge.world.app.user("ann")
    await forge.world.grant(ann, "build", "app", Level.EXECUTE)
    await forge.github()
    await forge.after()
    web = await web_of(forge.world, ann)
    shown = await web.get("/builds/app/webhook")
    assert shown.json()["deliveries"][0]["outcome"] == "run"
    assert forge.secret not in shown.text
    assert forge.path.rpartition("/")[2] not in shown.text
    problem(await web.get("/builds/app/webhook_url"), 403)
    for verb in ("webhook_on", "webhook_off", "webhook_renew", "webhook_test"):
        problem(await web.post(f"/builds/app/{verb}", {}), 403)


async def test_who_may_write_sees_the_address(forge: Forge) -> None:
    ann = await forge.world.app.user("ann")
    await forge.world.grant(ann, "build", "app", Level.WRITE)
    web = await web_of(forge.world, ann)
    told = (await web.get("/builds/app/webhook_url")).json()
    assert told["url"].endswith(forge.path)
    assert "public_url" in told["note"]


async def test_a_new_secret_replaces_the_old_one_at_once(forge: Forge) -> None:
    old_secret, old_path = forge.secret, forge.path
    fresh = await forge.do("webhook_renew")
    assert fresh.secret not in ("", old_secret)
    assert fresh.url.endswith(old_path)
    assert (await forge.send({"X-Monitor-Token": old_secret})).status_code == 404
    assert (await forge.send({"X-Monitor-Token": fresh.secret})).status_code == 202
    moved = await forge.do("webhook_renew", address=True)
    assert not moved.url.endswith(old_path)
    assert (await forge.send({"X-Monitor-Token": moved.secret})).status_code == 404
    assert (await forge.send({"X-Monitor-Token": moved.secret}, path=moved.url[21:])).status_code == 202


async def test_the_record_says_who_switched_it_and_no_secret(forge: Forge) -> None:
    await forge.do("webhook_on", paths=("src",))
    await forge.do("webhook_renew")
    await forge.do("webhook_off")
    found = [a for a in await forge.world.activities() if "webhook" in a.operation]
    assert {a.summary for a in found} == {
        "switched the webhook on",
        "changed what the webhook counts",
        "gave the webhook a new secret",
        "switched the webhook off",
    }
    assert forge.secret not in json.dumps([str(a) for a in found])


async def test_switched_off_what_waits_is_dropped_and_what_runs_goes_on(forge: Forge) -> None:
    forge.world.host.machine.durations["build"] = 30
    await forge.github()
    await forge.world.clock.advance(3)
    await forge.github()
    await forge.world.clock.advance(3)
    await forge.do("webhook_off")
    await forge.after(60)
    (run,) = await forge.runs()
    assert run.state is State.SUCCEEDED
    newest = await forge.newest()
    assert (newest.outcome, newest.reason) == (Outcome.IGNORED, "the webhook was switched off meanwhile")


async def test_a_deleted_build_takes_its_webhook_along(forge: Forge) -> None:
    await forge.github()
    await forge.after()
    await forge.delete()
    await forge.world.clock.advance(5)
    memory = forge.world.app.core.parts.memory
    assert not memory.all(HOOK)
    assert not memory.all(STATE)


async def test_the_actor_may_run_this_one_build_and_nothing_else(forge: Forge) -> None:
    world = forge.world
    await world.build("other")
    await world.deployment("web")
    caller = the_actor(forge)
    assert caller.who.kind == "webhook"
    assert not caller.user
    assert not caller.admin
    for name, operation in world.app.core.parts.registry.operations.items():
        if name != "build.run":
            given = parameters(operation, lambda mark, field: "some-one")
            op = from_user({"op": name, "target": "app", **given}, operation)
            with pytest.raises(Forbidden, match=r"may do nothing but build\.run"):
                world.app.core.dispatcher.permit(caller, op, None)
    for op in (RunBuild(target="other"), Deploy(target="web")):
        with pytest.raises((Forbidden, NotFound)) as wrong:
            await world.app.run(op, caller)
        assert wrong.value.status in (401, 403, 404)
    run = await world.app.run(RunBuild(target="app"), caller)
    assert (await world.ended(run)).state is State.SUCCEEDED


async def test_the_actor_runs_only_what_is_declared_for_pushes(forge: Forge) -> None:
    for operation in ("build.update", "build.delete", "build.batch", "server.delete", "nonsense"):
        assert the_actor(forge, operation) is None
    await forge.do("webhook_off")
    assert the_actor(forge) is None


async def test_one_that_waits_ends_when_the_webhook_is_switched_off(forge: Forge) -> None:
    machine = forge.world.host.machine
    machine.durations["build"] = 30
    await forge.world.build("busy")
    await forge.world.update(SERVER, "host", config={"build_slots": 1})
    await forge.world.app.run(RunBuild(target="busy"))
    await forge.github()
    await forge.after(3)
    (run,) = await forge.runs()
    assert run.state is State.QUEUED, "it waits for its builder"
    await forge.do("webhook_off")
    ended = await forge.world.ended(run, within=90)
    assert ended.state is State.FAILED
    assert "lost the right to do this while it waited" in ended.error


async def test_the_records_actor_is_no_user_and_shown_with_the_senders_word(forge: Forge) -> None:
    name = "<script>\u202eevil\x1b[31m" + "x" * 500
    await forge.github(more={"pusher": {"name": name}})
    await forge.after()
    (run,) = await forge.runs()
    assert run.who.name.startswith("webhook (GitHub, push to main by <script>evil[31mx")
    assert len(run.who.name) < 200
    assert run.who.name.isprintable()
    assert Who(run.who.kind, run.who.id, "") == Who("webhook", run.what.id, "")  # type: ignore[union-attr]


async def test_it_is_live_for_who_may_read_it(forge: Forge) -> None:
    ann = await forge.world.app.user("ann")
    await forge.world.grant(ann, "build", "app", Level.READ)
    tab = Tab(forge.world, ann)
    topic = tag_of(webhook_stream(BUILD))
    await tab.subscribe(1, topic, target="app")
    await forge.world.clock.advance(1)
    await forge.github()
    await forge.after(5)
    (shown,) = tab.held(1).values()
    assert shown["deliveries"][0]["outcome"] == "run"
    assert topic == "build.watch_webhook"


async def test_the_address_begins_with_public_url(forge: Forge) -> None:
    core = forge.world.app.core
    core.settings = CoreSettings(public_url="https://monitor.example/", data=core.settings.data)
    told = await forge.do("webhook_url")
    assert told.url == f"https://monitor.example{forge.path}"
    assert told.note == ""
