"""Messages about git sources."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown


class GitSource(Struct, frozen=True, kw_only=True):
    """A repository over http or https, at a branch's head or at one commit."""

    url: Annotated[
        str,
        Meta(pattern=r"^https?://[^\s@?#]+$", max_length=2000),
        shown("Repository", "Its http or https address."),
    ]
    branch: Annotated[str, Meta(max_length=250), shown("Branch", "Empty: the repository's default branch.")] = ""
    commit: Annotated[
        str,
        Meta(pattern=r"^([0-9a-f]{7,64})?$"),
        shown("Commit", "Build exactly this commit instead of the branch's head."),
    ] = ""
