"""Task: what core hands the process that sends one message, and what that answers."""

from msgspec import Struct


class Endpoint(Struct, frozen=True):
    """An address and a port."""

    host: str
    port: int


class Task(Struct, frozen=True, kw_only=True):
    """One message to one place."""

    service: str
    """Name of one of services.py, or `webhook`."""
    url: str
    id: str
    """The same each time it is tried again."""
    subject: str
    text: str
    severity: str = ""
    """warning, critical, or empty: good news, or none."""
    body: str = ""
    """What a webhook gets, as JSON."""
    secret: str = ""
    """What a webhook is signed with."""
    own: tuple[Endpoint, ...] = ()
    """Where Monitor itself listens: nothing is sent there."""
    own_port: int = 0
    """Core's, at whichever address of this machine."""
    allowed: tuple[Endpoint, ...] = ()
    """Beyond what the guard lets through: for tests, which have nothing but loopback. Core never fills it in."""


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of it."""

    delivered: bool
    error: str = ""
    """Why not, in the service's words; whoever shows it takes the secrets out."""
    refused: bool = False
    """The service is there and does not take this message; others it may."""
