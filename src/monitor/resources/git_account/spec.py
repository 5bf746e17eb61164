"""What a git account is: a token or a deploy key for one git server."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import SECRET, shown, worded
from monitor.kernel.resource import Column, NoStatus, ResourceType
from monitor.resources.git_account.operations import OPERATIONS

_KEYS = "https://docs.github.com/en/authentication/connecting-to-github-with-ssh/managing-deploy-keys"
_SSH = "https://man.openbsd.org"


class GitService(StrEnum):
    """What runs at the host; decides how a commit's page is addressed."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"
    """Gitea and Forgejo."""
    OTHER = "other"


class GitAccountConfig(Struct, frozen=True, kw_only=True):
    """What people set on a git account."""

    host: Annotated[
        str,
        Meta(max_length=260, pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$"),
        shown(
            "Host",
            "As addresses of repositories name it: `github.com`, `git.example.org:2222`.",
            group="Account",
            docs="https://git-scm.com/docs/git-clone#_git_urls",
        ),
    ]
    service: Annotated[
        GitService,
        worded(
            {
                GitService.GITHUB: "GitHub",
                GitService.GITLAB: "GitLab",
                GitService.GITEA: "Gitea, Forgejo",
                GitService.OTHER: "Another",
            }
        ),
        shown("Service", "What runs there, so that commits link to their page.", group="Account"),
    ] = GitService.OTHER
    username: Annotated[
        str,
        Meta(max_length=256, pattern=r"^[^\x00-\x1f:]*$"),
        shown(
            "User name",
            "For https; many services take any with a token. Empty: `git`.",
            group="Token, for https",
        ),
    ] = ""
    token: Annotated[
        Annotated[str, Meta(min_length=1, max_length=16_384, pattern=r"^[^\x00-\x1f]+$")] | None,
        SECRET,
        shown("Token", "An access token that may read repositories, and no more.", group="Token, for https"),
    ] = None
    private_key: Annotated[
        Annotated[str, Meta(min_length=1, max_length=65_536, pattern=r"^[^\x00]+$")] | None,
        SECRET,
        shown(
            "Private key",
            "A deploy key without a passphrase; the service keeps its public half.",
            group="Key, for ssh",
            docs=_KEYS,
            lines=True,
        ),
    ] = None
    known_hosts: Annotated[
        str,
        Meta(max_length=65_536, pattern=r"^[^\x00]*$"),
        shown(
            "Known hosts",
            "The server's own keys, a line each, as `ssh-keyscan` prints them: no other server is talked to.",
            group="Key, for ssh",
            docs=f"{_SSH}/ssh-keyscan",
            lines=True,
        ),
    ] = ""


class GitAccountInfo(Struct, frozen=True, kw_only=True):
    """What Monitor noted about it: nothing."""


GIT_ACCOUNT: ResourceType[GitAccountConfig, GitAccountInfo, NoStatus] = ResourceType(
    name="git_account",
    plural="git_accounts",
    title="Git account",
    help="Who Monitor says it is when it fetches sources from one git server.",
    config=GitAccountConfig,
    info=GitAccountInfo,
    operations=OPERATIONS,
    columns=(Column("config.host", "Host"), Column("config.service", "Service")),
)
