"""Account tests: what is asked and answered when an account's credentials are tried from a server."""

from typing import Annotated

from msgspec import Struct

from monitor.kernel.marks import refers_to, shown
from monitor.kernel.permission import Level

TestServer = Annotated[
    str, refers_to("server", Level.EXECUTE), shown("From server", "Whose periphery tries it: one that is to use it.")
]


class AccountTested(Struct, frozen=True, kw_only=True):
    """What became of a try."""

    accepted: bool
    found: str = ""
    """What was given in return, in words."""
    error: str = ""
    hint: str = ""
    seconds: float
