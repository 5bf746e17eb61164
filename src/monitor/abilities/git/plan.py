"""Plans for git: a source becomes argument lists and an environment in which a repository can only be data. Pure."""

import re
import shlex
from pathlib import Path
from urllib.parse import quote

from monitor.abilities.git.address import Address
from monitor.abilities.git.calls import GitAuth, GitSource
from monitor.kernel.errors import Invalid

ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_LFS_SKIP_SMUDGE": "1",
    # Where ssh is not asked for, it cannot be run either.
    "GIT_SSH_COMMAND": "false",
}
"""Nobody is asked, and no settings of the host's user change what git does."""

HEAD = "refs/monitor/head"
"""Where a mirror keeps what its repository calls HEAD."""
_SAFE = (
    *("-c", "protocol.allow=never"),
    *("-c", "core.hooksPath=/dev/null", "-c", "submodule.recurse=false", "-c", "core.fsmonitor=false"),
    # A server that says nothing for a minute is given up.
    *("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60", "-c", "advice.detachedHead=false"),
    # Tidying up is part of a fetch, not something that goes on after it.
    *("-c", "gc.autoDetach=false", "-c", "maintenance.autoDetach=false"),
)
_LOCAL = (*_SAFE, "-c", "protocol.file.allow=always")
# What git itself refuses in a ref's name (git-check-ref-format(1)), and a leading dash.
_NO_REF = re.compile(r"^[-/]|[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|(^|/)\.|\.lock(/|$)|[/.]$|^@$")
_GLOB = re.compile(r"([*?\[\]\\])")


def check_source(source: GitSource) -> Address:
    """Its address. Invalid for what git could take for something else than a branch, a tag or a folder."""
    for field, name in (("branch", source.branch), ("tag", source.tag)):
        if name and _NO_REF.search(name):
            raise Invalid.field(f"source.{field}", f"{name!r} is no valid {field} name")
    named = [field for field in ("branch", "tag", "commit") if getattr(source, field)]
    if "tag" in named and len(named) > 1:
        raise Invalid.field("source.tag", f"give a tag or a {named[0] if named[0] != 'tag' else named[1]}, not both")
    for index, folder in enumerate(source.folders):
        parts = folder.strip("/").split("/")
        if not folder.strip("/") or any(part in ("", ".", "..", ".git") for part in parts):
            raise Invalid.field(f"source.folders[{index}]", "must be a folder inside the repository")
    return Address.of(source.url)


def start_mirror(mirror: Path) -> tuple[str, ...]:
    """An empty bare repository that keeps one from elsewhere."""
    return ("git", *_SAFE, "init", "--quiet", "--bare", "--template=", "--", str(mirror))


def allow_any_commit(mirror: Path) -> tuple[str, ...]:
    """Let work trees be made of commits that no branch ends with."""
    return ("git", *_SAFE, *_in(mirror), "config", "uploadpack.allowAnySHA1InWant", "true")


def update(mirror: Path, address: Address, *, head: bool) -> tuple[str, ...]:
    """Fetch every branch and tag, forgetting those that are gone; `head`: and what the repository calls HEAD."""
    refs = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*", *((f"+HEAD:{HEAD}",) if head else ()))
    return (*_fetch(mirror, address), "--prune", "--no-tags", "--force", "--", address.url, *refs)


def update_commit(mirror: Path, address: Address, commit: str) -> tuple[str, ...]:
    """Fetch one commit by its full hash, as servers allow it for what no branch reaches any more."""
    return (*_fetch(mirror, address), "--no-tags", "--", address.url, f"+{commit}:refs/monitor/{commit}")


def list_remote(address: Address) -> tuple[str, ...]:
    """Ask the server what it has."""
    return ("git", *_protocol(address), "ls-remote", "--", address.url)


def list_head(address: Address, source: GitSource) -> tuple[str, ...]:
    """Ask the server what a branch or tag is at; it may name others too whose names end alike."""
    name = source.branch or source.tag
    refs = (f"refs/heads/{name}", f"refs/tags/{name}", f"refs/tags/{name}^{{}}") if name else ("HEAD",)
    return ("git", *_protocol(address), "ls-remote", "--symref", "--", address.url, *refs)


def has_commit(mirror: Path, commit: str) -> tuple[str, ...]:
    """Succeed where the mirror has a commit."""
    return ("git", *_SAFE, *_in(mirror), "cat-file", "-e", f"{commit}^{{commit}}")


