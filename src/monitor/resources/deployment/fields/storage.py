"""Storage: what of the container's file system lasts, is in memory, or may not be written."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import host_power, shown, text_form
from monitor.kernel.permission import HostPower
from monitor.resources.deployment import text
from monitor.resources.deployment.fields.links import DOCS, RUN
from monitor.resources.deployment.fields.texts import FileMode, InnerPath, Size
from monitor.resources.deployment.values import Volume

_GROUP = "Storage"


class Tmpfs(Struct, frozen=True, kw_only=True):
    """A folder in memory, gone when the container stops."""

    path: Annotated[InnerPath, shown("Path", "Absolute path inside the container.")]
    size: Annotated[Size, text_form(text.size, "64m"), shown("Size", "Bytes at most; 0: half the host's memory.")] = 0
    mode: Annotated[FileMode, shown("Mode", "Permissions of the folder, in octal.")] = "1777"

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"{self.path}:{f'size={self.size},' if self.size else ''}mode={self.mode}"


Volumes = Annotated[
    tuple[Volume, ...],
    Meta(max_length=500),
    host_power(HostPower.BIND),
    text_form(text.volume, "data:/var/lib/data:ro"),
    shown(
        "Volumes",
        "What outlives the container; a folder of the host is a host power.",
        group=_GROUP,
        docs=f"{DOCS}/engine/storage/volumes/",
    ),
]
TmpfsMounts = Annotated[
    tuple[Tmpfs, ...],
    Meta(max_length=100),
    text_form(text.tmpfs, "/run:size=64m,mode=1777"),
    shown("Tmpfs mounts", "Folders in memory, gone when it stops.", group=_GROUP, docs=f"{DOCS}/engine/storage/tmpfs/"),
]
ReadOnly = Annotated[
    bool,
    shown("Read only", "Nothing but volumes and tmpfs can be written.", group=_GROUP, docs=f"{RUN}#read-only"),
]
