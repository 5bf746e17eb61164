"""Cleaning up: what the rules say of what the host has; shown, or removed by one job."""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.abilities.cleaning.calls import (
    CacheRecord,
    Cleaned,
    CleanUp,
    DockerDisk,
    ListBuildCache,
    ListMirrors,
    LookIntoImages,
    MeasureContainers,
    MeasureDisk,
    Mirror,
)
from monitor.abilities.network.calls import HostNetwork, ListNetworks
from monitor.abilities.unmanaged.calls import Unmanaged
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, HostError, MonitorError, Unavailable
from monitor.kernel.hostview import Container
from monitor.kernel.job import Job
from monitor.resources.server import cleaning
from monitor.resources.server.actions.networks import prunable
from monitor.resources.server.actions.things import is_shown, size_text, users
from monitor.resources.server.actions.unmanaged import unmanaged_of
from monitor.resources.server.bodies import BUILTIN
from monitor.resources.server.cleaning import Part
from monitor.resources.server.fates import Fate, Given, decide
from monitor.resources.server.info import LastCleanUp, ServerInfo
from monitor.resources.server.operations.clean_up import CleanUpNow, CleanUpPreview, CleanUpTotal, PreviewCleanUp
from monitor.resources.server.rules import CleanUpRules
from monitor.resources.server.spec import SERVER
from monitor.resources.server.uses import Users

_OFF = "clean-up is switched off for this server"
_HOW = "Set rules first: what may go, and how old it must be. Config of the server, or monitor server update --clean-up"
_WORDS = {
    "git_mirrors": ("mirror", "mirrors"),
    "containers": ("container", "containers"),
    "build_cache": ("record of the build cache", "records of the build cache"),
    "images": ("image", "images"),
    "networks": ("network", "networks"),
}


class _Found(NamedTuple):
    """What the rules say of what the host has."""

    parts: dict[str, Part]
    work: CleanUp
    notes: list[str]


async def preview(ctx: Context, op: PreviewCleanUp) -> CleanUpPreview:
    """The same look a clean-up begins with; without rules, nothing."""
    if ctx.target(SERVER).config.clean_up is None:
        return CleanUpPreview(goes=(), stays=(), hidden=0, totals=(), bytes=0, exact=True, notes=(f"{_OFF}.",))
    found = await _look(ctx, _rules(ctx))
    parts = found.parts.values()
    stays = [(item, uses) for part in parts for item, uses in part.staying]
    shown = [item for item, uses in stays if is_shown(ctx, uses)]
    return CleanUpPreview(
        goes=tuple(one for part in parts for one in sorted(part.going, key=lambda one: -one.bytes)),
        stays=tuple(shown),
        hidden=len(stays) - len(shown),
        totals=tuple(
            CleanUpTotal(kind=kind, count=len(part.going), bytes=part.bytes)
            for kind, part in found.parts.items()
            if part.going
        ),
        bytes=sum(part.bytes for part in parts),
        exact=all(part.exact for part in parts),
        notes=tuple(found.notes),
    )


async def nothing_goes(ctx: Context) -> bool:
    """By the same look."""
    return not any(part.going for part in (await _look(ctx, _rules(ctx))).parts.values())


def check(ctx: Context, op: CleanUpNow) -> None:
    """Somebody said what may go."""
    _rules(ctx)


async def prepare(ctx: Context, op: CleanUpNow) -> Job[Cleaned]:
    """Looked at now, whatever a preview showed: it may have waited."""
    server, found = ctx.target(SERVER).id, await _look(ctx, _rules(ctx))
    steps = tuple(kind for kind, part in found.parts.items() if part.going)
    if not steps:
        return Job(server=server, result=Cleaned())
    return Job(server=server, work=found.work, steps=steps)


async def settle(ctx: Context, op: CleanUpNow, result: Cleaned) -> None:
    """How much of what went, and how much room that made."""
    freed = sum(kind.freed for kind in result.kinds)
    removed = sum(kind.removed for kind in result.kinds)
    told = [
        f"{kind.removed} {_WORDS[kind.kind][kind.removed != 1]}" + (f" ({size_text(kind.freed)})" if kind.freed else "")
        for kind in result.kinds
        if kind.removed and kind.kind in _WORDS
    ]
    left = [one for kind in result.kinds for one in kind.left]
    stays = f"; {len(left)} could not be removed: {left[0].reason}" if left else ""
    if removed:
        ctx.summary(f"freed {size_text(freed)}: removed {', '.join(told)}{stays}")
    else:
        ctx.summary(f"nothing was removed{stays}" if left else "there was nothing to clean up")
    server = ctx.target(SERVER)
    last = LastCleanUp(activity=ctx.activity, at=ctx.now(), removed=removed, freed=freed)
    ctx.set_info(SERVER, server.id, ServerInfo(pin=server.info.pin, joined=server.info.joined, cleaned=last))


