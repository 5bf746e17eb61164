"""Files: texts that are put into a container's own layer between its creation and its start."""

import io
import posixpath
import tarfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from monitor.abilities.container.calls import HostedFile
from monitor.kernel.errors import HostError


def check_places(files: Sequence[HostedFile], image: Mapping[str, Any]) -> None:
    """HostError where the image itself declares a volume: what is put there would outlive the container."""
    config: dict[str, Any] = image.get("Config") or {}
    declared: dict[str, Any] = config.get("Volumes") or {}
    for place in map(posixpath.normpath, declared):
        for file in files:
            if posixpath.normpath(file.path).startswith(f"{place.rstrip('/')}/"):
                raise HostError(
                    f"the file {file.path} would be put into a volume: the image declares one at {place}",
                    hint="choose a path outside it",
                )


def archive(files: Sequence[HostedFile], now: datetime) -> bytes:
    """A tar archive, to be unpacked at `/`; folders that are missing on the way are the daemon's to make."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for file in files:
            data = file.content.encode(errors="surrogatepass")
            entry = tarfile.TarInfo(file.path.lstrip("/"))
            entry.size, entry.mode, entry.uid, entry.gid = len(data), file.mode, file.uid, file.gid
            entry.mtime = int(now.timestamp())
            tar.addfile(entry, io.BytesIO(data))
    return packed.getvalue()
