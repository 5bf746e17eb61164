"""Built: which image a build's version means on a deployment's server, and where that can be had."""

from msgspec import Struct

from monitor.abilities.container.calls import Origin
from monitor.abilities.container.registry import domain_of
from monitor.kernel.context import Context
from monitor.kernel.errors import Conflict
from monitor.resources.build.spec import BUILD
from monitor.resources.build.version import VERSIONS, Push, Version, numbers
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.spec import DEPLOYMENT
from monitor.resources.deployment.values import BuiltImage
from monitor.resources.registry_account.spec import REGISTRY_ACCOUNT


class Meant(Struct, frozen=True, kw_only=True):
    """An image as a host is asked for it."""

    image: str
    """What it is called there."""
    origin: Origin | None = None
    """Which one that is, and where to pull it from; None: a registry has it by its name, or the host by itself."""

    @property
    def source(self) -> str:
        """The reference a registry is asked for."""
        return self.origin.reference if self.origin else self.image


def image_of(ctx: Context, config: DeploymentConfig) -> Meant:
    """The image a config of the target's means now. Conflict where its server cannot have it, saying why."""
    if not isinstance(config.image, BuiltImage):
        return Meant(image=config.image.image)
    build = ctx.find(BUILD, config.image.build)
    name = ctx.target(DEPLOYMENT).names.get(build.id, build.id)  # who may not read it is not told its name
    if not build.info.image:
        raise Conflict(f"build {name} has built nothing yet", hint=f"Run it first: monitor build run {name}")
    wanted = config.image.version or build.info.version
    if numbers(wanted) > numbers(build.info.version):
        raise Conflict(
            f"build {name} has made no version {wanted}", hint=f"Its newest is {build.info.version}; see its versions."
        )
    version = next((one for one in ctx.items(VERSIONS, build.id) if one.version == wanted), None)
    if version is None:  # made before records were kept, or forgotten: its builder may have it
        return Meant(image=f"{build.info.image.rpartition(':')[0]}:{wanted}")
    push = _had_from(ctx, config, version)
    if push is None and version.server != config.server:
        raise _out_of_reach(ctx, config, name, version)
    origin = Origin(reference=f"{push.image}@{push.digest}", image_id=version.image_id) if push else None
    return Meant(image=version.image, origin=origin)


def _had_from(ctx: Context, config: DeploymentConfig, version: Version) -> Push | None:
    """The repository it is pulled from: one of the account's registry, where an account is named."""
    if config.account is None:
        return next(iter(version.had), None)
    domain = ctx.find(REGISTRY_ACCOUNT, config.account).config.domain
    return next((push for push in version.had if domain_of(push.image) == domain), None)


def left_by(ctx: Context, config: DeploymentConfig, left: DeploymentInfo) -> Meant:
    """The image an earlier deploy left, should its server not have it any more: a build's is known to registries by
    its digest only.
    """
    if not isinstance(config.image, BuiltImage):
        return Meant(image=left.image)
    account = ctx.find(REGISTRY_ACCOUNT, config.account).config.domain if config.account else ""
    known = left.digest and account in ("", domain_of(left.digest))
    return Meant(image=left.image, origin=Origin(reference=left.digest, image_id=left.image_id) if known else None)


def _out_of_reach(ctx: Context, config: DeploymentConfig, build: str, version: Version) -> Conflict:
    what = f"version {version.version} of build {build}"
    if not version.had:
        failed = "; ".join(push.error for push in version.missing)
        return Conflict(
            f"{what} is on the server that made it and in no registry" + (f": {failed}" if failed else ""),
            hint=f"Push it (monitor build push {build}) to a registry the build names in push_to, or deploy on the "
            "server that builds it.",
        )
    there = ", ".join(push.image for push in version.had)
    account = ctx.target(DEPLOYMENT).names.get(config.account or "", config.account or "")
    return Conflict(
        f"{what} was pushed to {there}, and the registry account {account} is for another registry",
        hint="Choose the account of one of these registries, or none.",
    )