def _rules(ctx: Context) -> CleanUpRules:
    rules = ctx.target(SERVER).config.clean_up
    if rules is None:
        raise Conflict(_OFF, hint=_HOW)
    return rules


async def _look(ctx: Context, rules: CleanUpRules) -> _Found:
    """Only what the rules are about is asked for; images last, since what else goes counts against the disk's limit."""
    server, now, notes = ctx.target(SERVER).id, ctx.now(), list[str]()
    used = users(ctx, *await ctx.claimed_by_releases(server))
    stopped = [(one, cleaning.is_old(one, rules, now)) for one in _stopped(ctx)] if rules.containers else []
    records = await _cache(ctx, notes) if rules.about_cache else ()
    mirrors = await ctx.host(server).call(ListMirrors()) if rules.git_mirrors else ()
    networks = await ctx.host(server).call(ListNetworks()) if rules.networks else ()
    parts = {
        "git_mirrors": cleaning.mirrors(
            [(one, used.of_repository(one.root or one.url)) for one in mirrors], rules, now
        ),
        "containers": cleaning.containers(stopped, await _sizes(ctx, stopped), rules, now),
        "build_cache": cleaning.cache(records, rules, now),
    }
    fates = await _fates(ctx, rules, used, sum(part.bytes for part in parts.values()), notes)
    parts["images"] = cleaning.images(fates)
    there = [(one, used.of_network(one.name, one.id)) for one in networks if one.name not in BUILTIN]
    local = [(one, uses) for one, uses in there if uses.used or prunable(one, uses)]
    parts["networks"] = cleaning.networks(local, rules, now)
    going = _Going(records, [one for one, _ in stopped], networks, mirrors)
    return _Found(parts, going.work(parts, fates, rules), notes)


class _Going(NamedTuple):
    """What was looked at, to be found again by the ids of what goes."""

    records: Sequence[CacheRecord]
    stopped: Sequence[Container]
    networks: Sequence[HostNetwork]
    mirrors: Sequence[Mirror]

    def work(self, parts: dict[str, Part], fates: Sequence[Fate], rules: CleanUpRules) -> CleanUp:
        """What the host is asked to do."""
        ids = {kind: {item.id for item in part.going} for kind, part in parts.items()}
        stopped: list[Unmanaged] = [unmanaged_of(one) for one in self.stopped if one.id in ids["containers"]]
        networks = [one for one in self.networks if one.id in ids["networks"]]
        mirrors = [one for one in self.mirrors if one.key in ids["git_mirrors"]]
        cached = parts["build_cache"]
        return cleaning.work(
            fates, rules, cached, records=self.records, stopped=stopped, networks=networks, mirrors=mirrors
        )


def _stopped(ctx: Context) -> list[Container]:
    """Those that do not run, and that nobody owns: no deployment of any Monitor."""
    server = ctx.target(SERVER).id
    found: list[Container] = []
    for container in ctx.visible_containers(server):
        if container.state in ("exited", "created", "dead"):
            try:
                found.append(ctx.unmanaged_container(server, container.id))
            except MonitorError:
                continue
    return found


async def _sizes(ctx: Context, stopped: Sequence[tuple[Container, bool]]) -> dict[str, int]:
    old = tuple(container.id for container, is_old in stopped if is_old)[: cleaning.MOST]
    if not old:
        return {}
    measured = await ctx.host(ctx.target(SERVER).id).call(MeasureContainers(containers=old))
    return {one.id: one.bytes for one in measured}


async def _cache(ctx: Context, notes: list[str]) -> tuple[CacheRecord, ...]:
    try:
        return await ctx.host(ctx.target(SERVER).id).call(ListBuildCache())
    except (Unavailable, HostError) as failure:
        notes.append(f"The build cache stays: Docker did not tell in time how much it is ({failure.message}).")
        return ()


async def _fates(ctx: Context, rules: CleanUpRules, used: Users, freed: int, notes: list[str]) -> list[Fate]:
    if not rules.about_images:
        return []
    server = ctx.target(SERVER).id
    kept = await ctx.host(server).call(LookIntoImages())
    disk = await ctx.host(server).call(MeasureDisk()) if rules.disk_percent else DockerDisk(used=0, total=0)
    over = cleaning.too_much(disk, rules, freed)
    builds = {one.id: one.name for one in ctx.claimed(server) if one.type == "build"}
    given = Given(rules=rules, now=ctx.now(), core=ctx.core, builds=builds, too_much=over)
    fates = decide([(one, used.of_image(one.image)) for one in kept], given)
    room = cleaning.images(fates).bytes
    notes += cleaning.about_limits(disk, rules, fates, over - room)
    return fates


CLEANING = (
    PreviewCleanUp.by(preview),
    CleanUpNow.by(prepare, settle, result=Cleaned, check=check),
)
