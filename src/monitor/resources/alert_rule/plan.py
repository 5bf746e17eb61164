"""Plan: which rules make no sense, what one says in words, and what it asks in one place. Pure."""

from monitor.kernel.alerts import Severity
from monitor.kernel.errors import Invalid
from monitor.kernel.measures import OF_CONTAINERS, Unit
from monitor.kernel.resource import StatusInput
from monitor.resources.alert_rule.conditions import (
    FIGURES,
    Condition,
    ContainerFigure,
    DiskFull,
    OomKilled,
    ServerFigure,
    is_under,
    measure_of,
    types_of,
)
from monitor.resources.alert_rule.figures import OF_SERVERS
from monitor.resources.alert_rule.phrases import rule_in_words
from monitor.resources.alert_rule.scope import OneBuild, OneDeployment, OneServer, Place, covers, nearness
from monitor.resources.alert_rule.spec import AlertRuleConfig, AlertRuleInfo, AlertRuleStatus, Override

HOURS = "hours"


def validate(old: AlertRuleConfig | None, new: AlertRuleConfig) -> None:
    """Refuse a rule that could never open, or never end."""
    del old
    _check_measure(new.what)
    if isinstance(new.what, FIGURES):
        _check_levels(new.what, new.warning, new.critical, new.margin, "config")
    elif new.warning is not None or new.critical is not None or new.margin:
        raise Invalid.field("config.warning", "this condition holds or does not: it has a severity, and no levels")
    for index, override in enumerate(new.overrides):
        _check_override(new, override, f"config.overrides[{index}]")


def terms_at(config: AlertRuleConfig, place: Place) -> AlertRuleConfig | None:
    """The rule as it holds at a place, with what overrides say there; None where it does not hold."""
    if not config.enabled or place.type not in types_of(config.what) or not covers(config.scope, place):
        return None
    found = [one for one in config.overrides if covers(one.scope, place)]
    for override in sorted(found, key=lambda one: nearness(one.scope)):  # of two alike the later stays behind
        config = overridden(config, override)
    return config if config.enabled else None


def overridden(config: AlertRuleConfig, override: Override) -> AlertRuleConfig:
    """The rule with one override."""
    return AlertRuleConfig(
        what=config.what,
        scope=config.scope,
        enabled=not override.off,
        warning=config.warning if override.warning is None else override.warning,
        critical=config.critical if override.critical is None else override.critical,
        severity=config.severity,
        margin=config.margin,
        lasts=config.lasts if override.lasts is None else override.lasts,
        calm=config.calm,
        repeat=config.repeat,
        flaps=config.flaps,
        flap_minutes=config.flap_minutes,
    )


def unit_of(condition: Condition) -> str:
    """Of its figure; empty for one that holds or does not."""
    if isinstance(condition, DiskFull):
        return HOURS
    measure = measure_of(condition)
    return measure.unit.value if measure else ""


def status(given: StatusInput[AlertRuleConfig, AlertRuleInfo]) -> AlertRuleStatus:
    """As lists and pages show it."""
    config = given.config
    unit = unit_of(config.what)
    state = "off" if not config.enabled else "nowhere" if is_nowhere(config) else "on"
    return AlertRuleStatus(
        state=state, text=rule_in_words(config, unit), severity=", ".join(severities(config)), unit=unit
    )


def severities(config: AlertRuleConfig) -> tuple[Severity, ...]:
    """What its alerts may be, somewhere: by its levels, also those of overrides, where it has any."""
    if isinstance(config.what, OomKilled):  # as bad as what it explains
        return tuple(dict.fromkeys((config.severity, Severity.CRITICAL)))
    if not isinstance(config.what, FIGURES):
        return (config.severity,)
    terms = [config, *(one for one in config.overrides if not one.off)]
    levels = {
        Severity.WARNING: any(one.warning is not None for one in terms),
        Severity.CRITICAL: any(one.critical is not None for one in terms),
    }
    return tuple(severity for severity, there in levels.items() if there)


def _check_measure(what: Condition) -> None:
    match what:
        case ServerFigure() if what.measure not in OF_SERVERS:
            raise Invalid.field("config.what.measure", f"there is no such figure; there are {', '.join(OF_SERVERS)}")
        case ContainerFigure() if what.measure not in OF_CONTAINERS:
            raise Invalid.field("config.what.measure", f"there is no such figure; there are {', '.join(OF_CONTAINERS)}")
        case ServerFigure() if what.of and not OF_SERVERS[what.measure].each:
            raise Invalid.field("config.what.of", f"there is one {what.measure} of a server: leave this empty")
        case _:
            pass


def is_nowhere(config: AlertRuleConfig) -> bool:
    """Whether its scope holds nothing the condition could be about."""
    types, scope = types_of(config.what), config.scope
    return (
        (isinstance(scope, OneDeployment) and "deployment" not in types)
        or (isinstance(scope, OneBuild) and "build" not in types)
        or (isinstance(scope, OneServer) and types == ("build",))
    )


def _check_levels(what: Condition, warning: float | None, critical: float | None, margin: float, path: str) -> None:
    if warning is None and critical is None:
        raise Invalid.field(f"{path}.warning", "give a level, for a warning or for what is critical")
    under = is_under(what)
    if warning is not None and critical is not None and (critical > warning if under else critical < warning):
        word = "below" if under else "above"
        raise Invalid.field(f"{path}.critical", f"what is critical lies {word} what is a warning ({warning:g})")
    if under and isinstance(what, ServerFigure) and unit_of(what) == Unit.PERCENT.value:
        highest = max(level for level in (warning, critical) if level is not None)
        if highest + margin >= 100:
            raise Invalid.field(f"{path}.margin", f"with this margin it would never be well again: above {highest:g}")
    lowest = min(level for level in (warning, critical) if level is not None)
    if not under and lowest - margin <= 0 and unit_of(what) != Unit.CELSIUS.value:
        raise Invalid.field(f"{path}.margin", f"with this margin it would never be well again: below {lowest:g}")


def _check_override(config: AlertRuleConfig, override: Override, path: str) -> None:
    made = overridden(config, override)
    if override.off:
        return
    if isinstance(config.what, FIGURES):
        _check_levels(made.what, made.warning, made.critical, made.margin, path)
    elif override.warning is not None or override.critical is not None:
        raise Invalid.field(f"{path}.warning", "this condition has no levels")
