"""Versions: noting what was made, pushing it again, saying where it is, forgetting it."""

from msgspec import structs

from monitor.abilities.image.calls import ListImages
from monitor.abilities.push.calls import Delivered, PushImage
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, HostError, MonitorError, NotFound
from monitor.kernel.holding import Holder
from monitor.kernel.job import Job
from monitor.resources.build import plan
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.naming import own_tags_of, tags_of
from monitor.resources.build.operations.versions import BuiltVersion, ForgetVersion, ListVersions, PushVersion, There
from monitor.resources.build.registry_accounts import check_registry_accounts, registry_secrets, reveal_pushing
from monitor.resources.build.spec import BUILD
from monitor.resources.build.version import VERSIONS, Version, noted, superseded
from monitor.resources.server.spec import SERVER


def note_version(ctx: Context, made: Version) -> None:
    """A new version, or news of the newest; records too old for anybody to need go."""
    build = ctx.target(BUILD)
    info = BuildInfo(
        version=made.version,
        image=made.image,
        image_id=made.image_id,
        commit=made.commit,
        commit_url=made.commit_url,
        message=made.message,
        branch=made.branch,
        built=made.built,
        activity=made.id,
        not_pushed=tuple(push.image for push in made.missing),
    )
    ctx.set_info(BUILD, build.id, info)
    ctx.put_item(VERSIONS, build.id, made)
    others = [one for one in ctx.items(VERSIONS, build.id) if one.id != made.id]
    for id in superseded([made, *others], (holder.part for holder in ctx.holders(build.id))):
        ctx.drop_item(VERSIONS, id)


def incomplete(name: str, made: Version) -> HostError:
    """Of a version that did not reach all registries: what failed, what is there all the same, what to do."""
    failed = "; ".join(push.error.rstrip(".") for push in made.missing)
    there = ", ".join(push.image for push in made.had if not push.error)
    also = f" and in {there}" if there else ""
    hints = dict.fromkeys(push.hint for push in made.missing if push.hint)
    way_out = f"push it again, nothing is built anew: monitor build push {name} --version {made.version}"
    return HostError(
        f"{failed}. Version {made.version} is made, and on its builder{also}.", hint="; ".join((*hints, way_out))
    )


def check_push(ctx: Context, op: PushVersion) -> None:
    """There is such a version, somewhere for it to go, and an account of another registry is told to nobody."""
    if not ctx.target(BUILD).config.push_to:
        raise Conflict(plan.NO_REGISTRY, hint="Name one: push_to.")
    find_version(ctx, op.version)
    check_registry_accounts(ctx)


async def prepare_push(ctx: Context, op: PushVersion) -> Job[Delivered]:
    """One job where the image was made."""
    check_push(ctx, op)
    build, version = ctx.target(BUILD), find_version(ctx, op.version)
    pushing = reveal_pushing(ctx)
    newest = version.version == build.info.version
    of = {"branch": version.branch, "commit": version.commit}
    tags = tags_of(build.config, version.version, version.built, **of, newest=newest)
    if not tags:
        raise Conflict(
            f"{version.version} is not the newest version, and none of the build's tags would be its own",
            hint="Add `{version}` to image_tags.",
        )
    has = {push.image for push in version.had if not push.error}
    own = own_tags_of(build.config, version.version, version.built, **of)
    to = tuple(one for one in plan.destinations(build.config, tags, pushing, own) if op.again or one.image not in has)
    if not to:
        return Job(result=Delivered(to=()))
    return Job(
        server=version.server,
        work=PushImage(image_id=version.image_id, to=to),
        secrets=(*ctx.secrets(), *registry_secrets(pushing)),
        time_limit=build.config.time_limit,
    )


