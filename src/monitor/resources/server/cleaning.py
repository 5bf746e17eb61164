"""Cleaning: from a server's rules and what its host has to what goes and what stays, kind by kind. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from monitor.abilities.cleaning.calls import (
    MOST,
    CacheRecord,
    CleanUp,
    DockerDisk,
    GoingCache,
    GoingImage,
    GoingMirror,
    Mirror,
)
from monitor.abilities.network.calls import GoingNetwork, HostNetwork
from monitor.abilities.unmanaged.calls import Unmanaged
from monitor.kernel.hostview import Container
from monitor.resources.server.fates import GB, YOUNG, Fate, long
from monitor.resources.server.operations.clean_up import CleanUpItem
from monitor.resources.server.rules import CleanUpRules
from monitor.resources.server.uses import Uses

_DAY = 86_400
_NAMES = 3
"""More of an image's names are counted: each version has one for each tag in each registry."""


class Part(NamedTuple):
    """What becomes of one kind of things."""

    going: Sequence[CleanUpItem] = ()
    staying: Sequence[tuple[CleanUpItem, Uses]] = ()
    bytes: int = 0
    exact: bool = True


def images(fates: Iterable[Fate]) -> Part:
    """Of images: `going` in the order they can go in."""
    going: list[CleanUpItem] = []
    staying: list[tuple[CleanUpItem, Uses]] = []
    layers: dict[str, int] = {}
    exact = True
    for fate in fates:
        size = sum(size for _, size in fate.layers) if fate.goes else fate.image.size
        item = _item("images", fate.image.id, _called(fate), size=size, since=fate.since, why=fate.why)
        if not fate.goes:
            staying.append((item, fate.uses))
        elif len(going) < MOST:
            going.append(item)
            layers |= dict(fate.layers)
            exact = exact and fate.exact
    return Part(going, staying, sum(layers.values()), exact)


def containers(
    stopped: Sequence[tuple[Container, bool]], sizes: dict[str, int], rules: CleanUpRules, now: datetime
) -> Part:
    """Of containers that do not run and are nobody's; each with whether it is old enough (`is_old`)."""
    going, staying = list[CleanUpItem](), list[tuple[CleanUpItem, Uses]]()
    for container, old in stopped:
        age = long(now - ended(container, now))
        size = sizes.get(container.id, 0)
        why = f"stopped for {age}" if old else f"stopped for {age}, less than {rules.containers} days"
        item = _item("containers", container.id, container.name, size=size, since=ended(container, now), why=why)
        if old and len(going) < MOST:
            going.append(item)
        else:
            staying.append((item, Uses()))
    measured = all(item.id in sizes for item in going)
    return Part(going, staying, sum(item.bytes for item in going), measured)


def is_old(container: Container, rules: CleanUpRules, now: datetime) -> bool:
    """Whether it ended, or was made without ever starting, long enough ago."""
    return now - ended(container, now) >= timedelta(days=rules.containers)


def ended(container: Container, now: datetime) -> datetime:
    """When it ended, or was made; now where nobody knows, so that it stays."""
    return container.finished or container.created or now


def cache(records: Sequence[CacheRecord], rules: CleanUpRules, now: datetime) -> Part:
    """Of BuildKit's cache, as one thing: what goes of it is up to BuildKit, which knows what stands on what."""
    free = sorted((one for one in records if not one.held), key=lambda one: one.used)
    left = sum(one.bytes for one in records)
    gone: list[CacheRecord] = []
    for one in free:
        old = rules.build_cache and now - one.used >= timedelta(days=rules.build_cache)
        if old or (rules.build_cache_gb and left > rules.build_cache_gb * GB):
            gone.append(one)
            left -= one.bytes
    if not gone:
        return Part()
    size, name = sum(one.bytes for one in gone), f"{len(gone)} of {len(records)} records"
    return Part(
        [_item("build_cache", "", name, size=size, since=gone[0].used, why=_cache_why(rules))], bytes=size, exact=False
    )


def _cache_why(rules: CleanUpRules) -> str:
    parts = [f"unused for {rules.build_cache} days"] if rules.build_cache else []
    parts += [f"down to {rules.build_cache_gb} GB"] if rules.build_cache_gb else []
    return ", or ".join(parts)


