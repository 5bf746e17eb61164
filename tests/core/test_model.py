"""Promise 1 under a random life: whatever is asked, cancelled, killed or cut off in whatever order, every accepted
action comes to exactly one end, and what it says is so.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from monitor.features.activity.spec import CancelActivity
from monitor.kernel.activity import Activity, State
from monitor.kernel.errors import MonitorError
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment.operations.acts import Remove, Restart, Start, Stop
from monitor.resources.deployment.operations.delete import Delete, Keep
from monitor.resources.deployment.operations.deploy import Deploy
from monitor.resources.deployment.spec import DEPLOYMENT
from tests.core.world import World, new_world

R = TypeVar("R")
NAMES = ("web-one", "web-two", "web-three")
BUILDS = ("app", "api")
STEPS = ("clone", "build", "inspect", "create", "park", "rename", "start", "stop", "restart", "remove")
VERBS = {"deploy": Deploy, "start": Start, "stop": Stop, "restart": Restart, "remove": Remove}


class Life(RuleBasedStateMachine):
    """Rules are what may happen; `teardown` lets everything recover and looks at what became of it."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.making = new_world(Path(self.folder.name))
        self.world: World = self.run(self.making.__aenter__())
        self.accepted: list[str] = []
        self.ended: dict[str, Activity] = {}

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        return self.runner.run(work)

    @initialize()
    def furnish(self) -> None:
        for name in NAMES:
            self.run(self.world.deployment(name))
        for name in BUILDS:
            self.run(self.world.build(name, time_limit=60))

    @rule(verb=st.sampled_from(sorted(VERBS)), name=st.sampled_from(NAMES))
    def act(self, verb: str, name: str) -> None:
        self.ask(VERBS[verb](target=name))

    @rule(name=st.sampled_from(BUILDS))
    def build(self, name: str) -> None:
        self.ask(RunBuild(target=name))

    @rule(name=st.sampled_from(NAMES), keep=st.sampled_from(Keep))
    def delete(self, name: str, keep: Keep) -> None:
        self.ask(Delete(target=name, container=keep))

    @rule(name=st.sampled_from(NAMES))
    def make_again(self, name: str) -> None:
        if self.world.app.core.parts.catalog.find("deployment", name) is None:
            self.run(self.world.deployment(name))

    @rule(name=st.sampled_from(NAMES), seconds=st.integers(0, 60))
    def edit(self, name: str, seconds: int) -> None:
        if self.world.app.core.parts.catalog.find("deployment", name) is not None:
            self.run(self.world.update(DEPLOYMENT, name, config={"stop_timeout": seconds}))

    @rule(which=st.integers(0, 20))
    def cancel(self, which: int) -> None:
        if self.accepted:
            try:
                self.run(self.world.app.run(CancelActivity(target=self.accepted[-1 - which % len(self.accepted)])))
            except MonitorError:
                return  # it has ended

    @rule(rounds=st.integers(1, 40))
    def go_on(self, rounds: int) -> None:
        async def turn() -> None:
            for _ in range(rounds):
                await self.world.clock.sleep(0)

        self.run(turn())

    @rule(seconds=st.sampled_from((0.1, 0.5, 1, 3, 10)))
    def wait(self, seconds: float) -> None:
        self.run(self.world.clock.advance(seconds))

    @rule(step=st.sampled_from(STEPS), seconds=st.sampled_from((0, 0.3, 2, 30, 100)))
    def slow_down(self, step: str, seconds: float) -> None:
        self.world.host.machine.durations[step] = seconds

    @rule(code=st.sampled_from((None, 1)))
    def break_image(self, code: int | None) -> None:
        self.world.host.machine.exits = {} if code is None else {"web:1": code}

    @rule()
    def kill_core(self) -> None:
        self.run(self.world.app.crash())

    @rule()
    def restart_core(self) -> None:
        self.run(self.world.app.stop())
        self.run(self.world.app.crash())

    @rule()
    def kill_agent(self) -> None:
        self.run(self.in_loop(self.world.host.crash))

    @rule(reason=st.sampled_from(("", "", "", "cable pulled")))
    def cut_off(self, reason: str) -> None:
        self.run(self.in_loop(lambda: setattr(self.world.host, "down", reason)))

    @rule(reason=st.sampled_from(("", "", "", "stopped")))
    def stop_docker(self, reason: str) -> None:
        self.run(self.in_loop(lambda: setattr(self.world.host, "docker_down", reason)))

    @invariant()
    def ends_stay(self) -> None:
        for id, end in self.ended.items():
            assert self.stored(id).state is end.state, f"{end} became something else"
        for id in self.accepted:
            now = self.stored(id)
            if now.state.ended:
                self.ended.setdefault(id, now)

    def teardown(self) -> None:
        host = self.world.host
        host.machine.durations.clear()
        host.machine.exits.clear()
        self.run(self.in_loop(lambda: setattr(host, "down", "")))
        self.run(self.in_loop(lambda: setattr(host, "docker_down", "")))
        for _ in range(60):
            self.run(self.world.clock.advance(30))
            if not self.world.app.core.journal.open:
                break
        try:
            self.judge()
        finally:
            self.run(self.making.__aexit__(None, None, None))
            self.runner.close()
            self.folder.cleanup()

    def judge(self) -> None:
        """Every end is there once, and nothing says what is not so."""
        self.ends_stay()
        assert self.world.app.core.journal.open == {}
        closed = Counter(
            w.entry.activity for w in self.run(self.world.app.store.journal(limit=100_000)) if w.entry.event == "closed"
        )
        assert {id: closed[id] for id in self.accepted} == dict.fromkeys(self.accepted, 1)
        catalog = self.world.app.core.parts.catalog
        for name in BUILDS:
            record = catalog.find(BUILD.name, name)
            assert record is not None
            runs = [e for e in self.ended.values() if e.what and e.what.id == record.id and e.state is State.SUCCEEDED]
            assert record.info.version == f"0.0.{len(runs)}", "raised once for each success"
        for record in catalog.all(DEPLOYMENT.name).values():
            if record.info.activity:
                assert self.stored(record.info.activity).state is State.SUCCEEDED
        names = [c.view.name for c in self.world.host.containers.values()]
        assert set(names) <= set(NAMES), "nothing is left half done"
        assert len(names) == len(set(names))

    def ask(self, op: Any) -> None:
        try:
            self.accepted.append(self.run(self.world.app.run(op)).id)
        except MonitorError:
            return  # refused: nothing was accepted

    def stored(self, id: str) -> Activity:
        found = self.run(self.world.app.core.journal.get(id))
        assert found is not None
        return found

    async def in_loop(self, change: Any) -> None:
        change()


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
