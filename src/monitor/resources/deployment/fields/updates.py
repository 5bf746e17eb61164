"""Updates: whether and when a deployment follows newer images by itself."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import STANDING, shown, text_form
from monitor.kernel.windows import TimeOfDay, TimeZone, Weekday
from monitor.resources.deployment import text

_GROUP = "Updates"
_DOCS = "https://docs.docker.com/reference/cli/docker/image/pull/#pull-an-image-by-digest-immutable-identifier"
_Minutes = Annotated[int, Meta(ge=10, le=1440)]

_START = shown("Begins at", "`03:00`, by the clock of that time zone.")
_LASTS = shown("Minutes", "How long it lasts; an update begins only inside it.")
_ZONE = shown("Time zone", "An IANA name: `UTC`, `Europe/Berlin`.")


class NoAutoUpdate(Struct, frozen=True, kw_only=True, tag_field="kind", tag="off"):
    """Newer images are shown, and that is all."""


class DailyUpdate(Struct, frozen=True, kw_only=True, tag_field="kind", tag="daily"):
    """Every day in one window of time."""

    start: Annotated[TimeOfDay, _START] = "03:00"
    minutes: Annotated[_Minutes, _LASTS] = 60
    zone: Annotated[TimeZone, _ZONE] = "UTC"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"daily {self.start} {self.minutes} {self.zone}"


class WeeklyUpdate(Struct, frozen=True, kw_only=True, tag_field="kind", tag="weekly"):
    """On some days of the week in one window of time."""

    days: Annotated[
        tuple[Weekday, ...], Meta(min_length=1, max_length=7), shown("Days", "Those on which the window begins.")
    ]
    start: Annotated[TimeOfDay, _START] = "03:00"
    minutes: Annotated[_Minutes, _LASTS] = 60
    zone: Annotated[TimeZone, _ZONE] = "UTC"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"weekly {','.join(self.days)} {self.start} {self.minutes} {self.zone}"


UpdateRule = NoAutoUpdate | DailyUpdate | WeeklyUpdate


AutoUpdate = Annotated[
    UpdateRule,
    STANDING,
    text_form(text.update_rule, "daily 03:00 [MINUTES] [ZONE], weekly sat,sun 03:00 [MINUTES] [ZONE], or off"),
    shown(
        "Automatic update",
        "Deploys what is newer by itself, with the rights of whoever saves this.",
        group=_GROUP,
        docs=_DOCS,
    ),
]
RedeployOnBuild = Annotated[
    bool,
    STANDING,
    shown(
        "Redeploy on build",
        "Deploys each new version of its build that it follows, as soon as it is built and while its container runs, "
        "with the rights of whoever saves this.",
        group=_GROUP,
        docs="https://docs.docker.com/get-started/docker-concepts/building-images/build-tag-and-publish-an-image/",
    ),
]
AutoUpdateWithVolumes = Annotated[
    bool,
    shown(
        "Although it keeps data",
        "Needed beside automatic updates where it can write to a volume: a new version may change what is in there "
        "for good.",
        group=_GROUP,
        docs="https://docs.docker.com/engine/storage/volumes/",
    ),
]