def networks(there: Iterable[tuple[HostNetwork, Uses]], rules: CleanUpRules, now: datetime) -> Part:
    """Of networks that could be pruned, and those that are used."""
    going, staying = list[CleanUpItem](), list[tuple[CleanUpItem, Uses]]()
    for network, uses in there:
        made = network.created or now
        age = long(now - made)
        if uses.used:
            why = f"needed by {uses.words}"
        elif now - made < timedelta(days=rules.networks) or len(going) == MOST:
            why = f"made {age} ago, less than {rules.networks} days"
        else:
            going.append(
                _item("networks", network.id, network.name, size=0, since=made, why=f"nothing is on it, made {age} ago")
            )
            continue
        staying.append((_item("networks", network.id, network.name, size=0, since=made, why=why), uses))
    return Part(going, staying)


def mirrors(there: Iterable[tuple[Mirror, Uses]], rules: CleanUpRules, now: datetime) -> Part:
    """Of mirrors; the uses are of the repository a build fetched, of which it may be a submodule."""
    going, staying = list[CleanUpItem](), list[tuple[CleanUpItem, Uses]]()
    for mirror, uses in there:
        age, orphan = now - mirror.used, bool(mirror.root) and not uses.used
        due = age >= timedelta(days=rules.git_mirrors) or (orphan and age >= YOUNG)
        unused = f"unused for {long(age)}"
        whose = f"of {uses.words}" if uses.used else "no build uses it any more" if orphan else "of an unknown build"
        item = _item(
            "git_mirrors",
            mirror.key,
            mirror.url or mirror.key,
            size=mirror.bytes,
            since=mirror.used,
            why=f"{whose}, {unused}",
        )
        if due and len(going) < MOST:
            going.append(item)
        else:
            staying.append((item, uses))
    return Part(going, staying, sum(item.bytes for item in going))


def too_much(disk: DockerDisk, rules: CleanUpRules, freed: int) -> int:
    """Bytes the disk is over the limit, once so many are freed; 0 where it is not, or nobody sees it."""
    if not rules.disk_percent or not disk.total:
        return 0
    return max(0, disk.used - disk.total * rules.disk_percent // 100 - freed)


def about_limits(disk: DockerDisk, rules: CleanUpRules, fates: Sequence[Fate], missing: int) -> list[str]:
    """Whether limits are met, or cannot be; `missing` is how much too little would go for the disk."""
    notes: list[str] = []
    layers = {layer: size for fate in fates if not fate.goes for layer, size in fate.layers}
    if rules.images_gb and sum(layers.values()) > rules.images_gb * GB:
        notes.append(f"Images stay above {rules.images_gb} GB: the rest is needed, or here for less than a day.")
    if rules.disk_percent and not disk.total:
        notes.append(
            "How full Docker's disk is cannot be seen from where the agent runs: its limit counts for nothing."
        )
    elif rules.disk_percent:
        now = f"Docker's disk is {100 * disk.used // disk.total}% full"
        more = f"; it stays above {rules.disk_percent}%, the rest is needed, or here for less than a day"
        notes.append(now + (more if missing > 0 else "") + ".")
    return notes


def work(
    fates: Iterable[Fate],
    rules: CleanUpRules,
    cached: Part,
    *,
    records: Sequence[CacheRecord],
    stopped: Sequence[Unmanaged],
    networks: Sequence[HostNetwork],
    mirrors: Sequence[Mirror],
) -> CleanUp:
    """What the host is asked to do."""
    going = [fate for fate in fates if fate.goes][:MOST]
    return CleanUp(
        mirrors=tuple(GoingMirror(key=one.key, used=one.used) for one in mirrors),
        containers=tuple(stopped),
        cache=_going_cache(rules, records) if cached.going else None,
        images=tuple(
            GoingImage(id=fate.image.id, tags=(*fate.image.tags, *fate.image.digests), layers=fate.layers)
            for fate in going
        ),
        networks=tuple(GoingNetwork(id=one.id, name=one.name) for one in networks),
    )


def _going_cache(rules: CleanUpRules, records: Sequence[CacheRecord]) -> GoingCache:
    keep = rules.build_cache_gb * GB if rules.build_cache_gb else None
    return GoingCache(unused_for=rules.build_cache * _DAY, keep=keep, alone=alone(records))


def alone(records: Sequence[CacheRecord]) -> dict[str, int]:
    """Room each of them makes by itself, by id."""
    return {one.id: one.bytes for one in records if one.bytes and not one.held}


def _item(kind: str, id: str, name: str, *, size: int, since: datetime, why: str) -> CleanUpItem:
    return CleanUpItem(kind=kind, id=id, name=name, bytes=size, since=since, why=why)


def _called(fate: Fate) -> str:
    """Its names, or what it came as, or its id."""
    names = fate.image.tags or fate.image.digests
    if not names:
        return fate.image.id.removeprefix("sha256:")[:12]
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return ", ".join(sorted(names, key=lambda name: ("/" in name, name))[:_NAMES]) + more
