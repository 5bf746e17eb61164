"""What a build is: source made into a versioned image on a server."""

from monitor.kernel.resource import Column, ColumnKind, NoStatus, ResourceType
from monitor.resources.build.config import BuildConfig
from monitor.resources.build.info import BuildInfo
from monitor.resources.build.operations.redeploy import REDEPLOYING
from monitor.resources.build.operations.run import RunBuild
from monitor.resources.build.operations.run_branch import RunBranch
from monitor.resources.build.operations.versions import VERSIONED
from monitor.resources.build.version import VERSIONS

BUILD: ResourceType[BuildConfig, BuildInfo, NoStatus] = ResourceType(
    name="build",
    plural="builds",
    title="Build",
    help="Source in git made into a versioned image.",
    config=BuildConfig,
    info=BuildInfo,
    operations=(RunBuild, RunBranch, *VERSIONED, *REDEPLOYING),
    copies=True,
    pushed=(RunBuild, RunBranch),
    collections=(VERSIONS,),
    columns=(
        Column("info.version", "Version"),
        Column("config.source.url", "Source"),
        Column("info.built", "Built", ColumnKind.TIME),
    ),
)
