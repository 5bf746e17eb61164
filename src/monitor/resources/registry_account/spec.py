"""What a registry account is: a name and a token for one registry."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import SECRET, shown
from monitor.kernel.resource import Column, NoStatus, ResourceType
from monitor.resources.registry_account.operations import OPERATIONS

_DOCS = "https://docs.docker.com/reference/cli/docker/login/"


class RegistryAccountConfig(Struct, frozen=True, kw_only=True):
    """What people set on a registry account."""

    domain: Annotated[
        str,
        # One word alone would be a user of docker.io to Docker.
        Meta(max_length=253, pattern=r"^((localhost|[a-z0-9-]+(\.[a-z0-9-]+)+)(:[0-9]{1,5})?|[a-z0-9-]+:[0-9]{1,5})$"),
        shown(
            "Domain",
            "As images are named after it: `docker.io`, `ghcr.io`, `registry.example.org:5000`.",
            group="Account",
            docs=_DOCS,
        ),
    ]
    username: Annotated[
        str,
        Meta(min_length=1, max_length=256, pattern=r"^[^\x00-\x1f:]+$"),
        shown("User name", "Who signs in there.", group="Account", docs=_DOCS),
    ]
    token: Annotated[
        Annotated[str, Meta(min_length=1, max_length=16_384, pattern=r"^[^\x00-\x1f]+$")] | None,
        SECRET,
        shown(
            "Token",
            "An access token, better than the password: it can be taken back, and may only read.",
            group="Account",
            docs=f"{_DOCS}#authentication-methods",
        ),
    ] = None


class RegistryAccountInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about it: nothing."""


REGISTRY_ACCOUNT: ResourceType[RegistryAccountConfig, RegistryAccountInfo, NoStatus] = ResourceType(
    name="registry_account",
    plural="registry_accounts",
    title="Registry account",
    help="Who Docker says it is when it fetches images from one registry.",
    config=RegistryAccountConfig,
    info=RegistryAccountInfo,
    operations=OPERATIONS,
    columns=(Column("config.domain", "Domain"), Column("config.username", "User name")),
)
