"""What is recorded when a host has joined."""

from typing import ClassVar

from monitor.kernel.operation import Edit, Needs
from monitor.kernel.permission import Access


class AdmitHost(Edit[str], frozen=True, kw_only=True, tag="joining.admit"):
    """Pin a host that has proved itself as a server's periphery; only the join desk asks for it."""

    needs: ClassVar[Needs] = Access.ADMIN
    targeted: ClassVar[bool] = False
    routed: ClassVar[bool] = False

    server: str
    address: str
    port: int
    pin: str
    replace: bool = False


OPERATIONS = (AdmitHost,)
