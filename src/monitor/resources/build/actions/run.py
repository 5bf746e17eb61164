"""Running a build: one job on its builder, and the version raised when it has succeeded."""

from monitor.abilities.build.calls import Built
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict, HostError
from monitor.kernel.job import Job
from monitor.resources.build import plan
from monitor.resources.build.account import account_secrets, check_account, reveal_account, service_of
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.spec import BUILD


def check(ctx: Context, op: RunBuild) -> None:
    """There is something to build, and an account of another server is told to nobody."""
    config = ctx.target(BUILD).config
    if config.source is None and not config.written.strip():
        raise Conflict(plan.NO_SOURCE)
    check_account(ctx)


async def prepare(ctx: Context, op: RunBuild) -> Job[Built]:
    """One job on the builder: clone and build the next version."""
    build = ctx.target(BUILD)
    version = plan.next_version(build.info.version)
    labels = (("monitor.core", ctx.core), ("monitor.build", build.id), ("monitor.version", version))
    auth = reveal_account(ctx)
    return Job(
        server=build.config.builder.server,
        work=plan.work(ctx.reveal(BUILD, build.id), build.name, version, labels, auth),
        steps=plan.steps(build.config),
        secrets=(*ctx.secrets(), *account_secrets(auth)),
        time_limit=build.config.time_limit,
    )


async def settle(ctx: Context, op: RunBuild, result: Built) -> None:
    """The version is raised only now, by one: no other run of this build can have ended meanwhile."""
    build = ctx.target(BUILD)
    version = plan.next_version(build.info.version)
    image = f"{plan.image_name(build.config, ctx.begun_as)}:{version}"
    if image not in result.tags:
        raise HostError(
            f"the server says that it built {', '.join(result.tags) or 'nothing'}, and not {image}",
            hint="its image name was changed while it ran: run it again; if it was not, look at the server",
        )
    info = BuildInfo(
        version=version,
        image=image,
        image_id=result.image_id,
        commit=result.commit,
        commit_url=plan.commit_url(build.config.source, result.commit, service_of(ctx)),
        message=result.message,
        built=ctx.now(),
        activity=ctx.activity,
    )
    ctx.set_info(BUILD, build.id, info)
    ctx.summary(f"built {image}" + (f" from {result.commit[:10]}" if result.commit else ""))


def lanes(ctx: Context, op: RunBuild) -> tuple[str, ...]:
    """By the config as it is when the build is asked for."""
    return plan.lanes(ctx.target(BUILD).config)


RUNNING = (RunBuild.by(prepare, settle, result=Built, check=check, lanes=lanes),)
