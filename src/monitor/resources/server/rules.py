"""Rules: what is cleaned from a server's host, each its own switch; nothing unless somebody says so."""

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from monitor.kernel.cron import cron
from monitor.kernel.errors import Invalid
from monitor.kernel.marks import shown
from monitor.kernel.recurring import Missed, Rule
from monitor.kernel.windows import TimeZone

_GRACE = 24 * 3600.0
Days = Annotated[int, Meta(ge=0, le=3650)]
Gigabytes = Annotated[int, Meta(ge=0, le=1_000_000)]


class CleanUpRules(Struct, frozen=True, kw_only=True):
    """What goes when the server is cleaned up. What a deployment or build needs never does, whatever is set here."""

    dangling_images: Annotated[
        Days,
        shown("Images without a name", "Days; those nothing uses and that are here longer go. 0: they stay."),
    ] = 0
    unused_images: Annotated[
        Days,
        shown("Unused images", "Days; images that nothing has used for longer go, with their names. 0: they stay."),
    ] = 0
    keep_versions: Annotated[
        int,
        Meta(ge=0, le=1000),
        shown(
            "Versions of each build",
            "So many of the newest stay here whatever else is set; older ones that nothing needs go. 0: no rule.",
        ),
    ] = 0
    images_gb: Annotated[
        Gigabytes,
        shown("All images together", "GB; above it unused images go, oldest first, until it is met. 0: no limit."),
    ] = 0
    disk_percent: Annotated[
        int,
        Meta(ge=0, le=99),
        shown("Docker's disk", "Percent full; above it unused images go, oldest first. 0: no limit."),
    ] = 0
    build_cache: Annotated[
        Days, shown("Build cache", "Days; what no build of BuildKit's has used for longer goes. 0: it stays.")
    ] = 0
    build_cache_gb: Annotated[
        Gigabytes,
        shown("Size of the build cache", "GB; above it the least used goes until it is met. 0: no limit."),
    ] = 0
    containers: Annotated[
        Days,
        shown(
            "Stopped containers",
            "Days; those of no deployment that ended before go, with what they wrote into themselves; their volumes "
            "stay. 0: they stay.",
        ),
    ] = 0
    networks: Annotated[
        Days, shown("Unused networks", "Days; those older, with nothing on them and in no config, go. 0: they stay.")
    ] = 0
    git_mirrors: Annotated[
        Days,
        shown(
            "Mirrors of repositories",
            "Days; those no build has used for longer go, and after a day those of no build. 0: they stay.",
        ),
    ] = 0

    cron: Annotated[
        str,
        Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$"),
        shown(
            "By itself",
            "When, as cron has it: `0 3 * * *` is 3 o'clock each night; `@weekly`. Empty: only when somebody asks. It "
            "runs with the rights of whoever saves this.",
            docs="https://manpages.debian.org/stable/cron/crontab.5.en.html",
        ),
    ] = ""
    zone: Annotated[TimeZone, shown("Time zone", "Whose clock counts: `UTC`, `Europe/Berlin`.")] = "UTC"

    @property
    def about_images(self) -> bool:
        """Whether any is about images."""
        by_age = self.dangling_images or self.unused_images or self.keep_versions
        return bool(by_age or self.images_gb or self.disk_percent)

    @property
    def about_cache(self) -> bool:
        """Whether any is about the build cache."""
        return bool(self.build_cache or self.build_cache_gb)

    @property
    def any(self) -> bool:
        """Whether anything is to be cleaned."""
        return self.about_images or self.about_cache or bool(self.containers or self.networks or self.git_mirrors)


_SEPARATOR = re.compile(r",\s*(?=[a-z_-]+=)")
"""A comma before a name: an expression of cron has some of its own."""
RULES = msgspec.structs.fields(CleanUpRules)


def rules_of(text: str) -> dict[str, Any]:
    """`unused_images=30,keep_versions=5,cron=0 3 * * *,zone=UTC`; ValueError says what there is."""
    found: dict[str, Any] = {}
    known = [field.name for field in RULES]
    for part in _SEPARATOR.split(text.strip()):
        name, _, value = part.strip().partition("=")
        name = name.strip().replace("-", "_")
        words = name in ("cron", "zone")
        if name not in known or not (words or (value.isascii() and value.isdigit())):
            raise ValueError(f"{part!r} is no rule; write `unused_images=30,keep_versions=5`: {', '.join(known)}")
        found[name] = value if words else int(value)
    return found


def check_rules(rules: CleanUpRules | None) -> None:
    """Invalid where it is switched on and says nothing."""
    if rules is not None and not rules.any:
        raise Invalid.field("config.clean_up", "it says nothing to clean: set a rule, or switch it off")
    if rules is not None:
        try:
            rule_of(rules)
        except ValueError as wrong:
            raise Invalid.field("config.clean_up.cron", str(wrong)) from None


def rule_of(rules: CleanUpRules | None) -> Rule | None:
    """When it runs by itself; None: never. One that was missed runs when core is back within the day. ValueError."""
    if rules is None or not rules.cron.strip():
        return None
    cron(rules.cron, rules.zone)
    return Rule(cron=rules.cron, zone=rules.zone, missed=Missed.RUN_ONCE, grace=_GRACE)
