"""Place: where the processes of a terminal are."""

from msgspec import Struct


class Place(Struct, frozen=True, kw_only=True):
    """Where a terminal's processes are; what a later agent needs to end them."""

    id: str
    container: str
    user: str = ""
    leader: int = 0
    """Its first process, as numbered inside the container."""
