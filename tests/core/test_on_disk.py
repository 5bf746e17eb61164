"""The same core on SQLite: the main flows over crashes, a lease nobody else gets, nothing acknowledged lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from monitor.abilities.git.calls import GitSource
from monitor.core.journal import INDEXES
from monitor.features.activity.spec import CancelActivity
from monitor.features.permissions.spec import SetGrant
from monitor.features.users.spec import CreateUser
from monitor.kernel.activity import Activity, State
from monitor.kernel.clock import SystemClock
from monitor.kernel.errors import Unavailable
from monitor.kernel.permission import Level
from monitor.resources.build.config import BuildConfig, ServerBuilder
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage, LiteralImage, SecretVariable
from monitor.store.sqlite.store import SqliteStore
from monitor.testing.clock import ManualClock
from monitor.testing.core import CoreInProcess
from monitor.testing.host import SimulatedHost
from tests.core.web import Web
from tests.core.world import World


@asynccontextmanager
async def on_disk(folder: Path) -> AsyncIterator[CoreInProcess]:
    """A core on SQLite and the machine's clock, with one host."""
    clock = SystemClock()
    app = CoreInProcess(SqliteStore(folder / "data", INDEXES, clock), clock, folder)
    await app.start()
    try:
        await app.server("host")
        app.simulated("host").images.add("web:1")
        yield app
    finally:
        await app.stop()
        for host in app.hosts.values():
            assert isinstance(host, SimulatedHost)
            await host.end()


async def up(app: CoreInProcess) -> None:
    """Wait until the host is linked."""
    while app.core.parts.catalog.find("server", "host").status.state != "up":  # type: ignore[union-attr] - it is there
        await app.clock.sleep(0.005)


async def deployment(app: CoreInProcess, name: str, **more: Any) -> Any:
    given = {"server": "host", "image": LiteralImage(image="web:1"), "stable_for": 0.0, **more}
    return await app.create(DEPLOYMENT, name, DeploymentConfig(**given))


async def build(app: CoreInProcess, name: str) -> Any:
    source = GitSource(url="https://git.example/app")
    return await app.create(BUILD, name, BuildConfig(builder=ServerBuilder(server="host"), source=source))


async def test_the_main_job_over_a_crash_at_every_stage(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        await build(app, "app")
        await app.crash()
        built = await app.ended(await app.run(RunBuild(target="app")))
        assert (built.state, built.summary[:15]) == (State.SUCCEEDED, "built app:0.0.1")
        await app.crash()
        secret = (SecretVariable(name="TOKEN", value="canary on a disk"),)
        await deployment(app, "web", image=BuiltImage(build="app"), secret_environment=secret)
        await app.crash()
        deployed = await app.ended(await app.run(Deploy(target="web")))
        assert (deployed.state, deployed.summary) == (State.SUCCEEDED, "deployed app:0.0.1")
        await app.crash()
        await up(app)
        now = await app.get(DEPLOYMENT, "web")
        assert now.status.state == "running"
        assert now.info.activity == deployed.id
        assert (await app.get(BUILD, "app")).info.version == "0.0.1"
        container = app.simulated("host").machine.named("web")
        assert container is not None
        assert "TOKEN=canary on a disk" in container.body["Env"]
        stored = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir() if file.is_file())
        assert b"canary on a disk" not in stored
        again = await app.ended(await app.run(Delete(target="web", container=Keep.REMOVE)))
        assert again.state is State.SUCCEEDED
        await app.crash()
        assert app.core.parts.catalog.all("deployment") == {}
        assert (await app.core.journal.get(deployed.id)) == deployed


async def test_jobs_are_attached_again_and_settled_once(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        await build(app, "app")
        await up(app)
        app.simulated("host").machine.durations["build"] = 0.5
        running = await app.run(RunBuild(target="app"))
        queued = await app.run(RunBuild(target="app"))
        for _ in range(4):
            await app.clock.sleep(0.1)
            await app.crash()
        ends = [await app.ended(a) for a in (running, queued)]
        assert [e.state for e in ends] == [State.SUCCEEDED] * 2
        assert (await app.get(BUILD, "app")).info.version == "0.0.2"
        for end in ends:
            assert [w.entry.event for w in await app.store.journal(limit=10_000) if w.entry.activity == end.id].count(
                "closed"
            ) == 1


async def test_an_acknowledged_write_is_there_after_a_crash(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        for number in range(20):
            await deployment(app, f"web-{number}")
            if number % 5 == 0:
                await app.crash()
        await app.user("ann")
        await app.crash()
        assert len(app.core.parts.catalog.all("deployment")) == 20
        assert app.core.people.find("ann") is not None
        found, total = await app.core.journal.find([], cursor="", limit=100)
        assert [a.operation for a in found].count("deployment.create") == 20
        assert total == len(found)


async def test_cancelled_and_failed_ends_survive_too(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        await deployment(app, "web")
        await up(app)
        host = app.simulated("host")
        host.machine.exits["web:1"] = 1
        failed = await app.ended(await app.run(Deploy(target="web")))
        host.machine.durations["create"] = 30
        running = await app.run(Deploy(target="web"))
        while not (await current(app, running)).server:
            await app.clock.sleep(0.005)
        await app.run(CancelActivity(target=running.id))
        cancelled = await app.ended(running)
        await app.crash()
        assert (failed.state, cancelled.state) == (State.FAILED, State.CANCELLED)
        assert [await current(app, a) for a in (failed, cancelled)] == [failed, cancelled]
        assert await app.core.outputs.read(failed.id, 0, 100)


async def current(app: CoreInProcess, activity: Activity) -> Activity:
    found = await app.core.journal.get(activity.id)
    assert found is not None
    return found


async def test_a_second_core_on_the_same_folder_does_not_start(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        clock = SystemClock()
        second = CoreInProcess(SqliteStore(tmp_path / "data", INDEXES, clock), clock, tmp_path)
        with pytest.raises(Unavailable, match="another core has the store") as refusal:
            await second.start()
        assert "process" in refusal.value.message
        assert "folder of its own" in refusal.value.hint
        await deployment(app, "web")  # the first one is not disturbed
        await app.crash()
        assert (await app.get(DEPLOYMENT, "web")).name == "web"


async def test_sessions_and_grants_survive_a_restart(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        await deployment(app, "web")
        await app.run(CreateUser(name="bob", password="correct horse"))
        await app.run(SetGrant(user="bob", type="deployment", resource="web", level=Level.READ))
        web = Web(World(app, ManualClock()))
        assert (await web.post("/login", {"name": "bob", "password": "correct horse"})).status_code == 200
        await app.crash()
        after = Web(World(app, ManualClock()))
        after.client.cookies.update(web.client.cookies)
        assert [d["name"] for d in (await after.get("/deployments")).json()["items"]] == ["web"]


async def test_a_hundred_edits_at_once_all_land(tmp_path: Path) -> None:
    async with on_disk(tmp_path) as app:
        await asyncio.gather(*(deployment(app, f"web-{n}") for n in range(100)))
        await app.crash()
        assert len(app.core.parts.catalog.all("deployment")) == 100
