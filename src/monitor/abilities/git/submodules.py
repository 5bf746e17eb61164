"""Submodules: what a repository's .gitmodules asks for, as data; what would leave its tree is refused. Pure."""

from msgspec import Struct

from monitor.kernel.errors import HostError


class Submodule(Struct, frozen=True):
    """One entry of a .gitmodules file."""

    path: str
    url: str


def read(listed: bytes) -> tuple[Submodule, ...]:
    """Entries of `git config --file .gitmodules --null --list`; HostError for a path that is none inside the tree."""
    found: dict[str, dict[str, str]] = {}
    for entry in listed.decode("utf-8", "replace").split("\0"):
        key, _, value = entry.partition("\n")
        name, _, field = key.removeprefix("submodule.").rpartition(".")
        if key.startswith("submodule.") and name:
            found.setdefault(name, {})[field] = value
    modules = [
        Submodule(fields["path"], fields["url"]) for fields in found.values() if {"path", "url"} <= fields.keys()
    ]
    for module in modules:
        _check(module.path)
    return tuple(modules)


def _check(path: str) -> None:
    parts = path.split("/")
    # What a file system or git takes for `.git` though it is spelled otherwise (CVE-2014-9390, CVE-2019-1352).
    odd = any(
        not part or part in (".", "..") or part.lower().rstrip(". ").startswith((".git", "git~")) for part in parts
    )
    if odd or path.startswith("-") or "\\" in path or ":" in path or any(ord(c) < 32 for c in path):
        raise HostError(
            f"the repository has a submodule at {path!r}, which is no path inside it",
            hint="correct its .gitmodules, or build without submodules",
        )


def commit_at(listed: bytes) -> str:
    """The commit a tree has at a path, of `git ls-tree -z`; empty if there is no submodule."""
    head, _, _ = listed.decode("utf-8", "replace").partition("\t")
    parts = head.split()
    return parts[2] if len(parts) == 3 and parts[:2] == ["160000", "commit"] else ""
