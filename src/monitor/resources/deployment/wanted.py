"""Wanted: what a host is asked for by a deployment's config and an image, and how it is told from what was before."""

from typing import Any

from msgspec import Struct

from monitor.abilities.container.calls import HostedFile
from monitor.kernel.context import Context
from monitor.resources.deployment import plan
from monitor.resources.deployment.body import engine_body, files
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.spec import DEPLOYMENT

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
