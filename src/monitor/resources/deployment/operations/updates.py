"""Newer images: looking for them, listing them, taking them."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.operation import Action, Needs, Query, StepInfo
from monitor.kernel.permission import Level
from monitor.resources.deployment.newer import ImageUpdate, short_digest
from monitor.resources.deployment.operations.deploy import Deploy


class FoundUpdate(Struct, frozen=True, kw_only=True):
    """What is known of newer images of one deployment."""

    name: str
    server: str
    """Name of its server, where the reader may see that."""
    image: str
    state: str
    """none, available or unknown; empty of what has no container, or was never looked for."""
    reason: str = ""
    checked: datetime | None = None
    newest: str = ""
    """Digest, or the build's version."""
    auto: str = ""
    """What became of taking it by itself, where that did not work."""
    deployment: str
    """Its id."""

    @property
    def short_newest(self) -> str:
        """Enough of a digest to tell two apart; a version whole."""
        return short_digest(self.newest)

    @property
    def said(self) -> str:
        """Whether there is one, in words that stand alone."""
        return {"none": "up to date", "": "not looked for"}.get(self.state, self.state)


class CheckUpdate(Query[ImageUpdate], frozen=True, kw_only=True, tag="deployment.check_update"):
    """Ask the image's registry now whether there is a newer one."""

    needs: ClassVar[Needs] = Level.EXECUTE
    title: ClassVar[str] = "Check for update"
    method: ClassVar[str] = "POST"


class CheckUpdates(Query[tuple[FoundUpdate, ...]], frozen=True, kw_only=True, tag="deployment.check_updates"):
    """The same for every deployment you may deploy; answers what was found within half a minute."""

    method: ClassVar[str] = "POST"
    targeted: ClassVar[bool] = False
    title: ClassVar[str] = "Check all for updates"


class ListUpdates(Query[tuple[FoundUpdate, ...]], frozen=True, kw_only=True, tag="deployment.updates"):
    """What is known of newer images, by name; only what has one unless `every` asks for all."""

    targeted: ClassVar[bool] = False

    every: bool = False
    """Those without a newer image too, and those of which it is not known."""


class UpdateImage(Action, frozen=True, kw_only=True, tag="deployment.update_image"):
    """Pull the newest image, or take the build's newest version, and deploy it; nothing else changes."""

    title: ClassVar[str] = "Update image"
    steps: ClassVar[tuple[StepInfo, ...]] = Deploy.steps
    meanwhile: ClassVar[str] = Deploy.meanwhile

    expects: Annotated[str, Meta(max_length=200)] = ""
    """The digest, or the build's version, that was found to be the newest: refused when another one is by now."""


OPERATIONS = (CheckUpdate, CheckUpdates, ListUpdates, UpdateImage)
