"""Insides: what is seen of a container, without the secrets core knows. Pure, but for the thread large ones take."""

import asyncio
from typing import Any

from msgspec.structs import replace

from monitor.kernel.insides import BusyProcesses, FileChanges, Process
from monitor.kernel.redact import Redactor
from monitor.kernel.stream import Item, Snapshot

_APART = "\0"
"""Between texts that are redacted together: no path and no argument holds one, and no form of a secret does."""


async def redacted(told: dict[str, Any], secrets: tuple[str, ...]) -> dict[str, Any]:
    """A description with every text in it, keys too, redacted."""
    if not secrets:
        return told
    redactor = await asyncio.to_thread(Redactor, secrets)
    return _redacted(told, redactor)


async def redacted_processes(found: tuple[Process, ...], secrets: tuple[str, ...]) -> tuple[Process, ...]:
    """Processes with their command lines redacted."""
    texts = await _texts([each.command for each in found], secrets)
    return tuple(replace(each, command=text) for each, text in zip(found, texts, strict=True))


async def redacted_busy(
    item: Item[BusyProcesses] | Snapshot, secrets: tuple[str, ...]
) -> Item[BusyProcesses] | Snapshot:
    """The same of a list as it comes."""
    if isinstance(item, Snapshot) or item.data is None:
        return item
    return replace(item, data=replace(item.data, processes=await redacted_processes(item.data.processes, secrets)))


async def redacted_changes(found: FileChanges, secrets: tuple[str, ...]) -> FileChanges:
    """Changed files with their paths redacted."""
    texts = await _texts([each.path for each in found.items], secrets)
    items = tuple(replace(each, path=text) for each, text in zip(found.items, texts, strict=True))
    return FileChanges(total=found.total, items=items)


async def _texts(texts: list[str], secrets: tuple[str, ...]) -> list[str]:
    """In one go, since there may be a hundred thousand of them."""
    if not secrets or not texts:
        return texts
    joined = _APART.join(text.replace(_APART, " ") for text in texts)
    return await asyncio.to_thread(lambda: Redactor(secrets).redact_text(joined).split(_APART))


def _redacted(told: Any, redactor: Redactor) -> Any:
    match told:
        case str():
            return redactor.redact_text(told)
        case dict():
            pairs: dict[str, Any] = told  # pyright: ignore[reportUnknownVariableType] - of what the daemon said
            return {redactor.redact_text(key): _redacted(value, redactor) for key, value in pairs.items()}
        case list() | tuple():
            items: list[Any] = list(told)  # pyright: ignore[reportUnknownArgumentType] - the same
            return [_redacted(item, redactor) for item in items]
        case _:
            return told
