"""What a deployment is: one container kept on one server, from an image or a build."""

from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo, DeploymentStatus
from monitor.resources.deployment.operations.acts import ACTS, REMOVING
from monitor.resources.deployment.operations.adopt import ADOPTING
from monitor.resources.deployment.operations.delete import Delete
from monitor.resources.deployment.operations.deploy import DEPLOYING
from monitor.resources.deployment.operations.drift import DRIFT
from monitor.resources.deployment.operations.history import HISTORY
from monitor.resources.deployment.operations.inside import INSIDE, DeploymentTop, Stats
from monitor.resources.deployment.operations.log import FollowLog, LogFile, ReadLog
from monitor.resources.deployment.operations.pull import PULLING
from monitor.resources.deployment.operations.rename import RENAMING
from monitor.resources.deployment.operations.terminal import Terminal
from monitor.resources.deployment.operations.updates import OPERATIONS as UPDATES
from monitor.resources.deployment.operations.usage import DeploymentUsageHistory

DEPLOYMENT: ResourceType[DeploymentConfig, DeploymentInfo, DeploymentStatus] = ResourceType(
    name="deployment",
    plural="deployments",
    title="Deployment",
    help="One container kept on one server.",
    config=DeploymentConfig,
    info=DeploymentInfo,
    status=DeploymentStatus,
    operations=(
        *DEPLOYING,
        *ACTS,
        *PULLING,
        *HISTORY,
        *RENAMING,
        *REMOVING,
        *DRIFT,
        Delete,
        ReadLog,
        LogFile,
        *UPDATES,
        *INSIDE,
        DeploymentUsageHistory,
        Terminal,
        *ADOPTING,
    ),
    copies=True,
    streams=(FollowLog, Stats, DeploymentTop),
    replaces=("delete",),
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("config.server", "Server", ColumnKind.REFERENCE),
        Column("info.image", "Image", ColumnKind.IMAGE),
        Column("status.update", "Update"),
        Column("status.since", "Since", ColumnKind.TIME),
    ),
)
