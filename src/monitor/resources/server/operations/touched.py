"""Hints that a server's images, volumes or networks are not what they were."""

from typing import ClassVar

from monitor.kernel.fleet import Touched
from monitor.kernel.operation import Needs
from monitor.kernel.permission import Level
from monitor.kernel.stream import Stream


class WatchDocker(Stream[Touched], frozen=True, kw_only=True, tag="server.watch_docker"):
    """A hint each time something happens to the server's images, volumes or networks, under the keys `image`,
    `volume` and `network`: who shows them asks for them again.
    """

    needs: ClassVar[Needs] = Level.READ
