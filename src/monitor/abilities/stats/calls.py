"""Messages about a host's usage."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from monitor.kernel.call import Call, Feed
from monitor.kernel.hostview import HostStats
from monitor.kernel.insides import MOST_PROCESSES, BusyProcesses, Count, Figure, Process

MOST_TOP = 10
_Word = Annotated[str, Meta(max_length=100)]


class LiveStats(Feed[HostStats], frozen=True, kw_only=True, tag="stats.live"):
    """One sample a second while it is open; core opens it while somebody looks."""

    every: float = 1.0


class ListHostProcesses(
    Call[Annotated[tuple[Process, ...], Meta(max_length=MOST_PROCESSES)]],
    frozen=True,
    kw_only=True,
    tag="stats.processes",
):
    """The host's processes that use the most cpu, by two looks a second apart; names without arguments."""


class FollowProcesses(Feed[BusyProcesses], frozen=True, kw_only=True, tag="stats.follow_processes"):
    """The same every two seconds while it is open, by what they used in these."""


class TopProgram(Struct, frozen=True, kw_only=True):
    """What runs in one container, or the processes of one program that run in none; by its busiest, or largest."""

    pid: Count
    name: _Word
    """Of the program: a command line may hold secrets."""
    user: _Word = ""
    container: _Word = ""
    """Id; empty: it runs in none."""
    processes: Count = 1
    """That are looked at together."""
    used: Figure
    """By the one: percent of one core, or bytes, with its share of what it shares with others."""
    of_all: Figure
    """By all."""


class TopPrograms(
    Call[Annotated[tuple[TopProgram, ...], Meta(max_length=MOST_TOP)]], frozen=True, kw_only=True, tag="stats.top"
):
    """What uses the most cpu, by two looks half a second apart, or memory: for an alert, which does not wait long."""

    timeout: ClassVar[float] = 5.0

    by: Literal["cpu", "memory"]
