"""Drift: the container as its host describes it, beside the release that was deployed last."""

from monitor.abilities.drift.calls import CompareContainer, Compared
from monitor.kernel.context import Context
from monitor.kernel.errors import MonitorError
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.drift import Drift, DriftState, LookForDrift
from monitor.resources.deployment.own import owner_of
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.wanted import wanted_of


async def look_for_drift(ctx: Context, op: LookForDrift) -> Drift:
    """Asks the host; one that does not answer makes it unknown, never nothing."""
    info = ctx.target(DEPLOYMENT).info
    if not info.container:
        return Drift(state=DriftState.NONE, reason="it is not deployed")
    config = await _deployed_config(ctx, info)
    if config is None:
        reason = "it was deployed before releases were kept, and its config was changed since: deploy it"
        return Drift(state=DriftState.UNKNOWN, reason=reason)
    wanted = wanted_of(ctx, config, info.image)
    asked = CompareContainer(name=wanted.name, container=info.container, deployment=owner_of(ctx), body=wanted.body)
    try:
        found = await ctx.host(info.server).call(asked)
    except MonitorError as silent:
        return Drift(state=DriftState.UNKNOWN, reason=silent.message, release=info.release)
    return drift_of(info, found)


def drift_of(info: DeploymentInfo, found: Compared) -> Drift:
    """What the host's answer says. Pure."""
    if not found.container:
        reason = "somebody else's container has its name" if found.taken else "its container is gone"
        return Drift(state=DriftState.GONE, reason=reason, release=info.release)
    if found.container != info.container and found.activity > info.activity:
        return Drift(state=DriftState.UNKNOWN, reason="it is being deployed", release=info.release)
    replaced = found.container != info.container
    drifted = replaced or bool(found.differences)
    return Drift(
        state=DriftState.DRIFTED if drifted else DriftState.NONE,
        reason="its container was replaced outside Monitor" if replaced else "",
        release=info.release,
        replaced=replaced,
        differences=found.differences,
    )


async def _deployed_config(ctx: Context, info: DeploymentInfo) -> DeploymentConfig | None:
    """The config that was deployed last, revealed; None where nobody knows it any more."""
    deployment = ctx.target(DEPLOYMENT)
    for release in await ctx.releases(DEPLOYMENT):
        if release.activity == info.activity:
            return ctx.reveal_release(DEPLOYMENT, release)
    return None if deployment.status.outdated else ctx.reveal(DEPLOYMENT, deployment.id)


DRIFT = (LookForDrift.by(look_for_drift),)
