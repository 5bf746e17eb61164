"""History: what was deployed as people read it, and which images it keeps. Pure."""

from collections.abc import Iterable

from monitor.kernel.release import Release
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo
from monitor.resources.deployment.operations.history import Deployed
from monitor.resources.deployment.values import LiteralImage

DeploymentRelease = Release[DeploymentConfig, DeploymentInfo]


def deployed(release: DeploymentRelease, now: DeploymentInfo) -> Deployed:
    """One line of the history; `now` is what the last deploy left."""
    left = release.info or DeploymentInfo()
    image = release.config.image
    return Deployed(
        release=release.number,
        state=release.state,
        error=release.error,
        runs=bool(now.activity) and release.activity == now.activity,
        began=release.began,
        ended=release.ended,
        who=release.who,
        operation=release.operation,
        activity=release.activity,
        revision=release.revision,
        image=left.image or (image.image if isinstance(image, LiteralImage) else ""),
        image_id=left.image_id,
        digest=left.digest,
        version=left.version,
    )


def kept_images(releases: Iterable[DeploymentRelease]) -> frozenset[str]:
    """Ids of the images one can roll back to: what cleans a host up must leave them, whatever their tags say now."""
    return frozenset(r.info.image_id for r in releases if r.number and r.info is not None and r.info.image_id)
