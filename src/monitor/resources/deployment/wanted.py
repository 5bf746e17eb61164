"""Wanted: what a host is asked for by a deployment's config and an image, and how it is told from what was before."""

from typing import Any

from msgspec import Struct

from monitor.abilities.container.calls import HostedFile
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.resources.build.spec import BUILD
from monitor.resources.deployment import plan
from monitor.resources.deployment.body import engine_body, files
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage

_FORM = 1
"""Raised when the same wishes give another fingerprint: all then count as changed, once."""


class Wanted(Struct, frozen=True, kw_only=True):
    """A container as it is asked for; secrets in clear."""

    server: str
    name: str
    body: dict[str, Any]
    files: tuple[HostedFile, ...]


def wanted_of(ctx: Context, config: DeploymentConfig, image: str) -> Wanted:
    """What a config with its secrets revealed asks for."""
    deployment = ctx.target(DEPLOYMENT)
    return Wanted(
        server=config.server,
        name=plan.container_name(config, deployment.name),
        body=engine_body(config, image, plan.labels(ctx.core, deployment.id)),
        files=files(config),
    )


def fingerprint_of(ctx: Context, wanted: Wanted) -> str:
    """Of all but its name: two are equal only if neither an env file's line, nor a secret, nor a file differs. A
    container can be given another name without being made anew, so the name is compared on the host.
    """
    body = wanted.body | {"Env": sorted(wanted.body["Env"])}  # whose order says nothing
    return ctx.fingerprint([_FORM, wanted.server, body, wanted.files])


def image_of(ctx: Context, config: DeploymentConfig) -> str:
    """The image a config of the target's means now: the literal one, or a build's version."""
    if not isinstance(config.image, BuiltImage):
        return config.image.image
    build = ctx.find(BUILD, config.image.build)
    if not build.info.image:
        name = ctx.target(DEPLOYMENT).names.get(build.id, build.id)  # who may not read it is not told its name
        raise Conflict(f"build {name} has built nothing yet", hint=f"Run it first: monitor build run {name}")
    name = build.info.image.rpartition(":")[0]
    return f"{name}:{config.image.version or build.info.version}"
