"""Rulebook: which rules hold of which resource, with overrides worked out; looked up by resource, not by rule."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from monitor.core.catalog import Record, resource_kind
from monitor.core.parts import Parts
from monitor.features.alerts.causes import explains
from monitor.features.alerts.engine.terms import HOLDS, WORSE, Terms
from monitor.features.alerts.subjects import server_of, tags_of
from monitor.kernel.alerts import Severity
from monitor.resources.alert_rule.conditions import (
    FIGURES,
    OF_CONTAINERS,
    Condition,
    ContainerFigure,
    OomKilled,
    is_under,
    kind_of,
    types_of,
)
from monitor.resources.alert_rule.plan import terms_at, unit_of
from monitor.resources.alert_rule.scope import Place, covers
from monitor.resources.alert_rule.spec import AlertRuleConfig

RULE = "alert_rule"
SUBJECTS = ("server", "deployment", "build")
"""Types of resources an alert may be about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """One rule as it holds of one resource."""

    rule: str
    name: str
    what: Condition
    kind: str
    watched: str
    """The condition as JSON: whether it is still the same one."""
    unit: str
    terms: Terms
    since: float
    """When the rule was made."""


@dataclass(frozen=True, slots=True)
class Watches:
    """All that hold of one resource; what explains others comes first."""

    figures: tuple[Watch, ...] = ()
    """On samples of it."""
    conditions: tuple[Watch, ...] = ()
    """On how it stands."""
    container_figures: tuple[Watch, ...] = ()
    """Of a server: on samples of each container there that is nobody's,"""
    container_conditions: tuple[Watch, ...] = ()
    """and on how each of those stands."""
    by_rule: dict[str, Watch] = field(default_factory=dict[str, Watch])


class Changed(Protocol):
    """`rules`: of all resources; `server`: of those on it, and itself; else of one, which is told of by itself."""

    def __call__(self, *, rules: bool = False, server: str = "") -> None: ...


class Rulebook:
    """Of one core. `changed` is called whenever rules may hold of other resources than before."""

    def __init__(self, parts: Parts, changed: Changed) -> None:
        self._parts = parts
        self._changed = changed
        self._of: dict[tuple[str, str], Watches] = {}
        self._on: dict[str, set[tuple[str, str]]] = {}
        """Which of these follow from which server, too."""
        self._rules: dict[str, list[Record]] = {}
        """Those that may hold of a type, by name."""
        self._alike: dict[str, Watch] = {}
        """Of rules that are the same wherever they hold."""
        memory = parts.memory
        memory.listen(resource_kind(RULE), lambda _, __: self._forget_all())
        memory.listen(resource_kind("server"), lambda server, _: self._forget_server(server))
        for type in ("deployment", "build"):
            memory.listen(resource_kind(type), self._listener(type))

    def of(self, type: str, id: str) -> Watches:
        """Those that hold of a resource; none of one there is not."""
        known = self._of.get((type, id))
        if known is None:
            known = self._made(type, id)
            if self._parts.catalog.get(type, id) is not None:  # else nobody would say when to forget it
                self._of[type, id] = known
        return known

    def find(self, rule: str, type: str, id: str) -> Watch | None:
        """One rule as it holds of a resource."""
        return self.of(type, id).by_rule.get(rule)

    @property
    def has_container_figures(self) -> bool:
        """Whether any rule looks at what single containers use."""
        return any(isinstance(rule.stored.config.what, ContainerFigure) for rule in self._rules_for("deployment"))

    def is_off(self, record: Record) -> bool:
        """Whether the server a resource is on is disabled: core leaves it alone."""
        server = server_of(self._parts, record)
        return server is not None and not server.stored.config.enabled

    def place(self, record: Record) -> Place:
        """Where a resource stands."""
        tags = frozenset(tags_of(self._parts, record))
        return Place(type=record.type, id=record.id, server=record.server, tags=tags)

    def _made(self, type: str, id: str) -> Watches:
        record = self._parts.catalog.get(type, id)
        if record is None or self.is_off(record):
            return Watches()
        place = self.place(record)
        self._on.setdefault(record.server or id, set()).add((type, id))
        made = [watch for rule in self._rules_for(type) if (watch := self._watch(rule, place)) is not None]
        made.sort(key=lambda watch: explains(watch.what) is None)  # so that what they explain is known to be explained
        containers = [w for w in made if type == "server" and isinstance(w.what, OF_CONTAINERS)]
        own = [w for w in made if w not in containers]
        return Watches(
            figures=tuple(w for w in own if isinstance(w.what, FIGURES)),
            conditions=tuple(w for w in own if not isinstance(w.what, FIGURES)),
            container_figures=tuple(w for w in containers if isinstance(w.what, FIGURES)),
            container_conditions=tuple(w for w in containers if not isinstance(w.what, FIGURES)),
            by_rule={w.rule: w for w in made},
        )

    def _rules_for(self, type: str) -> list[Record]:
        found = self._rules.get(type)
        if found is None:
            enabled = [rule for rule in self._parts.catalog.by_name(RULE) if rule.stored.config.enabled]
            found = self._rules[type] = [rule for rule in enabled if type in types_of(rule.stored.config.what)]
        return found

    def _watch(self, rule: Record, place: Place) -> Watch | None:
        if rule.stored.config.overrides:
            return watch_of(rule, place)
        if not covers(rule.stored.config.scope, place):
            return None
        known = self._alike.get(rule.id)
        if known is None and (known := watch_of(rule, place)) is not None:
            self._alike[rule.id] = known
        return known

    def _forget_all(self) -> None:
        for known in (self._of, self._on, self._rules, self._alike):
            known.clear()
        self._changed(rules=True)

    def _forget_server(self, server: str) -> None:
        """Whether it is on, and its tags, count for what is on it."""
        for key in self._on.pop(server, ()):
            self._of.pop(key, None)
        self._of.pop(("server", server), None)
        self._changed(server=server)

    def _listener(self, type: str) -> Callable[[str, Any], None]:
        def changed(id: str, value: object) -> None:
            self._of.pop((type, id), None)
            for there in self._on.values():
                there.discard((type, id))
            self._changed()

        return changed


def watch_of(rule: Record, place: Place) -> Watch | None:
    """None where the rule does not hold."""
    config = terms_at(rule.stored.config, place)
    if config is None:
        return None
    return Watch(
        rule=rule.id,
        name=rule.stored.name,
        what=config.what,
        kind=kind_of(config.what),
        watched=msgspec.json.encode(config.what).decode(),
        unit=unit_of(config.what),
        terms=terms_of(config),
        since=rule.stored.created.timestamp(),
    )


def terms_of(config: AlertRuleConfig) -> Terms:
    """For the engine; what holds or does not is a figure of 1 or 0."""
    has_levels = isinstance(config.what, FIGURES)
    holds = {Severity.CRITICAL: WORSE} if isinstance(config.what, OomKilled) else {}
    holds[config.severity] = HOLDS
    return Terms(
        warning=config.warning if has_levels else holds.get(Severity.WARNING),
        critical=config.critical if has_levels else holds.get(Severity.CRITICAL),
        under=is_under(config.what),
        margin=config.margin if has_levels else 0.0,
        lasts=float(config.lasts),
        calm=float(config.calm),
        repeat=config.repeat * 60.0,
        rises=config.flaps,
        within=config.flap_minutes * 60.0,
    )
