"""Messages about git sources."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from monitor.kernel.call import Call
from monitor.kernel.marks import shown

URL = (
    r"^(https?://[^\s\x00-\x1f@?#/]+(/[^\s\x00-\x1f@?#]*)?"
    r"|ssh://([A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9\[][^\s\x00-\x1f@/?#]*/[^\s\x00-\x1f?#]+"
    r"|[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^\s\x00-\x1f?#:][^\s\x00-\x1f?#]*"
    r"|file:///[^\s\x00-\x1f?#]+)$"
)
"""A repository's address; no user and password in one of http, where every log would show them."""


class GitSource(Struct, frozen=True, kw_only=True):
    """A repository, at a branch's head, a tag or one commit."""

    url: Annotated[
        str,
        Meta(pattern=URL, max_length=2000),
        shown(
            "Repository",
            "Its address: `https://host/owner/repo.git` or `git@host:owner/repo.git`; who signs in there is the git "
            "account's matter.",
            docs="https://git-scm.com/docs/git-clone#_git_urls",
        ),
    ]
    branch: Annotated[str, Meta(max_length=250), shown("Branch", "Empty: the repository's default branch.")] = ""
    tag: Annotated[str, Meta(max_length=250), shown("Tag", "Build what this tag names instead of a branch's head.")] = (
        ""
    )
    commit: Annotated[
        str,
        Meta(pattern=r"^([0-9a-f]{7,64})?$"),
        shown(
            "Commit", "Build exactly this one instead of the branch's head: its hash, or seven digits of it at least."
        ),
    ] = ""
    submodules: Annotated[
        bool,
        shown(
            "Submodules",
            "Fetch the repositories it has as submodules, too.",
            docs="https://git-scm.com/docs/gitsubmodules",
        ),
    ] = False
    folders: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]+$")], ...],
        Meta(max_length=50),
        shown(
            "Only these folders",
            "Of a large repository: check out these, and the files beside them up to the top; empty: all of it.",
            docs="https://git-scm.com/docs/git-sparse-checkout",
        ),
    ] = ()


class GitAuth(Struct, frozen=True, kw_only=True):
    """Who fetches from one git server; told to that server alone."""

    host: str
    """`example.org` or `example.org:8443`, as addresses name it."""
    username: str = ""
    token: str = ""
    """Over http and https."""
    private_key: str = ""
    """Over ssh, in OpenSSH's or PEM form, without a passphrase."""
    known_hosts: str = ""
    """The server's own keys, as `ssh-keyscan` prints them; over ssh no other is talked to."""


class Looked(Struct, frozen=True, kw_only=True):
    """What a repository has now."""

    commit: Annotated[str, Meta(pattern=r"^[0-9a-f]{40,64}$")]
    """Of the branch or tag that was asked about."""
    branch: Annotated[str, Meta(max_length=300)] = ""
    """Its short name; of the default branch where the server tells."""
    changed: bool = True
    """Whether a file that counts differs between `since` and this commit; also where that cannot be told."""


class LookAtSource(Call[Looked], frozen=True, kw_only=True, tag="git.look"):
    """What would be fetched now? The server is asked; where paths are given its mirror here is brought up to date."""

    timeout: ClassVar[float] = 120.0

    source: GitSource
    auth: GitAuth | None = None
    since: Annotated[str, Meta(pattern=r"^([0-9a-f]{40,64})?$")] = ""
    """A commit to compare with."""
    paths: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=200)], ...], Meta(max_length=50)] = ()
    """Patterns of files that count; one that begins with `!` says which do not. None: any file counts."""
