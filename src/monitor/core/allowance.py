"""Allowance: how much one server may make core hold and do, so that a hostile one harms only itself."""

from monitor.kernel.clock import Clock
from monitor.kernel.errors import HostError
from monitor.kernel.hostview import Container

_MOST_CONTAINERS = 10_000
_MOST_TEXT = 32 * 1024 * 1024
"""Characters of all containers of a server: an honest snapshot of more would not fit into one message."""
_PER_SECOND = 1000.0
_AT_ONCE = 5000.0


class TooMuch(HostError):
    """A server sent more than core takes from one."""


class Allowance:
    """One server's, for one connection."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sizes: dict[str, int] = {}
        self._text = 0
        self._left = _AT_ONCE
        self._at = clock.monotonic()

    def hold(self, item: Container) -> None:
        """Count a container, in place of what it was before. TooMuch when there is no room."""
        self.release(item.id)
        self._sizes[item.id] = size = _size(item)
        self._text += size
        if len(self._sizes) > _MOST_CONTAINERS:
            raise TooMuch(f"it has more than the {_MOST_CONTAINERS} containers core keeps of one server")
        if self._text > _MOST_TEXT:
            raise TooMuch(f"its containers' labels and names are more than the {_MOST_TEXT} bytes core keeps")

    def release(self, id: str) -> None:
        """It is gone."""
        self._text -= self._sizes.pop(id, 0)

    async def pay(self, things: int) -> None:
        """Wait, after more at once than a server may send, until it has earned it; the host waits with us."""
        now = self._clock.monotonic()
        self._left = min(_AT_ONCE, self._left + (now - self._at) * _PER_SECOND) - things
        self._at = now
        if self._left < 0:
            await self._clock.sleep(-self._left / _PER_SECOND)


def _size(item: Container) -> int:
    texts = (item.id, item.name, item.image, item.image_id, item.state, item.health, item.reason)
    more = (
        item.project,
        item.service,
        *item.networks,
        *item.volumes,
        *(part for label in item.labels for part in label),
    )
    return sum(map(len, texts)) + sum(map(len, more)) + 100 * len(item.ports)
