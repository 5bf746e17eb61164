"""Listed: the daemon's words about images, typed. Pure; what is odd in them is left out, not believed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from monitor.abilities.image.calls import HostImage, Layer
from monitor.kernel.ownership import BUILD_LABEL, CORE_LABEL

_NONE = ("<none>:<none>", "<none>@<none>")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 100_000


def image(told: Mapping[str, Any]) -> HostImage:
    """An item of GET /images/json."""
    labels: dict[str, str] = told.get("Labels") or {}
    return HostImage(
        id=told["Id"],
        tags=_names(told.get("RepoTags")),
        digests=_names(told.get("RepoDigests")),
        size=told.get("Size") or 0,
        created=moment(told.get("Created")),
        parent=told.get("ParentId") or "",
        core=_short(labels.get(CORE_LABEL)),
        build=_short(labels.get(BUILD_LABEL)),
        version=_short(labels.get("monitor.version")),
    )


def layer(told: Mapping[str, Any]) -> Layer:
    """An item of GET /images/…/history."""
    return Layer(
        command=str(told.get("CreatedBy") or told.get("Comment") or "")[:_LONGEST],
        size=told.get("Size") or 0,
        created=moment(told.get("Created")),
        tags=_names(told.get("Tags")),
    )


def moment(seconds: Any) -> datetime:
    """The daemon's seconds; 1970 where they are none."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return _EPOCH


def _names(told: Iterable[str] | None) -> tuple[str, ...]:
    return tuple(sorted(name for name in told or () if name not in _NONE))


def _short(text: str | None) -> str:
    return text if text is not None and len(text) <= 100 else ""
