"""What a server is: a host that runs a periphery, reached at an address."""

from monitor.kernel.resource import Column, ColumnKind, ResourceType
from monitor.resources.server.config import ServerConfig
from monitor.resources.server.info import ServerInfo, ServerStatus
from monitor.resources.server.operations.clean_up import CLEANING
from monitor.resources.server.operations.containers import AllContainers, Containers, ListAllContainers, ListContainers
from monitor.resources.server.operations.images import IMAGES
from monitor.resources.server.operations.inside import INSIDE, ContainerStats, ContainerTop
from monitor.resources.server.operations.join import IssueJoinToken, WatchJoin
from monitor.resources.server.operations.log import ContainerLog, ContainerLogFile, FollowContainerLog
from monitor.resources.server.operations.networks import NETWORKS
from monitor.resources.server.operations.touched import WatchDocker
from monitor.resources.server.operations.unmanaged import UNMANAGED
from monitor.resources.server.operations.usage import USAGE, Top, Usage
from monitor.resources.server.operations.volumes import VOLUMES

SERVER: ResourceType[ServerConfig, ServerInfo, ServerStatus] = ResourceType(
    name="server",
    plural="servers",
    title="Server",
    help="A host with a periphery.",
    config=ServerConfig,
    info=ServerInfo,
    status=ServerStatus,
    operations=(
        *(IssueJoinToken, ListContainers, ListAllContainers, *USAGE),
        *(*UNMANAGED, *INSIDE, ContainerLog, ContainerLogFile),
        *(*IMAGES, *VOLUMES, *NETWORKS, *CLEANING),
    ),
    streams=(
        WatchJoin,
        Usage,
        Top,
        Containers,
        AllContainers,
        ContainerStats,
        ContainerTop,
        FollowContainerLog,
        WatchDocker,
    ),
    columns=(
        Column("status.state", "State", ColumnKind.STATE),
        Column("config.address", "Address"),
        Column("status.cpu", "CPU", ColumnKind.PERCENT),
        Column("status.memory", "Memory", ColumnKind.PERCENT),
        Column("status.disk", "Disk", ColumnKind.PERCENT),
        Column("status.running", "Running", ColumnKind.NUMBER),
    ),
)
