"""What a terminal may, by core's settings and what its person holds."""

from msgspec import Struct

from monitor.kernel.permission import HostPower


class TerminalTerms(Struct, frozen=True, kw_only=True):
    """Given to the host with the terminal."""

    idle: float
    """Seconds without input or output after which it is closed."""
    total: float
    """Seconds after which it is closed."""
    powers: tuple[HostPower, ...]
    """Host powers its person holds on the server."""
