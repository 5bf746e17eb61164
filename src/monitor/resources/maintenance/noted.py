"""Noted: which maintenances never come, or cover nothing; they are stored all the same. Pure."""

from collections.abc import Iterator

from monitor.kernel.noted import Noted
from monitor.kernel.sentence import listed
from monitor.resources.maintenance.plan import occasion
from monitor.resources.maintenance.spec import MaintenanceConfig, MaintenanceInfo

_COVERED = ("server", "deployment", "build")


def notes(given: Noted[MaintenanceConfig, MaintenanceInfo]) -> Iterator[str]:
    """Nothing of one that is switched off."""
    config = given.config
    if not config.enabled:
        return
    if occasion(config, given.now).over:
        yield "It is over already: give it a day to come."
    there = {tag for type in _COVERED for one in given.others(type) for tag in one.tags}
    if missing := [tag for tag in config.tags if tag not in there]:
        yield f"Nothing has the tag{'s' if len(missing) > 1 else ''} {listed(missing)} now."
