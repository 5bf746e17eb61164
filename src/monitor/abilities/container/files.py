"""Files: texts that are put into a container's own layer between its creation and its start."""

import io
import tarfile
from collections.abc import Sequence
from datetime import datetime

from monitor.abilities.container.calls import HostedFile


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
