"""Plans for git: a source becomes argument lists and an environment in which a repository can only be data. Pure."""

import re
from pathlib import Path

from monitor.abilities.git.calls import GitSource
from monitor.kernel.errors import Invalid

ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
}
"""Nobody is asked, and no settings of the host's user change what git does."""

_HASH_LENGTHS = (40, 64)
_SAFE = (
    *("-c", "protocol.allow=never", "-c", "protocol.http.allow=always", "-c", "protocol.https.allow=always"),
    *("-c", "core.hooksPath=/dev/null", "-c", "submodule.recurse=false"),
    # A server that says nothing for a minute is given up.
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60", "-c", "advice.detachedHead=false"),
)
# What git itself refuses in a ref's name (git-check-ref-format(1)), and a leading dash.
_NO_BRANCH = re.compile(r"^[-/]|[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|(^|/)\.|\.lock(/|$)|[/.]$|^@$")


def check_source(source: GitSource) -> None:
    """Invalid for a branch name git could take for something else."""
    if source.branch and _NO_BRANCH.search(source.branch):
        raise Invalid.field("source.branch", f"{source.branch!r} is no valid branch name")


def clone(source: GitSource, target: Path, *, shallow: bool) -> tuple[str, ...]:
    """Clone the branch (or the default one) and check it out; only its newest commit if `shallow`."""
    return (
        *("git", *_SAFE, "clone", "--template=", "--no-tags", "--single-branch", "--no-recurse-submodules"),
        *(("--depth=1",) if shallow else ()),
        *(("--branch", source.branch) if source.branch else ()),
        *("--", source.url, str(target)),
    )


def start_empty(target: Path) -> tuple[str, ...]:
    """An empty repository to fetch one commit into."""
    return ("git", *_SAFE, "init", "--quiet", "--template=", "--", str(target))


def fetch_commit(source: GitSource) -> tuple[str, ...] | None:
    """Fetch exactly the commit; None for a shortened hash, which no server takes."""
    if len(source.commit) not in _HASH_LENGTHS:
        return None
    return ("git", *_SAFE, "fetch", "--no-tags", "--depth=1", "--", source.url, source.commit)


def fetch_all(source: GitSource) -> tuple[str, ...]:
    """Fetch every branch and tag."""
    refs = ("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*")
    return ("git", *_SAFE, "fetch", "--no-tags", "--", source.url, *refs)


def check_out(source: GitSource) -> tuple[str, ...]:
    """Check the commit out."""
    return ("git", *_SAFE, "checkout", "--quiet", "--detach", source.commit, "--")


def find_branch(source: GitSource) -> tuple[str, ...]:
    """Ask the server for the branch (or tag): exit code 2 says that it has none of this name."""
    refs = (f"refs/heads/{source.branch}", f"refs/tags/{source.branch}") if source.branch else ("HEAD",)
    return ("git", *_SAFE, "ls-remote", "--exit-code", "--", source.url, *refs)


def describe() -> tuple[str, ...]:
    """Print the checked-out commit's hash and the first line of its message."""
    return ("git", *_SAFE, "log", "--max-count=1", "--no-show-signature", "--format=%H%n%s")
