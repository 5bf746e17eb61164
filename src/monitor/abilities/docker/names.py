"""Names as they may stand in an Engine path: checked before anything is sent, so none can lead elsewhere."""

import re
from urllib.parse import quote

from monitor.kernel.errors import Invalid

_CONTAINER = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
_IMAGE = re.compile(r"[a-zA-Z0-9]+(?:[._:/@-]+[a-zA-Z0-9]+)*")


def container_segment(name: str) -> str:
    """A container's name or id as one path segment; Invalid for anything else."""
    if len(name) > 255 or _CONTAINER.fullmatch(name) is None:
        raise Invalid(f"{name[:80]!r} is no container name or id")
    return name


def image_segments(reference: str) -> str:
    """An image reference or id as path segments; Invalid for anything else."""
    parts = reference.split("/")
    if len(reference) > 512 or _IMAGE.fullmatch(reference) is None or not all(parts) or {".", ".."} & set(parts):
        raise Invalid(f"{reference[:80]!r} is no image reference")
    return quote(reference, safe="/:@")


def split_reference(reference: str) -> tuple[str, str]:
    """Repository, and tag or digest; `latest` when there is neither: Docker would pull every tag then."""
    image_segments(reference)
    if "@" in reference:
        repository, _, digest = reference.partition("@")
        return repository, digest
    repository, colon, tag = reference.rpartition(":")
    # A colon before the last slash is a registry's port.
    if not colon or "/" in tag:
        return reference, "latest"
    return repository, tag
