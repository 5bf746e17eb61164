"""Probes: how the host asks a new container itself whether it is up, beside or instead of its image's health check."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown

_PORT = Meta(ge=1, le=65535)
_STATUS = Meta(ge=100, le=599)
_INTERVAL = Meta(ge=0.1, le=600)


class NoProbe(Struct, frozen=True, kw_only=True, tag_field="kind", tag="none"):
    """It is not asked: its health check decides, or that it stays up."""


class HttpProbe(Struct, frozen=True, kw_only=True, tag_field="kind", tag="http"):
    """A GET request to the container's own address; redirects are not followed."""

    port: Annotated[int, _PORT, shown("Port", "Where the program listens inside the container.")]
    path: Annotated[
        str, Meta(pattern=r"^/[!-~]*$", max_length=2000), shown("Path", "What is asked for, `/health` for instance.")
    ] = "/"
    status_from: Annotated[int, _STATUS, shown("Lowest status", "Of the answers that count as up.")] = 200
    status_to: Annotated[int, _STATUS, shown("Highest status", "Of the answers that count as up.")] = 399
    interval: Annotated[float, _INTERVAL, shown("Interval", "Seconds between two tries.")] = 1.0

    @property
    def in_words(self) -> str:
        """As a command line takes it, and which answers count where those are not the usual ones."""
        usual = (self.status_from, self.status_to) == (200, 399)
        return f"http:{self.port}{self.path}" + ("" if usual else f" ({self.status_from} to {self.status_to})")


class TcpProbe(Struct, frozen=True, kw_only=True, tag_field="kind", tag="tcp"):
    """A connection to the container's own address."""

    port: Annotated[int, _PORT, shown("Port", "Where the program listens inside the container.")]
    interval: Annotated[float, _INTERVAL, shown("Interval", "Seconds between two tries.")] = 1.0

    @property
    def in_words(self) -> str:
        """As a command line takes it."""
        return f"tcp:{self.port}"


Probe = NoProbe | HttpProbe | TcpProbe
