"""Webhooks: a push to the repository a resource is made from prompts one of its operations; derived for every type that
declares which."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import UNSET, Meta, Struct, UnsetType

from monitor.kernel.derived import derived
from monitor.kernel.marks import shown
from monitor.kernel.operation import Edit, Needs, Operation, Query
from monitor.kernel.permission import Level
from monitor.kernel.stream import Stream

if TYPE_CHECKING:
    from monitor.kernel.resource import ResourceType

KEPT = 50
"""Deliveries that are shown of each webhook."""
_PART = "webhook"

_Pattern = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
Branches = Annotated[
    tuple[_Pattern, ...],
    Meta(max_length=50),
    shown(
        "Branches",
        "Whose pushes count: names, or patterns as `release/*`; what is built is the branch that was pushed to. Empty: "
        "only the branch it is made from.",
    ),
]
Paths = Annotated[
    tuple[_Pattern, ...],
    Meta(max_length=50),
    shown(
        "Paths",
        "Only when one of these files changed since it was built: `src`, `**/*.py`, and `!docs` for what does not "
        "count. Empty: any file.",
    ),
]


class Outcome(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"
    """It is yet to be looked at, or waits for a run that goes on."""
    RUN = "run"
    """It had the operation run."""
    MERGED = "merged"
    """A run that a later one of the same burst asked for does for both."""
    NOTHING_NEW = "nothing_new"
    """The repository has nothing that was not built already."""
    IGNORED = "ignored"
    """It is none of those that count."""
    FAILED = "failed"
    """The repository could not be asked, or the operation was refused."""


class Delivery(Struct, frozen=True, kw_only=True):
    """One request with the right secret. What it says of itself is the sender's word and nothing more."""

    id: str
    at: datetime
    service: str
    """github, gitlab, gitea, forgejo, token, or monitor for a test."""
    event: str
    branch: str = ""
    commit: str = ""
    """The head it told of."""
    pusher: str = ""
    outcome: Outcome = Outcome.WAITING
    reason: str = ""
    """Why, for people."""
    activity: str = ""
    """What was run, by this one or already."""


class Webhook(Struct, frozen=True, kw_only=True):
    """A resource's webhook as its readers see it: neither its address nor its secret."""

    on: bool = False
    made: bool = False
    """Whether it has an address and a secret, on or off."""
    follows: str = ""
    """The branch or tag it is made from; empty: the repository's default branch."""
    branches: Branches = ()
    paths: Paths = ()
    refused: int = 0
    """Requests at its address with a wrong secret, since core started."""
    refused_at: datetime | None = None
    deliveries: tuple[Delivery, ...] = ()
    """Newest first, at most 50."""


class WebhookAddress(Struct, frozen=True, kw_only=True):
    """Where a service sends its pushes to."""

    url: str
    secret: str = ""
    """Told once: when it is made."""
    note: str = ""
    """What to know about the address."""


class ShowWebhook(Query[Webhook], frozen=True, kw_only=True):
    """Its webhook: whether it is on, what counts, and the last deliveries with what became of each."""

    part: ClassVar[str] = _PART


class ShowWebhookUrl(Query[WebhookAddress], frozen=True, kw_only=True):
    """The address to give to the service; not the secret, which is told only when it is made."""

    title: ClassVar[str] = "Webhook address"
    part: ClassVar[str] = _PART
    needs: ClassVar[Needs] = Level.WRITE


class SwitchWebhookOn(Edit[WebhookAddress], frozen=True, kw_only=True):
    """Let pushes prompt it. The first time, an address and a secret are made, and the secret is told this once. What
    counts changes where it is given."""

    title: ClassVar[str] = "Switch webhook on"
    part: ClassVar[str] = _PART

    branches: Branches | UnsetType = UNSET
    paths: Paths | UnsetType = UNSET


class SwitchWebhookOff(Edit[None], frozen=True, kw_only=True):
    """Take no more deliveries; address and secret stay for the next time."""

    title: ClassVar[str] = "Switch webhook off"
    part: ClassVar[str] = _PART


class RenewWebhook(Edit[WebhookAddress], frozen=True, kw_only=True):
    """Make a new secret, told this once; the old one counts no more from now on."""

    title: ClassVar[str] = "New webhook secret"
    part: ClassVar[str] = _PART
    danger: ClassVar[bool] = True

    address: Annotated[bool, shown("New address too", "The old address leads nowhere then.")] = False


class TryWebhook(Edit[Delivery], frozen=True, kw_only=True):
    """Do as if a push had come: the repository is asked, and what is new there is built."""

    title: ClassVar[str] = "Send a test"
    part: ClassVar[str] = _PART


class WatchWebhook(Stream[Webhook], frozen=True, kw_only=True):
    """Its webhook, live."""


class Head(Struct, frozen=True, kw_only=True):
    """What a repository has now."""

    commit: str
    branch: str
    """Its short name; of the default branch, as far as the repository tells."""
    changed: bool = True
    """Whether a file that counts differs from what was asked to be compared with; also where nobody can tell."""


class Pushes(Struct, frozen=True, kw_only=True):
    """What core needs of a type that pushes may prompt, beside its declaration."""

    follows: Callable[[Any], str | None]
    """(config) -> the full ref it is made from, empty for the default branch; None where no push can change it."""
    made_of: Callable[[Any], tuple[str, str]]
    """(info) -> the commit it was made of last, and the activity that did."""
    head: Callable[[Any, str, str, tuple[str, ...]], Awaitable[Head]]
    """(context, branch or empty for its own, commit to compare with, paths) -> what the repository has."""
    run: Callable[[str, str], Operation[Any]]
    """(target, branch or empty for its own) -> what a push to it prompts."""


@lru_cache(maxsize=100)
def webhook_operations(type: "ResourceType[Any, Any, Any]") -> dict[str, Any]:
    """The type's own, by verb; none for a type that no push prompts."""
    if not type.pushed:
        return {}
    bases: dict[str, Any] = {
        "webhook": ShowWebhook,
        "webhook_url": ShowWebhookUrl,
        "webhook_on": SwitchWebhookOn,
        "webhook_off": SwitchWebhookOff,
        "webhook_renew": RenewWebhook,
        "webhook_test": TryWebhook,
    }
    return {verb: _made(type, base, verb) for verb, base in bases.items()}


@lru_cache(maxsize=100)
def webhook_stream(type: "ResourceType[Any, Any, Any]") -> Any:
    """The type's own live topic, or None."""
    return _made(type, WatchWebhook, "watch_webhook") if type.pushed else None


def _made(type: "ResourceType[Any, Any, Any]", base: Any, verb: str) -> Any:
    return derived(base, f"{base.__name__}{type.title.title().replace(' ', '')}", f"{type.name}.{verb}")
