"""Defaults: the rules a new core begins with. They are made once: one that is changed or deleted stays so.

Why these figures: docs/alerts.md.
"""

from monitor.kernel.alerts import Severity
from monitor.resources.alert_rule.conditions import (
    AgentOld,
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
)
from monitor.resources.alert_rule.spec import AlertRuleConfig

_CRITICAL = Severity.CRITICAL
DEFAULTS: dict[str, AlertRuleConfig] = {
    "server-unreachable": AlertRuleConfig(what=Unreachable(), severity=_CRITICAL, lasts=30, calm=30),
    "docker-silent": AlertRuleConfig(what=DockerSilent(), severity=_CRITICAL, lasts=60, calm=30),
    "cpu": AlertRuleConfig(what=ServerFigure(measure="cpu"), warning=90, margin=10, lasts=900, calm=300),
    "memory": AlertRuleConfig(
        what=ServerFigure(measure="memory"), warning=90, critical=97, margin=5, lasts=300, calm=120
    ),
    "swap": AlertRuleConfig(what=ServerFigure(measure="swap"), warning=80, margin=10, lasts=900, calm=300),
    "load": AlertRuleConfig(
        what=ServerFigure(measure="load_per_core"), warning=2, critical=5, margin=0.5, lasts=900, calm=300
    ),
    "disk": AlertRuleConfig(what=ServerFigure(measure="disk"), warning=85, critical=95, margin=2, lasts=120, calm=120),
    "disk-full-soon": AlertRuleConfig(what=DiskFull(), warning=24, critical=6, margin=6, lasts=900, calm=1800),
    "inodes": AlertRuleConfig(
        what=ServerFigure(measure="inodes"), warning=85, critical=95, margin=2, lasts=120, calm=120
    ),
    "temperature": AlertRuleConfig(
        what=ServerFigure(measure="temperature"), warning=85, critical=95, margin=5, lasts=300, calm=120
    ),
    "container-exited": AlertRuleConfig(what=Exited(), severity=_CRITICAL, lasts=20, calm=20),
    "container-unhealthy": AlertRuleConfig(what=Unhealthy(), lasts=60, calm=60),
    "restart-loop": AlertRuleConfig(what=RestartLoop(), severity=_CRITICAL, lasts=0, calm=0),
    "out-of-memory": AlertRuleConfig(what=OomKilled(), lasts=0, calm=600),
    "deployment-missing": AlertRuleConfig(what=Missing(), severity=_CRITICAL, lasts=60, calm=0),
    "deployment-drifted": AlertRuleConfig(what=Drifted(), lasts=120, calm=0),
    "image-update": AlertRuleConfig(what=NewerImage(), lasts=0, calm=0),
    "build-failed": AlertRuleConfig(what=Failed(doing=Doing.BUILD), lasts=0, calm=0),
    "deploy-failed": AlertRuleConfig(what=Failed(doing=Doing.DEPLOY), lasts=0, calm=0),
    "periphery-old": AlertRuleConfig(what=AgentOld(), lasts=3600, calm=0),
}
