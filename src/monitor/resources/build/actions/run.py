"""Running a build: one job on its builder; the version is raised when the image is made, pushed or not."""

from monitor.abilities.build.calls import Built
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, HostError
from monitor.kernel.job import Job
from monitor.kernel.ownership import BUILD_LABEL, CORE_LABEL
from monitor.resources.build import plan
from monitor.resources.build.account import account_secrets, check_account, reveal_account, service_of
from monitor.resources.build.actions.versions import incomplete, note_version
from monitor.resources.build.naming import image_name, own_tags_of, tags_of
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.registry_accounts import (
    check_registry_accounts,
    registry_secrets,
    reveal_base,
    reveal_pushing,
)
from monitor.resources.build.spec import BUILD
from monitor.resources.build.version import Bump, Version, noted, numbers, raised


def check(ctx: Context, op: RunBuild) -> None:
    """There is something to build, its version follows, and an account of another server is told to nobody."""
    config = ctx.target(BUILD).config
    if config.source is None and not config.written.strip():
        raise Conflict(plan.NO_SOURCE)
    _next(ctx, op)
    _check_image(ctx)
    check_account(ctx)
    check_registry_accounts(ctx)


async def prepare(ctx: Context, op: RunBuild) -> Job[Built]:
    """One job on the builder: clone, build and push the next version."""
    build = ctx.target(BUILD)
    version = _next(ctx, op)
    labels = ((CORE_LABEL, ctx.core), (BUILD_LABEL, build.id), ("monitor.version", version))
    _check_image(ctx)
    now, branch, pushing = ctx.now(), _branch(ctx, op), reveal_pushing(ctx)
    tags = tags_of(build.config, version, now, branch=branch)
    own = own_tags_of(build.config, version, now, branch=branch)
    accounts = plan.Accounts(git=reveal_account(ctx), base=reveal_base(ctx, pushing), push=pushing)
    return Job(
        server=build.config.builder.server,
        work=plan.work(ctx.reveal(BUILD, build.id), build.name, version, labels, tags=tags, own=own, accounts=accounts),
        steps=plan.steps(build.config),
        secrets=(*ctx.secrets(), *account_secrets(accounts.git), *registry_secrets((*accounts.base, *pushing))),
        time_limit=build.config.time_limit,
    )


async def settle(ctx: Context, op: RunBuild, result: Built) -> None:
    """The version is raised only now, by one: no other run of this build can have ended meanwhile."""
    build = ctx.target(BUILD)
    version = _next(ctx, op)
    image = f"{image_name(build.config, ctx.begun_as)}:{version}"
    if image not in result.tags:
        raise HostError(
            f"the server says that it built {', '.join(result.tags) or 'nothing'}, and not {image}",
            hint="its image name was changed while it ran: run it again; if it was not, look at the server",
        )
    made = Version(
        id=ctx.activity,
        version=version,
        image=image,
        image_id=result.image_id,
        tags=result.tags,
        commit=result.commit,
        commit_url=plan.commit_url(build.config.source, result.commit, service_of(ctx)),
        message=result.message,
        branch=_branch(ctx, op),
        server=ctx.server,
        built=ctx.now(),
        who=ctx.who,
        pushes=noted((), result.pushed, ctx.now()),
    )
    note_version(ctx, made)
    ctx.summary(f"built {image}" + (f" from {result.commit[:10]}" if result.commit else ""))
    if made.missing:
        ctx.end_failed(incomplete(build.name, made))


def lanes(ctx: Context, op: RunBuild) -> tuple[str, ...]:
    """By the config as it is when the build is asked for."""
    return plan.lanes(ctx.target(BUILD).config)


def _check_image(ctx: Context) -> None:
    """Conflict where another build has made images of the same name there: one would take the other's place."""
    build = ctx.target(BUILD)
    image = image_name(build.config, build.name)
    for other in ctx.claimed(build.config.builder.server):
        made = {claim.rpartition(":")[0] for claim in other.claims.images}
        if other.type == BUILD.name and other.id != build.id and image in made:
            raise Conflict(
                f"{other.name or 'a build you may not see'} makes images called {image} on this builder already",
                hint="Give this build another image name, and another place to push to: `image` and `push_to`.",
            )


def _branch(ctx: Context, op: RunBuild) -> str:
    """The one it is built from, where that is named."""
    source = ctx.target(BUILD).config.source
    return op.instead or (source.branch if source and not (source.tag or source.commit) else "")


def _next(ctx: Context, op: RunBuild) -> str:
    """The version this run makes. Conflict where it would not follow the last."""
    last = ctx.target(BUILD).info.version
    if not op.version:
        return raised(last, op.bump)
    if op.bump is not Bump.PATCH:
        raise Conflict("a version and a number to raise are given: give either")
    if numbers(op.version) <= numbers(last):
        raise Conflict(
            f"version {op.version} does not follow {last}, which was built last",
            hint="Give a higher one: a version that was made once is never made anew.",
        )
    return op.version


RUNNING = (RunBuild.by(prepare, settle, result=Built, check=check, lanes=lanes),)
