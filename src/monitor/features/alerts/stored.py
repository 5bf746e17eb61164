"""Stored: what of alerts is kept beside the alerts themselves."""

from typing import NamedTuple

from msgspec import Struct

from monitor.features.alerts.engine.standing import Standing

STANDING = "alert_standing"
"""Kind of the documents from which a restarted core goes on: one for each figure that is not at rest."""
DEFAULTS_MADE = "alert_rules"
"""Id of the document of kind `core` that says that the default rules were made."""


class Key(NamedTuple):
    """One figure, or condition, of one rule."""

    rule: str
    type: str
    id: str
    """Of the resource."""
    thing: str
    """A mount, a sensor, a container that is nobody's; empty: the resource itself."""

    @property
    def document(self) -> str:
        """Under which id it is stored."""
        return f"{self.rule}/{self.type}/{self.id}/{self.thing}"


class Kept(Struct, frozen=True, kw_only=True):
    """A standing as stored."""

    rule: str
    type: str
    id: str
    thing: str
    watched: str
    """The condition, as JSON."""
    standing: Standing
    alert: str = ""
    """Id of the incident that goes on."""
    text: str = ""
    """What there was to say of the condition while it was bad."""
