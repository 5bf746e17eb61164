"""Limits: token buckets per key, for what must not be tried too often."""

import ipaddress

from monitor.kernel.clock import Clock
from monitor.kernel.errors import TooMany

_MOST_KEYS = 10_000


def machine_of(address: str) -> str:
    """Who is counted for a client's address: of IPv6 its network of 64 bits, all of which one machine may use."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))
    return address


class Limit:
    """At most `burst` at once and one more every `every` seconds, per key."""

    def __init__(self, clock: Clock, *, burst: int, every: float) -> None:
        self._clock = clock
        self._burst = burst
        self._every = every
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Use one; TooMany when none is left."""
        now = self._clock.monotonic()
        left, at = self._buckets.get(key, (float(self._burst), now))
        left = min(self._burst, left + (now - at) / self._every)
        if left < 1:
            wait = int((1 - left) * self._every) + 1
            raise TooMany(f"too many tries; wait {wait} s", wait)
        self._buckets[key] = (left - 1, now)
        if len(self._buckets) > _MOST_KEYS:
            self._forget(now)

    def give_back(self, key: str) -> None:
        """A success costs nothing."""
        left, at = self._buckets.get(key, (float(self._burst), self._clock.monotonic()))
        self._buckets[key] = (min(self._burst, left + 1), at)

    def _forget(self, now: float) -> None:
        """Drop full buckets first, then the oldest, so that strangers cannot fill the memory."""
        full = [k for k, (left, at) in self._buckets.items() if left + (now - at) / self._every >= self._burst]
        for key in full or list(self._buckets)[: _MOST_KEYS // 2]:
            del self._buckets[key]
