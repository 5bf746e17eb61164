"""Alerting: how long after its condition an alert is written and on its way, part of the fleet's figures.

The hosts' process makes the conditions while core's measures, and notes when each began by the clock both have: a
container ends with code 1; or a server's cpu is over its level, which begins with the first of its samples of history
(one each ten seconds) that says so. The rules do not wait (`lasts` 0). Core's process notes when the event of the alert
was stored, from where it is sent on, and with it what was asked of the host: its log's last lines, its programs.
"""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, median

WHILE = 0.8
"""Of the time that is measured: the last sample must still come within it."""
TIMES = 10
BOUND = 2.0
_BEGIN, _BEGUN = "alerting", "conditions"
_LEVEL, _OVER = 99.0, 99.9
"""Percent; the noise of the others stays below."""


async def make_conditions(folder: Path, machines: list[Any]) -> None:
    """In the hosts' process: from when core says so, one condition after the other, each on a server of its own."""
    while not (folder / _BEGIN).exists():
        await asyncio.sleep(0.2)
    minutes = float((folder / _BEGIN).read_text())
    chosen = machines[:: max(len(machines) // TIMES, 1)][:TIMES]
    with (folder / _BEGUN).open("a", buffering=1) as notes:
        for number, machine in enumerate(chosen):
            await (_exit(machine, notes) if number % 2 else _overload(machine, notes))
            await asyncio.sleep(60 * minutes * WHILE / len(chosen))


async def _exit(machine: Any, notes: Any) -> None:
    container = machine.create("job", {"Image": "app:1"})
    machine.start(container)
    await asyncio.sleep(0.5)
    _note(notes, machine, "ended")
    machine.exit(container, 1)


async def _overload(machine: Any, notes: Any) -> None:
    machine.usage = _Overloaded(machine, notes)


class _Overloaded:
    """The usage of a machine whose cpu is busy from now on."""

    def __init__(self, machine: Any, notes: Any) -> None:
        self._machine, self._usual, self._notes = machine, machine.usage, notes
        self._begun = False

    def __call__(self, clock: Any) -> Any:
        from msgspec.structs import replace

        # The machine's own clock: only a sample for who looks at this moment, not one of history.
        if not self._begun and clock is not self._machine.clock:
            self._begun = True
            _note(self._notes, self._machine, "busy")
        return replace(self._usual(clock), cpu=_OVER)


def _note(notes: Any, machine: Any, rule: str) -> None:
    notes.write(json.dumps([machine.name, rule, time.time()]) + "\n")


class Alerting:
    """In core's process: from when it is made, which begins the conditions, to `slowest`."""

    def __init__(self, core: Any, folder: Path, minutes: float) -> None:
        from monitor.kernel.alerts import ALERT_EVENT

        self._folder = folder
        self._stored: dict[tuple[str, str], float] = {}
        core.parts.memory.listen(ALERT_EVENT, self._heard)
        (folder / "soon").write_text(str(minutes))
        (folder / "soon").rename(folder / _BEGIN)

    def _heard(self, id: str, event: Any) -> None:
        if event is not None:
            self._stored.setdefault((event.alert.subject.name, event.alert.rule_name), time.time())

    def seconds(self) -> list[float]:
        """From each condition to its alert; infinite where there is none."""
        notes = (self._folder / _BEGUN).read_text().splitlines()
        begun = [json.loads(note) for note in notes]
        return [self._stored.get((server, rule), float("inf")) - at for server, rule, at in begun]


async def make_rules(core: Any) -> None:
    """Two that do not wait."""
    from monitor.core.caller import SYSTEM
    from monitor.kernel.alerts import Severity
    from monitor.kernel.standard import standard_operations
    from monitor.resources.alert_rule.conditions import Exited, ServerFigure
    from monitor.resources.alert_rule.spec import ALERT_RULE, AlertRuleConfig

    create: Any = standard_operations(ALERT_RULE)["create"]
    ended = AlertRuleConfig(what=Exited(unmanaged=True), severity=Severity.CRITICAL, lasts=0)
    busy = AlertRuleConfig(what=ServerFigure(measure="cpu"), critical=_LEVEL, lasts=0)
    await core.dispatcher.run(SYSTEM, create(name="ended", config=ended))
    await core.dispatcher.run(SYSTEM, create(name="busy", config=busy))


def figure(name: str, seconds: list[float]) -> Figure:
    """The slowest."""
    slowest = max(seconds, default=float("inf"))
    kept = len(seconds) == TIMES and slowest <= BOUND
    beside = f"median {median(seconds):.2g} s; half of them containers that ended, half a server's cpu"
    title = f"{name}, alert after its condition, slowest of {len(seconds)}"
    return Figure(title, slowest, "s", f"≤ {BOUND:g} s", kept, beside)
