"""Reference: the parts of an image's reference, as Docker completes it (github.com/distribution/reference). Pure."""

import re

from msgspec import Struct

from monitor.abilities.container.registry import DOCKER_HUB, domain_of

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_PATH = re.compile(rf"{_PART}(?:/{_PART})*")
_HOST = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_DOMAIN = re.compile(rf"(?:{_HOST}(?:\.{_HOST})*|\[[0-9a-fA-F:.]+\])(?::[0-9]+)?")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")
_IMAGE_ID = re.compile(r"[0-9a-f]{64}")


class Reference(Struct, frozen=True, kw_only=True):
    """An image's reference in full."""

    domain: str
    path: str
    tag: str = ""
    digest: str = ""

    @property
    def repository(self) -> str:
        """Without tag and digest: `docker.io/library/nginx`."""
        return f"{self.domain}/{self.path}"


def parse(text: str) -> Reference:
    """ValueError, saying why, where Docker would take it for no image of a registry."""
    name, at, digest = text.partition("@")
    if at and _DIGEST.fullmatch(digest) is None:
        raise ValueError("its digest is none: it is written sha256:… with 64 digits from 0 to f")
    name, tag = _tag(name)
    if at == "" and not tag and _IMAGE_ID.fullmatch(name):
        raise ValueError("it is an image's id on the host, which no registry knows")
    if tag and _TAG.fullmatch(tag) is None:
        raise ValueError("its tag is none")
    domain = domain_of(name)
    path = name.partition("/")[2] if domain != DOCKER_HUB or _names_hub(name) else name
    if domain == DOCKER_HUB and "/" not in path:
        path = f"library/{path}"
    if _DOMAIN.fullmatch(domain) is None or _PATH.fullmatch(path) is None:
        raise ValueError("it is no image reference: repositories are written in lower case")
    return Reference(domain=domain, path=path, tag=tag or ("" if at else "latest"), digest=digest)


def _tag(name: str) -> tuple[str, str]:
    rest, colon, tag = name.rpartition(":")
    # A colon before the last slash is a registry's port.
    return (rest, tag) if colon and "/" not in tag and not tag.endswith("]") else (name, "")


def _names_hub(name: str) -> bool:
    return name.partition("/")[0] in (DOCKER_HUB, "index.docker.io")
