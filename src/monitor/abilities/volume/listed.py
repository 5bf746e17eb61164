"""Listed: the daemon's words about volumes, typed, and their secrets masked. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitor.abilities.container.powers import host_powers
from monitor.abilities.container.states import moment
from monitor.abilities.container.storage import mount_of
from monitor.abilities.volume.calls import HostVolume
from monitor.kernel.permission import HostPower

_ANONYMOUS = re.compile(r"[0-9a-f]{64}")
_PROJECT = "com.docker.compose.project"
_SECRET = re.compile(r"(?i)\b(pass|password|passwd|secret|token|key)=[^,]*")


def volume(told: Mapping[str, Any]) -> HostVolume:
    """An item of GET /volumes."""
    labels: dict[str, str] = told.get("Labels") or {}
    return HostVolume(
        name=told["Name"],
        driver=told.get("Driver") or "",
        created=when(told.get("CreatedAt")),
        anonymous=_ANONYMOUS.fullmatch(told["Name"]) is not None,
        bind=is_bind(told),
        project=str(labels.get(_PROJECT) or "")[:200],
    )


def is_bind(told: Mapping[str, Any]) -> bool:
    """Whether who mounts it reaches more than a folder of Docker's own."""
    options: dict[str, str] = told.get("Options") or {}
    return HostPower.BIND in host_powers(mount_of(told["Name"], told.get("Driver") or "", options))


def when(text: Any) -> datetime | None:
    """A time the daemon or a plug-in wrote; None where it is none."""
    try:
        return moment(text or "")
    except (TypeError, ValueError):
        return None


def masked(told: Mapping[str, Any]) -> dict[str, Any]:
    """The description without passwords of shares (`o=username=…,password=…`)."""
    options: dict[str, str] = told.get("Options") or {}
    hidden = {name: _SECRET.sub(r"\1=***", str(value)) for name, value in options.items()}
    return {**told, "Options": hidden or None}
