"""Copying: a config as a copy of its resource begins with it."""

from typing import Any

import msgspec

from monitor.core import config as configs
from monitor.core.caller import Caller
from monitor.core.catalog import Record
from monitor.core.parts import Parts
from monitor.kernel.errors import Forbidden
from monitor.kernel.permission import Level


def copied_config(parts: Parts, caller: Caller, source: Record, *, without_secrets: bool) -> Any:
    """The config, with its secrets in clear for who may write it, or without them. Forbidden for anybody else who does
    not say that he wants none: whoever has the copy may use what is in it.
    """
    stored = source.stored
    if not stored.sealed:
        return stored.config
    if without_secrets:
        return _without(stored)
    if not parts.permit.level(caller, source.type, source.id).covers(Level.WRITE):
        raise Forbidden(
            f"copying the secrets of {source.type} {stored.name} needs 'write' on it",
            hint="Copy it without them: without_secrets.",
        )
    return configs.reveal(parts, stored, [])


def _without(stored: Any) -> Any:
    """Items of lists that are there for their secret go; elsewhere there may be none."""
    lists = {one.path.partition("[")[0] for one in stored.sealed if "[" in one.path}
    defaults = {f.name: f.default for f in msgspec.structs.fields(stored.config) if f.name in lists}
    return msgspec.structs.replace(stored.config, **defaults)
