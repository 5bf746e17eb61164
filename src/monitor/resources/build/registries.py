"""Registries: where a build's image is given to, who pushes there, and who fetches what it is made from."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from monitor.kernel.marks import refers_to, shown
from monitor.kernel.permission import Right

_DOCS = "https://docs.docker.com"
TAGS = f"{_DOCS}/reference/cli/docker/image/tag/"
PUSHING = f"{_DOCS}/reference/cli/docker/image/push/"


def push_of(text: str) -> dict[str, Any]:
    """`ghcr.io/team/web`, or with the account that pushes: `ghcr.io/team/web=ACCOUNT`."""
    image, _, account = text.partition("=")
    return {"image": image, **({"account": account} if account else {})}


def account_of(text: str) -> dict[str, Any]:
    """An account's name."""
    return {"account": text}


class PushTo(Struct, frozen=True, kw_only=True):
    """A repository of a registry the image is given to."""

    image: Annotated[
        str,
        Meta(min_length=1, max_length=200),
        shown("Image name", "With its registry, without a tag: `ghcr.io/team/web`; Docker Hub needs none."),
    ]
    account: Annotated[
        str | None,
        refers_to("registry_account", Right.USE),
        shown("Registry account", "Who pushes there; none: anybody may."),
    ] = None


class BaseAccount(Struct, frozen=True, kw_only=True):
    """Who fetches base images from one private registry."""

    account: Annotated[
        str,
        refers_to("registry_account", Right.USE),
        shown("Registry account", "Used for the images of its registry that the Dockerfile begins FROM."),
    ]
