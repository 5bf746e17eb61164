"""Unchanged: whether a deploy would change nothing: same wishes, same image, and the container as it was made."""

from msgspec import Struct, structs

from monitor.abilities.container.calls import ReplaceContainer, Replaced
from monitor.abilities.drift.calls import CompareContainer, Compared
from monitor.kernel.context import Context
from monitor.kernel.job import Job
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.own import owner_of
from monitor.resources.deployment.spec import DEPLOYMENT


class Unchanged(Struct, frozen=True):
    """The result of a deploy that had nothing to do."""

    image: str
    revision: int
    """Of the config that asks for what runs already."""

    async def settle(self, ctx: Context) -> None:
        """What runs is what this revision asks for, though another made it."""
        deployment = ctx.target(DEPLOYMENT)
        if deployment.info.revision < self.revision:
            info = structs.replace(deployment.info, revision=self.revision)
            ctx.set_info(DEPLOYMENT, deployment.id, info)
        ctx.summary(f"nothing changed: {self.image} runs as configured")


async def why_changed(ctx: Context, job: Job[Replaced], fingerprint: str) -> str:
    """What a deploy would change; empty for nothing. Asks the host; its errors are the caller's."""
    work = job.work
    assert isinstance(work, ReplaceContainer)  # noqa: S101 - a deploy's
    info = ctx.target(DEPLOYMENT).info
    if not info.container or info.server != job.server:
        return "it was not deployed there yet"
    last = next((r for r in await ctx.releases(DEPLOYMENT) if r.activity == info.activity), None)
    if last is None or last.fingerprint != fingerprint:
        return "the config"
    return difference(info, await ctx.host(job.server).call(question(ctx, work)), asked=work.pull)


def question(ctx: Context, work: ReplaceContainer) -> CompareContainer:
    """What to ask the host."""
    deployment = ctx.target(DEPLOYMENT)
    return CompareContainer(
        name=work.name,
        container=deployment.info.container,
        deployment=owner_of(ctx),
        body=work.body,
        ask_registry=work.pull,
        auth=work.auth,
    )


def difference(info: DeploymentInfo, found: Compared, *, asked: bool) -> str:
    """The first thing that keeps what is there from being what a deploy would leave. Pure."""
    differ = ", ".join(one.field for one in found.differences)
    reasons = {
        "its container is gone": not found.container,
        "its container was replaced outside Monitor": found.container != info.container,
        f"the container is {found.health or found.state}": found.state != "running" or found.health == "unhealthy",
        "the image is another": found.image_id != found.means,
        "the registry has another image": asked and found.pushed not in found.digests,
        f"the container was changed outside Monitor: {differ}": bool(differ),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")
