"""Fates: which images of a host go when it is cleaned up, which stay, and why. Pure.

An image that anything needs stays, and so does what it was made from.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from monitor.abilities.cleaning.calls import KeptImage
from monitor.abilities.image.calls import HostImage
from monitor.resources.server.rules import CleanUpRules
from monitor.resources.server.uses import Uses

GB = 1_000_000_000
YOUNG = timedelta(days=1)
"""What is here for less may be somebody's who is about to use it: it stays whatever the rules say."""
_GROUND = "images that stay were made from it"
_LAST = "only images that go were made from it"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Fate(NamedTuple):
    """What becomes of one image."""

    image: HostImage
    uses: Uses
    goes: bool
    why: str
    since: datetime
    """When it came here, or was last seen in use."""
    layers: tuple[tuple[str, int], ...]
    exact: bool


class Given(NamedTuple):
    """What the fates follow from, beside the images."""

    rules: CleanUpRules
    now: datetime
    core: str
    builds: Mapping[str, str]
    """Names by id of the builds there are; empty where the caller may not know it."""
    too_much: int = 0
    """Bytes that Docker's disk is over its limit."""


def decide(images: Sequence[tuple[KeptImage, Uses]], given: Given) -> list[Fate]:
    """Of each image; those that go before what they were made from."""
    return _Fates(images, given).decided()


