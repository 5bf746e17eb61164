"""Noted: which alert targets no alert ever reaches; they are stored all the same. Pure."""

from collections.abc import Iterator

from monitor.kernel.alerts import Severity
from monitor.kernel.noted import Noted
from monitor.kernel.sentence import listed
from monitor.resources.alert_rule.conditions import types_of
from monitor.resources.alert_rule.plan import severities
from monitor.resources.alert_rule.spec import AlertRuleConfig
from monitor.resources.alert_target.config import AlertTargetConfig
from monitor.resources.alert_target.info import AlertTargetInfo

Change = Noted[AlertTargetConfig, AlertTargetInfo]
TYPES = ("server", "deployment", "build")
"""What alerts are about."""


def notes(given: Change) -> Iterator[str]:
    """Nothing of a target that is switched off."""
    config = given.config
    if not config.enabled:
        return
    if strange := [type for type in config.types if type not in TYPES]:
        yield f"No alert is about {listed(strange)}: there are alerts about {listed([f'{type}s' for type in TYPES])}."
    there = {tag for type in TYPES for one in given.others(type) for tag in one.tags}
    if missing := [tag for tag in config.tags if tag not in there]:
        yield f"Nothing has the tag{'s' if len(missing) > 1 else ''} {listed(missing)} now."
    rules: list[AlertRuleConfig] = [one.config for one in given.others("alert_rule") if one.config.enabled]
    if not any(_reaches(rule, config) for rule in rules):
        kind = "critical alerts" if config.severity is Severity.CRITICAL else "alerts"
        about = f" about {listed([f'{type}s' for type in config.types])}" if config.types else ""
        yield f"No alert rule that is switched on gives {kind}{about}: nothing is sent there."


def _reaches(rule: AlertRuleConfig, config: AlertTargetConfig) -> bool:
    severe = config.severity is Severity.WARNING or Severity.CRITICAL in severities(rule)
    return severe and (not config.types or bool(set(types_of(rule.what)) & set(config.types)))
