"""Download: an answer that is a file, sent as it is made: no more of it is held than its reader is behind."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import cast

from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from monitor.kernel.clock import Clock
from monitor.kernel.download import Download

_TAKEN_WITHIN = 60.0
"""Seconds in which its reader must take a piece."""
_LOOK = 1.0
"""Seconds between looks whether its reader still may read it."""


async def file_response(download: Download, may_read: Callable[[], object], clock: Clock) -> Response:
    """The response, once its first piece is there: what is refused until then is an ordinary problem."""
    pieces = cast("AsyncGenerator[bytes]", download.pieces)
    first = await anext(pieces, None)
    return _File(
        _checked(first, pieces, may_read, clock),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{download.name}"'},
    )


async def _checked(
    first: bytes | None, pieces: AsyncGenerator[bytes], may_read: Callable[[], object], clock: Clock
) -> AsyncIterator[bytes]:
    """The pieces; breaks off with the reason once the reader may no longer have them."""
    looked = clock.monotonic()
    async with aclosing(pieces):
        if first is not None:
            yield first
        async for piece in pieces:
            if clock.monotonic() - looked >= _LOOK:
                looked = clock.monotonic()
                may_read()
            yield piece


class _File(StreamingResponse):
    """Gives up a reader that takes nothing."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                async with asyncio.timeout(_TAKEN_WITHIN):
                    await send(message)
            except TimeoutError:
                raise OSError("the reader of a download took nothing") from None

        await super().__call__(scope, receive, send_in_time)
