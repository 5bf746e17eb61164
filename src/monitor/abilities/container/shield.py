"""Shield: what must run to its end once begun, whoever cancels it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def finish(work: Coroutine[Any, Any, T]) -> T:
    """Its result. A cancellation meanwhile is kept from it, and from the caller too: what was begun is done."""
    task, _ = await _see_through(work)
    return task.result()


async def whole(work: Coroutine[Any, Any, T]) -> T:
    """Its result. A cancellation meanwhile is kept from it, and raised once it is done."""
    task, cancelled = await _see_through(work)
    if cancelled is not None:
        raise cancelled
    return task.result()


async def _see_through(work: Coroutine[Any, Any, T]) -> tuple[asyncio.Task[T], asyncio.CancelledError | None]:
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as asked:
            cancelled = asked
    return task, cancelled
