"""Oracle: who may do what, worked out from declarations alone and in another way than core does it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct

from monitor.kernel.operation import Kind, Operation
from monitor.kernel.permission import Access, HostPower, Level, Right
from monitor.kernel.stream import Stream

_ORDER = (Level.NONE, Level.READ, Level.EXECUTE, Level.WRITE)
_LEAST = {Kind.QUERY: Level.READ, Kind.EDIT: Level.WRITE, Kind.ACTION: Level.EXECUTE}
"""What an operation on a resource needs at least, whatever it declares."""


class Place(StrEnum):
    """What an operation is asked for: a resource that was granted on, one that was not, none at all, or a type."""

    OWN = "own"
    FOREIGN = "foreign"
    ABSENT = "absent"
    TYPE = "type"


class Verdict(StrEnum):
    """What becomes of a request before its handler is asked."""

    ALLOWED = "allowed"
    NOT_SIGNED_IN = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"


class Holding(Struct, frozen=True):
    """Something granted: on the resource `OWN`, on all of its `TYPE`, or (FOREIGN) on all of every other type."""

    on: Place
    level: Level = Level.NONE
    rights: tuple[Right, ...] = ()
    powers: tuple[HostPower, ...] = ()


class Standing(Struct, frozen=True):
    """A kind of caller."""

    name: str
    holds: tuple[Holding, ...] = ()
    signed_in: bool = True
    admin: bool = False

    def level(self, place: Place) -> Level:
        """The highest on a resource there (or, for TYPE, on all of the type)."""
        best = 0
        for holding in self.holds:
            if holding.on is Place.TYPE or (holding.on is Place.OWN and place is Place.OWN):
                best = max(best, _ORDER.index(holding.level))
        return Level.WRITE if self.admin else _ORDER[best]

    def rights(self, place: Place) -> set[Right]:
        """All that apply there; to create is given on types only."""
        if self.admin:
            return set(Right)
        applying = [h for h in self.holds if h.on is Place.TYPE or (h.on is place is Place.OWN)]
        found = ((right, holding.on) for holding in applying for right in holding.rights)
        return {right for right, on in found if right is not Right.CREATE or on is Place.TYPE}

    def reads(self, place: Place) -> bool:
        """Whether he may know of what is there."""
        return self.admin or (self.signed_in and self.level(place) is not Level.NONE)


def standings() -> Iterator[Standing]:
    """Every kind of caller: each level and right on the resource, on its type and on everything else; the powers."""
    yield Standing("nobody", signed_in=False)
    yield Standing("signed in with nothing")
    yield Standing("admin", admin=True)
    yield Standing("everything on all other types", (Holding(Place.FOREIGN, Level.WRITE, tuple(Right)),))
    yield Standing("all rights without a level", (Holding(Place.OWN, Level.NONE, tuple(Right)),))
    yield Standing("all rights and write", (Holding(Place.OWN, Level.WRITE, tuple(Right)),))
    yield Standing("write on it, all rights on the type", (_own(Level.WRITE), Holding(Place.TYPE, rights=tuple(Right))))
    for level in _ORDER[1:]:
        yield Standing(f"{level} on it", (_own(level),))
        yield Standing(f"{level} on the type", (Holding(Place.TYPE, level),))
    for right in Right:
        yield Standing(f"{right} and read on it", (Holding(Place.OWN, Level.READ, (right,)),))
        yield Standing(f"only {right} on the type", (Holding(Place.TYPE, rights=(right,)),))
        others = tuple(r for r in Right if r is not right)
        yield Standing(f"write and all but {right} on it", (Holding(Place.OWN, Level.WRITE, others),))
    yield Standing("every host power on all servers", (Holding(Place.FOREIGN, powers=tuple(HostPower)),))


def expected(
    declared: type[Operation[Any]] | type[Stream[Any]], standing: Standing, place: Place, *, type: bool
) -> Verdict:
    """What must become of a request; `type`: the operation is a resource type's, not a feature's."""
    needs = _needs(declared) if type else declared.needs
    if needs is Access.PUBLIC:
        return Verdict.ALLOWED
    if not standing.signed_in:
        return Verdict.NOT_SIGNED_IN
    if type and place is not Place.TYPE and (place is Place.ABSENT or not standing.reads(place)):
        return Verdict.NOT_FOUND
    return Verdict.ALLOWED if standing.admin or _enough(needs, standing, place) else Verdict.FORBIDDEN


def _enough(needs: Any, standing: Standing, place: Place) -> bool:
    if isinstance(needs, Right):
        return needs in standing.rights(place)
    if isinstance(needs, Level):
        lists = place is Place.TYPE and needs is Level.READ  # which shows each what he may read
        return lists or _ORDER.index(standing.level(place)) >= _ORDER.index(needs)
    return needs is Access.SIGNED_IN


def _needs(declared: type[Operation[Any]] | type[Stream[Any]]) -> Any:
    """What is declared, but never less than the kind of operation needs."""
    if getattr(declared, "each", False):
        return declared.needs  # each thing it is on is asked for by itself
    least = _LEAST[declared.kind] if isinstance(declared.kind, Kind) else Level.READ
    needs = declared.needs
    if needs in (Access.PUBLIC, Access.SIGNED_IN):
        return least
    if isinstance(needs, Level) and _ORDER.index(needs) < _ORDER.index(least):
        return least
    return needs


def _own(level: Level) -> Holding:
    return Holding(Place.OWN, level)
