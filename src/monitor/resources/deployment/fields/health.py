"""Health: how Docker, and at a deploy Monitor, finds out whether what runs in the container works."""

import json
from typing import Annotated

from msgspec import Meta, Struct

from monitor.abilities.container.probes import Probe as _Probe
from monitor.kernel.marks import shown, text_form
from monitor.resources.deployment import text
from monitor.resources.deployment.fields.links import DOCKERFILE
from monitor.resources.deployment.fields.texts import Seconds
from monitor.resources.deployment.values import Argument

_GROUP = "Health"
_DOCS = f"{DOCKERFILE}#healthcheck"


class ImageHealth(Struct, frozen=True, kw_only=True, tag_field="kind", tag="image"):
    """What the image says, if it does."""


class NoHealth(Struct, frozen=True, kw_only=True, tag_field="kind", tag="none"):
    """None, whatever the image says."""

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return "none"


class CommandHealth(Struct, frozen=True, kw_only=True, tag_field="kind", tag="command"):
    """A program in the container: exit code 0 is healthy."""

    command: Annotated[
        tuple[Argument, ...], Meta(min_length=1, max_length=100), shown("Command", "A list, no shell (Docker's CMD).")
    ]

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"CMD {json.dumps(list(self.command), ensure_ascii=False)}"


class ShellHealth(Struct, frozen=True, kw_only=True, tag_field="kind", tag="shell"):
    """A line for the container's own shell."""

    command: Annotated[
        str,
        Meta(min_length=1, max_length=32_768, pattern=r"^[^\x00]+$"),
        shown("Command", "Run by the image's shell (Docker's CMD-SHELL)."),
    ]

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"CMD-SHELL {self.command}"


HealthTest = ImageHealth | NoHealth | CommandHealth | ShellHealth
HealthCheck = Annotated[
    HealthTest,
    text_form(text.health, 'CMD-SHELL LINE or CMD ["PROGRAM"] or none or image'),
    shown("Health check", "A deploy has worked once this says healthy.", group=_GROUP, docs=_DOCS),
]
HealthInterval = Annotated[
    Seconds,
    text_form(text.duration, "30s"),
    shown("Interval", "Seconds between two checks; 0: the image's, else 30.", group=_GROUP, docs=_DOCS),
]
HealthTimeout = Annotated[
    Seconds,
    text_form(text.duration, "30s"),
    shown("Timeout", "Seconds one check may take; 0: the image's, else 30.", group=_GROUP, docs=_DOCS),
]
HealthStartPeriod = Annotated[
    Seconds,
    text_form(text.duration, "1m"),
    shown("Start period", "Seconds at the start in which failures do not count.", group=_GROUP, docs=_DOCS),
]
HealthRetries = Annotated[
    int,
    Meta(ge=0, le=1000),
    shown("Retries", "Failures in a row that make it unhealthy; 0: the image's, else 3.", group=_GROUP, docs=_DOCS),
]
Probe = Annotated[
    _Probe,
    text_form(text.probe, "http:8080/health, tcp:5432 or none"),
    shown(
        "Probe",
        "How a deploy asks the new container itself whether it is up; a health check decides beside it.",
        group=_GROUP,
        docs=_DOCS,
    ),
]
HealthyWithin = Annotated[
    float,
    Meta(ge=1, le=3600),
    text_form(text.duration, "2m"),
    shown(
        "Healthy within",
        "Seconds a new container has to become healthy and answer its probe.",
        group=_GROUP,
        docs=_DOCS,
    ),
]
