"""What an alert of each kind says: in one sentence, nothing of it twice."""

from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.features.alerts.engine.terms import Terms
from monitor.features.alerts.facts import Lately, of_container, of_server
from monitor.features.alerts.rulebook import Watch
from monitor.features.alerts.words import Told, sentence
from monitor.kernel.alerts import Alert, AlertState, Severity, Subject
from monitor.kernel.hostview import AgentInfo, Container, HostView, Link
from monitor.resources.alert_rule.conditions import (
    AgentOld,
    ContainerFigure,
    DiskFull,
    DockerSilent,
    Doing,
    Drifted,
    Exited,
    Failed,
    Missing,
    NewerImage,
    OomKilled,
    RestartLoop,
    ServerFigure,
    Unhealthy,
    Unreachable,
    kind_of,
)
from monitor.resources.alert_rule.phrases import rule_in_words, span_in_words
from monitor.resources.alert_rule.plan import severities, unit_of
from monitor.resources.alert_rule.scope import Tagged
from monitor.resources.alert_rule.spec import AlertRuleConfig, Override

SINCE = datetime(2026, 5, 1, 8, 12, tzinfo=UTC)
TAIL = ", since 2026-05-01 08:12 UTC, for 15 min"
REASON = "exit code 137 (SIGKILL), out of memory, restarted 13 times"


def said(what: Any, told: str = "", *, type: str = "deployment", thing: str = "", **figures: float) -> str:
    """Without who and since when."""
    watch = Watch(
        rule="R", name="rule", what=what, kind=kind_of(what), watched="", unit=unit_of(what), since=0.0,
        terms=Terms(),
    )  # fmt: skip
    subject = Subject(type=type, id="S", name="web", what=thing)
    value, limit = figures.get("value"), figures.get("limit")
    text = sentence(watch, subject, Told(value, limit, told, SINCE, SINCE.timestamp() + 900))
    who, _, rest = text.partition(": ")
    assert who in ("server web", "deployment web", "build web", f"container {thing} on web")
    assert rest.endswith(TAIL)
    return rest.removesuffix(TAIL)


@pytest.mark.parametrize(
    ("what", "thing", "value", "limit", "text"),
    [
        (ServerFigure(measure="cpu"), "", 97.2, 90, "CPU is 97% (level 90%)"),
        (ServerFigure(measure="cpu"), "", 5.79, 5.5, "CPU is 5.8% (level 5.5%)"),
        (ServerFigure(measure="load_per_core"), "", 2.4, 2, "5-minute load per core is 2.40 (level 2)"),
        (ServerFigure(measure="disk"), "/srv", 93.0, 85, "File system /srv is 93% (level 85%)"),
        (ServerFigure(measure="inodes"), "/srv", 93.0, 85, "Inodes of file system /srv are 93% (level 85%)"),
        (ServerFigure(measure="temperature"), "cpu", 91.0, 85, "Temperature cpu is 91 °C (level 85 °C)"),
        (ServerFigure(measure="failed_units"), "", 2.0, 1, "Failed systemd units are 2 (level 1)"),
        (ServerFigure(measure="received"), "", 1020.0 * 1024, 1e6, "Network in is 1.00 MiB/s (level 977 KiB/s)"),
        (ContainerFigure(measure="cpu"), "", 180.0, 150, "CPU is 180% (level 150%)"),
        (DiskFull(), "/srv", 4.2, 24, "file system /srv is full in 4.2 h if it goes on like this"),
    ],
)
def test_figures(what: Any, thing: str, value: float, limit: float, text: str) -> None:
    type = "deployment" if isinstance(what, ContainerFigure) else "server"
    assert said(what, type=type, thing=thing, value=value, limit=limit) == text