class _Fates:
    def __init__(self, images: Sequence[tuple[KeptImage, Uses]], given: Given) -> None:
        self._given = given
        self._kept = {kept.image.id: kept for kept, _ in images}
        self._uses = {kept.image.id: uses for kept, uses in images}
        self._children: dict[str, list[str]] = {}
        for id, kept in self._kept.items():
            if kept.image.parent in self._kept:
                self._children.setdefault(kept.image.parent, []).append(id)
        self._order = self._children_first()
        self._since = {id: kept.here for id, kept in self._kept.items()}
        self._count: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        for kept in self._kept.values():
            for layer, size in kept.layers:
                self._count[layer] = self._count.get(layer, 0) + 1
                self._sizes[layer] = size
        self._freed = 0
        self._bound: dict[str, str] = {}
        """Why an image stays whatever the rules say."""
        self._going: dict[str, str] = {}
        """Why an image goes, in the order they go in."""

    def decided(self) -> list[Fate]:
        newest = self._newest_versions()
        for id in self._order:
            if why := self._bound_by(id, newest):
                self._bound[id] = why
            elif not self._has_staying_child(id) and (why := self._asked_for(id)):
                self._take(id, why)
        self._meet_limits()
        self._take_grounds()
        stay = [id for id in self._order if id not in self._going and not self._is_ground(id)]
        return [self._fate(id, True, why) for id, why in self._going.items()] + [
            self._fate(id, False, self._bound.get(id) or self._spared(id)) for id in stay
        ]

    def _fate(self, id: str, goes: bool, why: str) -> Fate:
        kept = self._kept[id]
        layers = tuple((layer, size) for layer, size in kept.layers if not goes or not self._count[layer])
        return Fate(kept.image, self._uses[id], goes, why, self._since[id], layers, kept.exact)

    def _bound_by(self, id: str, newest: Mapping[str, str]) -> str:
        uses, age = self._uses[id], self._given.now - self._since[id]
        if uses.used:
            return f"needed by {uses.words}"
        if id in newest:
            return newest[id]
        return f"here for {long(age)}: at least a day is left to who brought it" if age < YOUNG else ""

    def _asked_for(self, id: str) -> str:
        """Why the rules about age and versions take it; empty where they do not."""
        rules, image, age = self._given.rules, self._kept[id].image, self._given.now - self._since[id]
        if not image.tags and self._children.get(id):
            return _LAST
        if rules.keep_versions and self._build_of(image):
            return f"older than the newest {_counted(rules.keep_versions)} of {self._build_of(image)}"
        days = rules.unused_images if image.tags else rules.dangling_images
        if not days or age < timedelta(days=days):
            return ""
        return f"{'unused' if image.tags else 'without a name'} for {long(age)}"

    def _spared(self, id: str) -> str:
        rules, image = self._given.rules, self._kept[id].image
        days = rules.unused_images if image.tags else rules.dangling_images
        if self._has_staying_child(id):
            return _GROUND
        age = long(self._given.now - self._since[id])
        return f"unused for {age}, less than {days} days" if days else "no rule takes it"

    def _meet_limits(self) -> None:
        """Oldest first; what turns out to free nothing is given back."""
        limit, everything = self._given.rules.images_gb * GB, sum(self._sizes.values())
        picked: list[str] = []
        for id in self._oldest_first():
            over, full = everything - self._freed > limit > 0, self._freed < self._given.too_much
            if not (over or full):
                break
            if id not in self._going and id not in self._bound and not self._has_staying_child(id):
                self._take(id, f"to get images below {self._given.rules.images_gb} GB" if over else _full(self._given))
                picked.append(id)
        for id in reversed(picked):
            kept = self._kept[id]
            if kept.image.parent not in self._going and all(self._count[layer] for layer, _ in kept.layers):
                self._give_back(id)

    def _take_grounds(self) -> None:
        for id in self._order:
            free = id not in self._going and id not in self._bound and not self._has_staying_child(id)
            if free and not self._kept[id].image.tags and self._children.get(id):
                self._take(id, _LAST)

    def _take(self, id: str, why: str) -> None:
        self._going[id] = why
        for layer, size in self._kept[id].layers:
            self._count[layer] -= 1
            if not self._count[layer]:
                self._freed += size

    def _give_back(self, id: str) -> None:
        del self._going[id]
        for layer, _ in self._kept[id].layers:
            self._count[layer] += 1

    def _has_staying_child(self, id: str) -> bool:
        return any(child not in self._going for child in self._children.get(id, ()))

    def _is_ground(self, id: str) -> bool:
        """One without a name that only others stand on: part of them."""
        return not self._kept[id].image.tags and bool(self._children.get(id)) and not self._uses[id].used

    def _newest_versions(self) -> dict[str, str]:
        """Why each of the newest of every build stays, by id."""
        keep = self._given.rules.keep_versions
        of: dict[str, list[str]] = {}
        for id, kept in self._kept.items():
            if keep and self._build_of(kept.image):
                of.setdefault(kept.image.build, []).append(id)
        found: dict[str, str] = {}
        for ids in of.values():
            newest = sorted(ids, key=self._age_of_version, reverse=True)
            for id in newest[:keep]:
                found[id] = f"one of the newest {_counted(keep)} of {self._build_of(self._kept[id].image)}"
        return found

    def _age_of_version(self, id: str) -> tuple[tuple[int, ...], datetime]:
        return _numbers(self._kept[id].image.version), self._since[id]

    def _build_of(self, image: HostImage) -> str:
        """`build app`; empty where it is no named version of a build there is."""
        if image.core != self._given.core or image.build not in self._given.builds or not image.tags:
            return ""
        return f"build {name}" if (name := self._given.builds[image.build]) else "a build you may not see"

    def _oldest_first(self) -> list[str]:
        """By the newest of each and what was made from it, and that before it."""
        newest: dict[str, datetime] = {}
        for id in self._order:
            newest[id] = max(self._since[id], *(newest[child] for child in self._children.get(id, ())), EPOCH)
        return sorted(self._order, key=newest.__getitem__)

    def _below(self, id: str) -> Iterable[str]:
        waiting = [id]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += self._children.get(one, ())

    def _children_first(self) -> list[str]:
        order: list[str] = []
        for root in sorted(self._kept):
            if self._kept[root].image.parent not in self._kept:
                order += self._below(root)
        return order[::-1]


def _full(given: Given) -> str:
    return f"to get Docker's disk below {given.rules.disk_percent}%"


def _numbers(version: str) -> tuple[int, ...]:
    """`1.10.2` → (1, 10, 2); what is no number counts as none."""
    return tuple(int(part) if part.isascii() and part.isdigit() else -1 for part in version.split("."))


def _counted(number: int) -> str:
    return "version" if number == 1 else f"{number} versions"


def long(age: timedelta) -> str:
    """`41 days`, `3 hours`, `less than an hour`."""
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    count, unit = (hours // 24, "day") if hours >= 24 else (hours, "hour")
    return f"{count} {unit}{'' if count == 1 else 's'}"
