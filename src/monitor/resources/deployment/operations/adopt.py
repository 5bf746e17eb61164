"""Making a deployment of a container that runs already."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.marks import refers_to, shown
from monitor.kernel.operation import Edit, Needs, Query
from monitor.kernel.permission import Level, Right
from monitor.kernel.resource import Resource
from monitor.resources.deployment.config import DeploymentConfig
from monitor.resources.deployment.info import DeploymentInfo, DeploymentStatus

Adopted = Resource[DeploymentConfig, DeploymentInfo, DeploymentStatus]
_Server = Annotated[str, refers_to("server", Level.EXECUTE), shown("Server", "Where the container is.")]
_Container = Annotated[
    str, Meta(min_length=1, max_length=255), shown("Container", "Its name or id: one that belongs to no deployment.")
]
_Secrets = Annotated[
    tuple[str, ...] | None,
    shown("Secret variables", "Names of variables whose values are kept as secrets; absent: those that look like it."),
]


class Adoptable(Struct, frozen=True, kw_only=True):
    """What adopting a container would make."""

    container: str
    """Its id: give this to `adopt`, and it is the very one that was looked at."""
    name: str
    """What the deployment could be called."""
    config: DeploymentConfig
    """Values of secret variables are left out."""
    left: tuple[str, ...] = ()
    """What cannot be taken over, each in a sentence."""
    compose: str = ""
    """The compose project that keeps it."""


class AdoptPreview(Query[Adoptable], frozen=True, kw_only=True, tag="deployment.adopt_preview"):
    """What adopting a container would make of it; nothing is changed."""

    needs: ClassVar[Needs] = Right.CREATE
    targeted: ClassVar[bool] = False

    server: _Server
    container: _Container
    secrets: _Secrets = None


class Adopt(Edit[Adopted], frozen=True, kw_only=True, tag="deployment.adopt"):
    """Make a deployment of a container that belongs to none, as it runs: nothing is restarted, and the next deploy
    replaces it like any other."""

    needs: ClassVar[Needs] = Right.CREATE
    targeted: ClassVar[bool] = False

    name: Annotated[str, shown("Name", "What the deployment is called.")]
    server: _Server
    container: _Container
    description: Annotated[str, shown("Description", "What it is for, in a sentence.")] = ""
    tags: Annotated[tuple[str, ...], shown("Tags", "To find and filter by.")] = ()
    secrets: _Secrets = None


ADOPTING = (AdoptPreview, Adopt)