def differ(mirror: Path, before: str, after: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """End with 1 where a file that counts differs between two commits, with 0 where none does.

    What people write is the pattern of a pathspec of ours (gitglossary(7)): from the top, `**` across folders.
    """
    counts = (f":(top,glob){path}" for path in paths if not path.startswith("!"))
    not_those = (f":(top,glob,exclude){path[1:]}" for path in paths if path.startswith("!"))
    diff = ("diff-tree", "-r", "--quiet", "--no-ext-diff", "--no-textconv", "--no-renames")
    return ("git", *_SAFE, *_in(mirror), *diff, before, after, "--", *counts, *not_those)


def find(mirror: Path, source: GitSource) -> tuple[str, ...]:
    """Print the full hash of the commit that is meant."""
    if source.commit:
        return _find(mirror, source.commit)
    if source.tag:
        return find_tag(mirror, source.tag)
    return _find(mirror, f"refs/heads/{source.branch}" if source.branch else HEAD)


def find_tag(mirror: Path, name: str) -> tuple[str, ...]:
    """The same of a tag: also where a branch was asked for, and none has the name."""
    return _find(mirror, f"refs/tags/{name}")


def _find(mirror: Path, ref: str) -> tuple[str, ...]:
    return ("git", *_SAFE, *_in(mirror), "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")


def start_tree(target: Path) -> tuple[str, ...]:
    """An empty repository for the work tree."""
    return ("git", *_SAFE, "init", "--quiet", "--template=", "--", str(target))


def take(target: Path, mirror: Path, commit: str) -> tuple[str, ...]:
    """Take one commit, without its history, over from the mirror."""
    return ("git", *_LOCAL, "-C", str(target), "fetch", "--quiet", "--no-tags", "--depth=1", "--", str(mirror), commit)


def sparse(target: Path) -> tuple[str, ...]:
    """Check out only what `.git/info/sparse-checkout` names."""
    return ("git", *_SAFE, "-C", str(target), "config", "core.sparseCheckout", "true")


def patterns(folders: tuple[str, ...]) -> str:
    """That file: the folders whole, and the files beside them up to the top (git-sparse-checkout(1))."""
    lines = ["/*", "!/*/"]
    for folder in folders:
        parts = _GLOB.sub(r"\\\1", folder.strip("/")).split("/")
        for end in range(1, len(parts)):
            above = "/".join(parts[:end])
            lines += [f"/{above}/", f"!/{above}/*/"]
        lines.append(f"/{'/'.join(parts)}/")
    return "\n".join(lines) + "\n"


def check_out(target: Path, commit: str) -> tuple[str, ...]:
    """Check the commit out."""
    return ("git", *_SAFE, "-C", str(target), "checkout", "--quiet", "--detach", commit, "--")


def describe(target: Path) -> tuple[str, ...]:
    """Print the first line of the checked-out commit's message."""
    return ("git", *_SAFE, "-C", str(target), "log", "--max-count=1", "--no-show-signature", "--format=%s")


def list_submodules(target: Path) -> tuple[str, ...]:
    """Print what .gitmodules holds."""
    return ("git", *_SAFE, "config", "--file", str(target / ".gitmodules"), "--null", "--list")


def submodule_commit(target: Path, path: str) -> tuple[str, ...]:
    """Print the commit a submodule is kept at."""
    return ("git", *_SAFE, "--literal-pathspecs", "-C", str(target), "ls-tree", "-z", "HEAD", "--", path)


def credentials(address: Address, auth: GitAuth) -> str:
    """The file of `git credential-store` that names this one server, and its https where it sends us there."""
    who = f"{quote(auth.username or 'git', safe='')}:{quote(auth.token, safe='')}"
    schemes = dict.fromkeys((address.scheme, "https"))
    return "".join(f"{scheme}://{who}@{address.host}\n" for scheme in schemes)


def http_environment(kept: Path) -> dict[str, str]:
    """Signs in with that file where its server asks for it. Not by http.extraHeader, which git repeats to whatever
    server the first one sends it on to.
    """
    return {
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "credential.helper",
        "GIT_CONFIG_VALUE_0": "",  # no other helper is asked
        "GIT_CONFIG_KEY_1": "credential.helper",
        "GIT_CONFIG_VALUE_1": f"store --file={shlex.quote(str(kept))}",
    }


def _fetch(mirror: Path, address: Address) -> tuple[str, ...]:
    return ("git", *_protocol(address), *_in(mirror), "fetch", "--no-recurse-submodules", "--no-write-fetch-head")


def _protocol(address: Address) -> tuple[str, ...]:
    """Only the address's own protocol is spoken; https for http, too, where a server sends us there."""
    spoken = ("http", "https") if address.scheme == "http" else (address.scheme,)
    return (*_SAFE, *(part for name in spoken for part in ("-c", f"protocol.{name}.allow=always")))


def _in(mirror: Path) -> tuple[str, ...]:
    return ("--git-dir", str(mirror))
