"""Core's own identity on the link: one key and certificate that every joined host has pinned."""

from pathlib import Path

from monitor.kernel.pinning import Identity


def load_identity(folder: Path) -> Identity:
    """The identity in `folder/link.pem`, made at the first start; losing it means joining every host again."""
    return Identity.at(folder / "link.pem", "monitor core")
