"""Noted: which alert rules can never fire, or fire for nobody; they are stored all the same. Pure."""

from collections.abc import Iterator

from monitor.kernel.alerts import Severity
from monitor.kernel.measures import Unit
from monitor.kernel.noted import Noted
from monitor.kernel.sentence import listed
from monitor.resources.alert_rule.conditions import ServerFigure, is_under, types_of
from monitor.resources.alert_rule.plan import is_nowhere, overridden, severities, unit_of
from monitor.resources.alert_rule.scope import Tagged
from monitor.resources.alert_rule.spec import AlertRuleConfig, AlertRuleInfo
from monitor.resources.alert_target.config import AlertTargetConfig

Change = Noted[AlertRuleConfig, AlertRuleInfo]
_MOST_PERCENT = 100


def notes(given: Change) -> Iterator[str]:
    """Nothing of a rule that is switched off."""
    config = given.config
    if not config.enabled:
        return
    if is_nowhere(config):
        yield f"It can never fire: what it watches is of {_plural(types_of(config.what))}, and its scope holds none."
    yield from _tags(given)
    yield from _levels(config)
    yield from _targets(given)


def _tags(given: Change) -> Iterator[str]:
    """A tag nothing has may be a slip of the pen."""
    scopes = [given.config.scope, *(one.scope for one in given.config.overrides)]
    asked = {tag: None for scope in scopes if isinstance(scope, Tagged) for tag in scope.tags}
    there = {tag for type in ("server", "deployment", "build") for one in given.others(type) for tag in one.tags}
    if missing := [tag for tag in asked if tag not in there]:
        yield f"Nothing has the tag{'s' if len(missing) > 1 else ''} {listed(missing)} now."


def _levels(config: AlertRuleConfig) -> Iterator[str]:
    """A share of a server that is never so large."""
    if not isinstance(config.what, ServerFigure) or unit_of(config.what) != Unit.PERCENT.value:
        return
    terms = [config, *(overridden(config, one) for one in config.overrides if not one.off)]
    levels = [level for one in terms for level in (one.warning, one.critical) if level is not None]
    if not is_under(config.what) and (high := [level for level in levels if level > _MOST_PERCENT]):
        yield f"{max(high):g}% is never reached: there is no more than 100%."


def _targets(given: Change) -> Iterator[str]:
    """Whether anybody is told outside Monitor."""
    own, types = severities(given.config), types_of(given.config.what)
    on: list[AlertTargetConfig] = [one.config for one in given.others("alert_target") if one.config.enabled]
    if not on:
        yield "No alert target is switched on: its alerts are shown in Monitor, and told nobody."
    elif not any(_takes(target, own, types) for target in on):
        yield "No alert target that is switched on takes its alerts: they are shown in Monitor, and told nobody."


def _takes(target: AlertTargetConfig, own: tuple[Severity, ...], types: tuple[str, ...]) -> bool:
    severe = target.severity is Severity.WARNING or Severity.CRITICAL in own
    return severe and (not target.types or bool(set(types) & set(target.types)))


def _plural(types: tuple[str, ...]) -> str:
    return listed([f"{type}s" for type in types])
