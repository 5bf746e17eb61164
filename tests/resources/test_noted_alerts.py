"""What is said at once of alert rules, targets and maintenances nothing comes of: they are stored all the same."""

from datetime import UTC, datetime
from typing import Any

from monitor.kernel.alerts import Severity
from monitor.kernel.noted import Beside, Noted
from monitor.resources.alert_rule import noted as of_rules
from monitor.resources.alert_rule.conditions import Doing, Exited, Failed, ServerFigure, Unreachable
from monitor.resources.alert_rule.scope import OneDeployment, Tagged
from monitor.resources.alert_rule.spec import ALERT_RULE, AlertRuleConfig, Override
from monitor.resources.alert_target import noted as of_targets
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.maintenance import noted as of_maintenances
from monitor.resources.maintenance.spec import MaintenanceConfig
from monitor.resources.maintenance.times import Once
from tests.core.world import World

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOBODY = "No alert target is switched on: its alerts are shown in Monitor, and told nobody."
SOMEBODY = AlertTargetConfig()


def told(hook: Any, config: Any, **others: tuple[Any, ...]) -> list[str]:
    """`others`: configs by type; of a text the tags."""

    def beside(type: str) -> tuple[Beside[Any, Any], ...]:
        given = others.get(type, ())
        return tuple(
            Beside(id=str(at), name=str(at), tags=(one,) if isinstance(one, str) else (), config=one, info=None)
            for at, one in enumerate(given)
        )

    change: Noted[Any, Any] = Noted(id="x", name="x", config=config, info=None, now=NOW, view=None, others=beside)
    return list(hook(change))


def rule(config: AlertRuleConfig, *targets: AlertTargetConfig, **others: tuple[Any, ...]) -> list[str]:
    return told(of_rules.notes, config, alert_target=targets or (SOMEBODY,), **others)


def target(config: AlertTargetConfig, *rules: AlertRuleConfig, **others: tuple[Any, ...]) -> list[str]:
    return told(of_targets.notes, config, alert_rule=rules, **others)


CPU = AlertRuleConfig(what=ServerFigure(measure="cpu"), warning=90)
DOWN = AlertRuleConfig(what=Unreachable(), severity=Severity.CRITICAL)


def test_a_rule_that_can_fire_and_is_told() -> None:
    assert rule(CPU) == []
    assert rule(DOWN, AlertTargetConfig(severity=Severity.CRITICAL, types=("server",))) == []


def test_one_that_is_switched_off_says_nothing() -> None:
    assert told(of_rules.notes, AlertRuleConfig(what=Unreachable(), enabled=False)) == []
    assert target(AlertTargetConfig(enabled=False)) == []


def test_a_rule_whose_scope_holds_nothing() -> None:
    assert rule(AlertRuleConfig(what=Unreachable(), scope=OneDeployment(deployment="x"))) == [
        "It can never fire: what it watches is of servers, and its scope holds none."
    ]


def test_a_share_that_is_never_reached() -> None:
    high = AlertRuleConfig(
        what=ServerFigure(measure="disk"), warning=90, overrides=(Override(scope=Tagged(tags=("a",)), critical=120),)
    )
    assert rule(high, server=("a",)) == ["120% is never reached: there is no more than 100%."]
    assert rule(AlertRuleConfig(what=ServerFigure(measure="load_per_core"), warning=120)) == []


def test_tags_nothing_has() -> None:
    tagged = AlertRuleConfig(what=Exited(), scope=Tagged(tags=("prod", "prd")))
    assert rule(tagged, deployment=("prod",)) == ["Nothing has the tag prd now."]
    assert target(AlertTargetConfig(tags=("a", "b")), CPU) == ["Nothing has the tags a and b now."]
    assert target(AlertTargetConfig(tags=("a",)), CPU, build=("a",)) == []


def test_a_rule_nobody_is_told_of() -> None:
    assert told(of_rules.notes, CPU) == [NOBODY]
    assert rule(CPU, AlertTargetConfig(enabled=False)) == [NOBODY]
    taken = "No alert target that is switched on takes its alerts: they are shown in Monitor, and told nobody."
    assert rule(CPU, AlertTargetConfig(severity=Severity.CRITICAL)) == [taken]
    assert rule(AlertRuleConfig(what=Failed(doing=Doing.BUILD)), AlertTargetConfig(types=("server",))) == [taken]


def test_a_target_nothing_reaches() -> None:
    assert target(AlertTargetConfig()) == ["No alert rule that is switched on gives alerts: nothing is sent there."]
    assert target(AlertTargetConfig(severity=Severity.CRITICAL), CPU) == [
        "No alert rule that is switched on gives critical alerts: nothing is sent there."
    ]
    assert target(AlertTargetConfig(severity=Severity.CRITICAL), CPU, DOWN) == []
    assert target(AlertTargetConfig(types=("build",)), CPU) == [
        "No alert rule that is switched on gives alerts about builds: nothing is sent there."
    ]
    assert target(AlertTargetConfig(types=("server", "srv")), CPU) == [
        "No alert is about srv: there are alerts about servers, deployments and builds."
    ]


def test_a_maintenance_that_is_over() -> None:
    over = MaintenanceConfig(when=Once(day="2026-02-28"), tags=("db",))
    assert told(of_maintenances.notes, over) == [
        "It is over already: give it a day to come.",
        "Nothing has the tag db now.",
    ]
    assert told(of_maintenances.notes, MaintenanceConfig(when=Once(day="2026-03-02"))) == []


async def test_they_come_with_the_answer(world: World) -> None:
    made = await world.app.create(ALERT_RULE, "hot", CPU)
    assert made.notes == (NOBODY,)
