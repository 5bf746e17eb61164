"""Notifications on real parts: kill -9 of core while it sends, and receivers that hang (guarantees 8 and 9)."""

from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.faults.installation import Installation, until
from tests.faults.receiver import Receiver, receiving
from tests.processes import alive

pytestmark = pytest.mark.real
RULES = 6
SECRET = "planted-signing-secret-0123"


@pytest.fixture
def receiver() -> Generator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture(autouse=True)
def only_own_rules(installed: Installation) -> Generator[None]:
    """Containers of other tests end on the same Docker meanwhile, and are told of too."""
    if "core" not in installed.processes:  # the test before this one failed after it had killed core
        installed.start_core()
    others = [item["name"] for item in installed.get("/alert_rules")["items"]]
    _switch(installed, others, on=False)
    yield
    if "core" in installed.processes:
        _switch(installed, others, on=True)


def _switch(installed: Installation, rules: list[str], *, on: bool) -> None:
    for name in rules:
        installed.api.patch(f"/alert_rules/{name}", json={"config": {"enabled": on}}).raise_for_status()


def a_target(installed: Installation, name: str, url: str) -> None:
    config = {"service": "webhook", "url": url, "secret": SECRET, "changes": ["opened"]}
    installed.post("/alert_targets", {"name": name, "config": config})


def alerts_open(installed: Installation, name: str) -> None:
    """Several at once: the next sample of the host is over every one of these levels."""
    for at in range(RULES):
        what = {"kind": "server_figure", "measure": "memory"}
        config = {"what": what, "warning": 0.001, "lasts": 0}
        installed.post("/alert_rules", {"name": f"{name}-{at}", "config": config})


def gone(installed: Installation, kind: str, prefix: str) -> None:
    for item in installed.get(f"/{kind}")["items"]:
        if item["name"].startswith(prefix):
            installed.api.delete(f"/{kind}/{item['name']}").raise_for_status()


def notifiers(core: int) -> list[int]:
    """Processes that send for a core."""
    return [pid for pid, parent in _sending() if parent == core]


def _sending() -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"monitor.notifier" in (folder / "cmdline").read_bytes():
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                found.append((int(folder.name), int(parent)))
        except OSError:
            continue  # it ended meanwhile
    return found


def told(receiver: Receiver, path: str) -> list[str]:
    """Names of the rules whose alerts came, in order."""
    return [one.body["events"][0]["alert"]["rule_name"] for one in receiver.at(path)]


def test_killing_core_while_it_sends_loses_nothing(installed: Installation, receiver: Receiver) -> None:
    receiver.hang_from = 3
    a_target(installed, "killed", receiver.url("/killed"))
    alerts_open(installed, "killed")
    until(lambda: len(receiver.got) == 3)
    core = installed.processes["core"].pid
    children = until(lambda: notifiers(core))
    under_way = receiver.got[-1].delivery
    installed.kill("core")
    until(lambda: not any(map(alive, children)))
    receiver.hang_from = 0
    installed.start_core()
    expected = {f"killed-{at}" for at in range(RULES)}
    until(lambda: set(told(receiver, "/killed")) >= expected)
    until(lambda: installed.get("/alert_targets/killed")["info"]["waiting"] == 0)
    deliveries = Counter(one.delivery for one in receiver.at("/killed"))
    assert len(deliveries) == RULES
    assert {id for id, times in deliveries.items() if times > 1} == {under_way}
    assert deliveries[under_way] == 2
    gone(installed, "alert_targets", "killed")
    gone(installed, "alert_rules", "killed")


def test_what_is_refused_holds_up_nothing_also_when_core_is_killed(installed: Installation, receiver: Receiver) -> None:
    receiver.refuses = "refused-0"
    a_target(installed, "refused", receiver.url("/refused"))
    alerts_open(installed, "refused")
    until(lambda: set(told(receiver, "/refused")) == {f"refused-{at}" for at in range(RULES)})
    until(lambda: installed.get("/alert_targets/refused")["info"]["waiting"] == 1)
    installed.kill("core")
    receiver.refuses = ""
    installed.start_core()
    # Whoever changes a target has everything tried at once.
    installed.api.patch("/alert_targets/refused", json={"description": "mended"}).raise_for_status()
    until(lambda: installed.get("/alert_targets/refused")["info"]["waiting"] == 0)
    deliveries = Counter(one.delivery for one in receiver.at("/refused"))
    assert len(deliveries) == RULES
    gone(installed, "alert_targets", "refused")
    gone(installed, "alert_rules", "refused")


def test_receivers_that_hang_hold_up_nobody(installed: Installation, receiver: Receiver) -> None:
    """More of them than messages are begun at once; some answer nothing, some a byte a second."""
    for at in range(4):
        a_target(installed, f"hung-a-{at}", receiver.url("/hang"))
    for at in range(4):
        a_target(installed, f"hung-b-{at}", receiver.url("/drip"))
    a_target(installed, "hung-z-fine", receiver.url("/fine"))
    alerts_open(installed, "hung")
    until(lambda: len(receiver.at("/fine")) >= RULES, 40)
    begun = min(one.at for one in receiver.got)
    late = max(one.at for one in receiver.at("/fine")) - begun
    assert late < 20, late
    assert installed.get("/servers/here")["status"]["docker"]
    gone(installed, "alert_targets", "hung")
    gone(installed, "alert_rules", "hung")
