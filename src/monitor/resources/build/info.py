"""Info: what the last successful run of a build left."""

from datetime import datetime

from msgspec import Struct


class BuildInfo(Struct, frozen=True, kw_only=True):
    """What the last successful run left."""

    version: str = "0.0.0"
    """The version built last; the next run raises it."""
    image: str = ""
    """Full reference of that version."""
    image_id: str = ""
    commit: str = ""
    """Empty where the Dockerfile is written in Monitor."""
    commit_url: str = ""
    """The commit's page, where the service is known."""
    message: str = ""
    branch: str = ""
    """The one it was built from, if one was named: not always the build's own."""
    built: datetime | None = None
    activity: str = ""
    not_pushed: tuple[str, ...] = ()
    """Repositories of registries that were to get that version and do not have it."""
