"""Joining: how a host's periphery becomes this server's."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from monitor.kernel.operation import Edit, Needs
from monitor.kernel.stream import Stream


class JoinToken(Struct, frozen=True, kw_only=True):
    """What a host needs to join, once, within 15 minutes."""

    token: str
    expires: datetime
    command: str
    """What to run on the host."""


class IssueJoinToken(Edit[JoinToken], frozen=True, kw_only=True, tag="server.join_token"):
    """Make the token with which a host's periphery joins as this server."""

    title: ClassVar[str] = "Make join token"

    replace: bool = False
    """Needed when a periphery has joined already: the new one takes its place. Only admins may."""


class JoinStage(StrEnum):
    """How far the joining of a host has come."""

    NONE = "none"
    """No token was made since core started, and no host has joined."""
    WAITING = "waiting"
    """A token was made; no host has used it."""
    INTRODUCED = "introduced"
    """A host has proved that it holds the token."""
    CALLING = "calling"
    """Core calls it at its address."""
    FAILED = "failed"
    """It was refused, or core could not call it; `error` says why. The token stays good until it expires."""
    JOINED = "joined"


class JoinState(Struct, frozen=True, kw_only=True):
    """Where the joining of a server's host stands."""

    state: JoinStage
    error: str = ""
    hint: str = ""
    address: str = ""
    """Where core calls the host."""
    port: int = 0
    at: datetime | None = None
    """When it came so far."""
    expires: datetime | None = None
    """Until when the token may be used; nothing is told at that moment."""


class WatchJoin(Stream[JoinState], frozen=True, kw_only=True, tag="server.watch_join"):
    """How far the joining of the server's host has come, live, under the key `join`."""

    needs: ClassVar[Needs] = IssueJoinToken.needs
