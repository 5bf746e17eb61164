"""Future: what a container writes from a known line on, through its stops and starts, until it is removed."""

from collections.abc import AsyncIterator

from monitor.abilities.container.log_past import SPARE, Past
from monitor.abilities.container.states import end_text
from monitor.abilities.docker.described import Described, described
from monitor.abilities.docker.engine import Engine
from monitor.abilities.docker.log_lines import LogLine
from monitor.abilities.docker.logs import open_log
from monitor.kernel.clock import Clock
from monitor.kernel.errors import NotFound

_SECOND = 1_000_000_000
_CLOSE = 100_000_000
"""Nanoseconds between lines of the two streams that may stand in another order than that of their times."""
_AGAIN = 0.5
"""Seconds before a running container is asked again whose log the daemon has closed."""


class Future:
    """Goes on where a Past has ended, with its numbers."""

    def __init__(self, docker: Engine, clock: Clock, seen: Described, past: Past, since: int) -> None:
        self._docker = docker
        self._clock = clock
        self._seen = seen
        self._past = past
        self._since = since
        """What is older is not wanted; asked of the daemon where no line is known to go on from."""
        self._started = seen.state.started_at

    async def read(self) -> AsyncIterator[list[LogLine] | str]:
        """New lines as they come, and in words when the container stops or starts."""
        while True:
            async for lines in self._attach():
                self._past.order.pass_by(lines)
                if shown := self._past.wanted(lines):
                    yield shown
            now = await self._state()
            if now is None:
                return
            if not now.state.running:
                yield f"the container has stopped: {end_text(now.state.exit_code)}"
                if not await self._start():
                    return
                yield "the container has started"
                if (now := await self._state()) is not None:
                    self._started = now.state.started_at
            elif now.state.started_at != self._started:
                # It was quicker than the question, and how it ended is not told any more.
                self._started = now.state.started_at
                yield "the container has stopped, and started again"
            else:
                await self._clock.sleep(_AGAIN)

    async def _attach(self) -> AsyncIterator[list[LogLine]]:
        """Everything behind the last known line, until the container stops."""
        known = self._past.last
        window = None if known is None else SPARE
        while True:
            missed = False
            since = self._since if known is None else known.at - _SECOND if window is None else 0
            tty = self._seen.config.tty
            log = open_log(self._docker, self._seen.id, tty=tty, tail=window, follow=True, since=max(since, 0))
            async with log as blocks:
                behind, first = known, True
                async for lines in blocks:
                    if behind is not None and first and window is not None and lines[0].at > behind.at:
                        missed = True
                        break
                    first = False
                    if behind is not None:
                        lines, behind = _after(lines, behind)  # noqa: PLW2901 - what is left of them
                    if lines:
                        self._past.last = lines[-1]
                        yield lines
            if not missed:
                return
            window = None

    async def _state(self) -> Described | None:
        try:
            return described(await self._docker.inspect(self._seen.id))
        except NotFound:
            return None

    async def _start(self) -> bool:
        """Wait until it runs again; False once it is removed."""
        async with self._docker.events(("start", "destroy")) as events:
            now = await self._state()
            if now is None or now.state.running:
                return now is not None
            async for event in events:
                if event["Actor"]["ID"] == self._seen.id:
                    return event["Action"] == "start"
        return True


def _after(lines: list[LogLine], known: LogLine) -> tuple[list[LogLine], LogLine | None]:
    """What follows the known line, and None; or nothing and the line, while it has not come."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index] == known:
            return lines[index + 1 :], None
    for index, line in enumerate(lines):
        if line.at > known.at + _CLOSE:
            # The daemon has thrown the known line away meanwhile.
            return lines[index:], None
    return [], known
