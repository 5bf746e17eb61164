"""Newer: whether there is a newer image than the one that runs, as far as it is known. Pure."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, structs

from monitor.abilities.registry.answers import MADE_HERE
from monitor.abilities.registry.calls import Latest, Runs, Told, Trouble
from monitor.abilities.registry.reference import parse
from monitor.kernel.hostview import Container
from monitor.kernel.windows import Weekday, Window
from monitor.resources.deployment.fields.updates import DailyUpdate, UpdateRule, WeeklyUpdate
from monitor.resources.deployment.values import BuiltImage, LiteralImage


def short_digest(text: str) -> str:
    """The first twelve digits of a digest; anything else whole."""
    return text[: len("sha256:") + 12] if text.startswith("sha256:") else text


class UpdateState(StrEnum):
    """What is known of newer images."""

    NONE = "none"
    AVAILABLE = "available"
    UNKNOWN = "unknown"


class ImageUpdate(Struct, frozen=True, kw_only=True):
    """What was found out about newer images of one deployment."""

    state: UpdateState
    reason: str = ""
    """Why there is none, or why it is not known."""
    reference: str = ""
    """The image it was found out for."""
    image_id: str = ""
    """The image that ran then."""
    running: str = ""
    """Digest of what ran, or the build's version."""
    newest: str = ""
    """Digest of what there is now, or the build's version."""
    checked: datetime | None = None
    trouble: Trouble = Trouble.NONE
    failures: int = 0
    """How many times in a row the registry did not tell."""
    source: str = ""
    """Where what runs comes from, as its image says."""
    version: str = ""
    """Which version runs, as its image says."""
    auto: str = ""
    """What became of updating to `newest` by itself, where that did not work."""

    @property
    def in_words(self) -> str:
        """`up to date`, `available: 1.4.2`, `unknown: the registry does not answer`."""
        if self.state is UpdateState.NONE:
            return f"up to date ({self.reason})" if self.reason else "up to date"
        return f"{self.state.value}: {short_digest(self.newest) or self.reason}"


def without_asking(image: LiteralImage | BuiltImage, running: str, built: str) -> ImageUpdate | None:
    """Where no registry is needed: a build's versions (`running`, `built`), a pinned digest, what is no reference."""
    if isinstance(image, BuiltImage):
        return _of_build(image, running, built)
    try:
        reference = parse(image.image)
    except ValueError as wrong:
        return ImageUpdate(state=UpdateState.UNKNOWN, reason=str(wrong), trouble=Trouble.LASTING)
    if reference.digest:
        return ImageUpdate(
            state=UpdateState.NONE,
            reason="its reference names a digest, which never changes",
            running=reference.digest,
            newest=reference.digest,
        )
    return None


def compared(image: str, told: Told, known: str = "") -> ImageUpdate:
    """What a host found out about a reference; `known` is the digest (`repository@sha256:…`) a deploy left."""
    state, reason, running = _verdict(image, told.runs, told.latest, known)
    return ImageUpdate(
        state=state,
        reason=reason,
        image_id=told.runs.image_id,
        running=running,
        newest=told.latest.digest,
        trouble=told.latest.trouble,
        source=told.runs.source if told.runs.source.startswith(("https://", "http://")) else "",
        version=told.runs.version,
    )


def as_it_stands(
    update: ImageUpdate | None, image: LiteralImage | BuiltImage, version: str, digest: str, running: Container | None
) -> ImageUpdate | None:
    """What is still true of it, now that this container runs: `version` and `digest` are what a deploy left."""
    if update is None or running is None:
        return None
    if update.reference != name_of(image):
        return ImageUpdate(state=UpdateState.UNKNOWN, reason="not looked for since the image was changed")
    if isinstance(image, BuiltImage):
        now = _of_build(image, version, update.newest)
        return structs.replace(now, reference=update.reference, checked=update.checked, auto=_still(update, now))
    if update.image_id in ("", running.image_id):
        return update
    if update.newest and digest.rpartition("@")[2] == update.newest:
        return structs.replace(
            update, state=UpdateState.NONE, reason="", image_id=running.image_id, running=update.newest, auto=""
        )
    return ImageUpdate(state=UpdateState.UNKNOWN, reason="not looked for since another image runs")


def name_of(image: LiteralImage | BuiltImage) -> str:
    """What an ImageUpdate keeps as its reference."""
    return f"build {image.build}" if isinstance(image, BuiltImage) else image.image


def window_of(rule: UpdateRule) -> Window | None:
    """When the rule may update; None where it is off."""
    match rule:
        case DailyUpdate():
            return Window(start=rule.start, minutes=rule.minutes, zone=rule.zone)
        case WeeklyUpdate():
            days = frozenset(Weekday(day) for day in rule.days)
            return Window(start=rule.start, minutes=rule.minutes, zone=rule.zone, days=days)
        case _:
            return None


def _of_build(image: BuiltImage, running: str, built: str) -> ImageUpdate:
    known = ImageUpdate(state=UpdateState.NONE, running=running, newest=built)
    if not running:
        return structs.replace(known, state=UpdateState.UNKNOWN, reason="what runs was deployed from no build")
    if image.version:
        return structs.replace(known, newest=image.version, reason="the deployment is kept at one version")
    if running != built:
        return structs.replace(known, state=UpdateState.AVAILABLE)
    return known


def _still(before: ImageUpdate, now: ImageUpdate) -> str:
    return before.auto if now.state is UpdateState.AVAILABLE and now.newest == before.newest else ""


def _verdict(image: str, runs: Runs, latest: Latest, known: str) -> tuple[UpdateState, str, str]:
    """State, reason, digest of what runs. The order of two digests is not known: any other one counts as newer."""
    repository = parse(image).repository
    digests = [d for d in (*runs.digests, known) if d]
    ours = [digest for digest in digests if _repository(digest) == repository]
    running = next(iter(ours), "").rpartition("@")[2]
    if not latest.digest:
        return UpdateState.UNKNOWN, latest.reason, running
    # What has the same digest is the same, wherever it came from; containerd's images have it as their id.
    if latest.digest in (*(digest.rpartition("@")[2] for digest in digests), runs.image_id):
        return UpdateState.NONE, "", latest.digest
    if not digests:
        return UpdateState.UNKNOWN, MADE_HERE.reason, ""
    if not ours:
        return UpdateState.UNKNOWN, f"what runs was not pulled from {repository}", ""
    if latest.platforms and runs.platform and runs.platform not in latest.platforms:
        return UpdateState.NONE, f"what is newer is not made for {runs.platform}", running
    return UpdateState.AVAILABLE, "", running


def _repository(digest: str) -> str:
    try:
        return parse(digest).repository
    except ValueError:
        return ""