@pytest.mark.parametrize(
    ("what", "type", "told", "text"),
    [
        (Unreachable(), "server", "the periphery at web:8120 refuses connections: nothing listens there",
         "does not answer: the periphery at web:8120 refuses connections: nothing listens there"),
        (DockerSilent(), "server", "Docker does not answer on /var/run/docker.sock: connection refused",
         "Docker does not answer on /var/run/docker.sock: connection refused"),
        (DockerSilent(), "server", "timed out", "Docker does not answer: timed out"),
        (AgentOld(), "server", "0.1.0 instead of 0.2.0", "has an older periphery than core: 0.1.0 instead of 0.2.0"),
        (Exited(), "deployment", "exit code 1", "ended with exit code 1"),
        (Exited(), "deployment", "no such program", "has ended: no such program"),
        (Unhealthy(), "deployment", "health check failed once with exit code 1",
         "is unhealthy: health check failed once with exit code 1"),
        (Missing(), "deployment", "", "has no container any more"),
        (Drifted(), "deployment", "its container was replaced outside Monitor",
         "its container was replaced outside Monitor"),
        (Drifted(), "deployment", "its container is called old now",
         "was changed outside Monitor: its container is called old now"),
        (NewerImage(), "deployment", "7.4.1", "has a newer image: 7.4.1"),
        (Failed(doing=Doing.BUILD), "build", "server error.", "the last build failed: server error"),
        (Failed(doing=Doing.DEPLOY), "deployment", "", "the last deploy failed"),
    ],
)  # fmt: skip
def test_conditions(what: Any, type: str, told: str, text: str) -> None:
    assert said(what, told, type=type) == text


@pytest.mark.parametrize(
    ("what", "lately", "text"),
    [
        (RestartLoop(), Lately(restarts=13),
         "restarts again and again: 13 restarts in 10 min, exit code 137 (SIGKILL), out of memory"),
        (RestartLoop(), Lately(restarts=4, of_memory=2), "restarts again and again: 4 restarts in 10 min"),
        (OomKilled(), Lately(), "ran out of memory: exit code 137 (SIGKILL), restarted 13 times"),
    ],
)  # fmt: skip
def test_what_docker_says_of_a_container_is_not_said_again(what: Any, lately: Lately, text: str) -> None:
    container = Container(
        id="c", name="web", image="i", image_id="", state="restarting", reason=REASON, created=SINCE, restarts=13
    )
    assert said(what, of_container(what, container, lately).text) == text


def test_an_older_periphery_names_both() -> None:
    agent = AgentInfo(version="0.1.0", calls=())
    view = HostView(link=Link.UP, docker=True, agent=agent)
    assert of_server(AgentOld(), view, "0.2.0").text == "0.1.0 instead of 0.2.0"


def test_a_list_says_since_when_in_a_column_of_its_own() -> None:
    message = "build site: the last build failed: no, since you ask"
    alert = Alert(
        id="A", rule="R", rule_name="r", subject=Subject(type="build", id="S", name="site"),
        severity=Severity.WARNING, state=AlertState.OPEN, since=SINCE, message=f"{message}{TAIL}",
    )  # fmt: skip
    assert alert.said == message


def test_rules_say_their_levels_to_the_digit() -> None:
    config = AlertRuleConfig(what=ServerFigure(measure="disk"), warning=97.5, critical=99, lasts=3600)
    assert rule_in_words(config, "percent") == "File system from 97.5%, critical from 99%, for 1 h"
    assert [span_in_words(one) for one in (20, 60, 90, 300, 3600, 5400)] == [
        "20 s", "1 min", "90 s", "5 min", "1 h", "1 h 30 min"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"what": Unreachable(), "severity": Severity.CRITICAL}, (Severity.CRITICAL,)),
        ({"what": OomKilled()}, (Severity.WARNING, Severity.CRITICAL)),
        ({"what": OomKilled(), "severity": Severity.CRITICAL}, (Severity.CRITICAL,)),
        ({"what": ServerFigure(measure="cpu"), "warning": 90}, (Severity.WARNING,)),
        ({"what": ServerFigure(measure="cpu"), "warning": 90, "critical": 95}, (Severity.WARNING, Severity.CRITICAL)),
        ({"what": ServerFigure(measure="cpu"), "critical": 95}, (Severity.CRITICAL,)),
        ({"what": ServerFigure(measure="cpu"), "warning": 90,
          "overrides": (Override(scope=Tagged(tags=("db",)), critical=95),)}, (Severity.WARNING, Severity.CRITICAL)),
    ],
)  # fmt: skip
def test_a_rule_says_how_bad_its_alerts_may_be(config: dict[str, Any], expected: tuple[Severity, ...]) -> None:
    assert severities(AlertRuleConfig(**config)) == expected