async def settle_push(ctx: Context, op: PushVersion, result: Delivered) -> None:
    """What registries have now."""
    build, version = ctx.target(BUILD), find_version(ctx, op.version)
    wanted = {to.image for to in build.config.push_to}
    pushes = noted(version.pushes, result.to, ctx.now())
    told = structs.replace(version, pushes=tuple(one for one in pushes if one.digest or one.image in wanted))
    if version.version == build.info.version:
        note_version(ctx, told)
    else:
        ctx.put_item(VERSIONS, build.id, told)
    if not result.to:
        ctx.summary(f"{version.image} is in all registries already")
        return
    ctx.summary(f"pushed {version.image} to {', '.join(one.image for one in result.to if not one.error) or 'nowhere'}")
    if any(one.error for one in result.to):
        ctx.end_failed(incomplete(build.name, told))


async def list_versions(ctx: Context, op: ListVersions) -> tuple[BuiltVersion, ...]:
    """All that are kept; their servers are asked whether the images are still there."""
    build = ctx.target(BUILD)
    versions = ctx.items(VERSIONS, build.id)
    images = {server: await _images(ctx, server) for server in dict.fromkeys(one.server for one in versions)}
    running = [holder for holder in ctx.holders(build.id) if holder.runs]
    names = {server: _server_name(ctx, server) for server in images}
    return tuple(_shown(one, build.info, names[one.server], images[one.server], running) for one in versions)


async def forget_version(ctx: Context, op: ForgetVersion) -> None:
    """Nothing may need it."""
    build, version = ctx.target(BUILD), find_version(ctx, op.version)
    if version.version == build.info.version:
        raise Conflict(f"{version.version} is the newest version: the next one follows it")
    held = [holder for holder in ctx.holders(build.id) if holder.part == version.version]
    if held:
        names = ", ".join(dict.fromkeys(holder.name or "a deployment you may not see" for holder in held))
        raise Conflict(f"{version.version} is needed by {names}", hint="Deploy another version there first.")
    ctx.drop_item(VERSIONS, version.id)
    ctx.summary(f"forgot version {version.version}")


def find_version(ctx: Context, version: str) -> Version:
    """The target's; empty: its newest. Conflict while there is none, NotFound of one that is not kept."""
    build = ctx.target(BUILD)
    wanted = version or build.info.version
    for one in ctx.items(VERSIONS, build.id):
        if one.version == wanted:
            return one
    if not build.info.image:
        raise Conflict("it has built nothing yet", hint="Run it first.")
    raise NotFound(f"there is no record of version {wanted}", hint="`versions` lists those there are.")


async def _images(ctx: Context, server: str) -> frozenset[str] | None:
    """Ids of the images a server has; None where it does not say."""
    try:
        return frozenset(image.id for image in await ctx.host(server).call(ListImages()))
    except MonitorError:
        return None


def _server_name(ctx: Context, server: str) -> str:
    """Empty for who may not read it, and of one that is gone."""
    if server == (build := ctx.target(BUILD)).config.builder.server:
        return build.names.get(server, "")
    try:
        found = ctx.find(SERVER, server)
    except NotFound:
        return ""
    return found.name if found.can else ""


def _shown(
    one: Version, now: BuildInfo, server: str, images: frozenset[str] | None, running: list[Holder]
) -> BuiltVersion:
    runs = [holder.name for holder in running if holder.part == one.version]
    known = There.UNKNOWN if images is None else There.YES if one.image_id in images else There.REMOVED
    return BuiltVersion(
        version=one.version,
        newest=one.version == now.version,
        built=one.built,
        who=one.who,
        activity=one.id,
        commit=one.commit,
        commit_url=one.commit_url,
        message=one.message,
        branch=one.branch,
        image=one.image,
        image_id=one.image_id,
        tags=one.tags,
        server=server,
        there=known,
        pushes=one.pushes,
        deployments=tuple(name for name in runs if name),
        others=sum(1 for name in runs if not name),
    )


VERSIONED = (
    ListVersions.by(list_versions),
    PushVersion.by(prepare_push, settle_push, result=Delivered, check=check_push),
    ForgetVersion.by(forget_version),
)
