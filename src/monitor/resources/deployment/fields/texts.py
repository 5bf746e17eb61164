"""Texts: shapes of words that several fields share; none holds NUL or white space unless it says so."""

from typing import Annotated

from msgspec import Meta

Word = Annotated[str, Meta(max_length=256, pattern=r"^([a-zA-Z0-9_][a-zA-Z0-9_.-]*)?$")]
"""A name of Docker's or Linux's own, or nothing."""
Mode = Annotated[str, Meta(max_length=256, pattern=r"^([a-zA-Z0-9][a-zA-Z0-9_.:-]*)?$")]
"""A namespace: `host`, `private`, `container:NAME`, or nothing for Docker's default."""
HostName = Annotated[str, Meta(max_length=253, pattern=r"^[a-zA-Z0-9_]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$")]
InnerPath = Annotated[str, Meta(max_length=4096, pattern=r"^/[^\x00]*$")]
"""An absolute path inside the container."""
FileMode = Annotated[str, Meta(pattern=r"^[0-7]{3,4}$")]
"""Permissions in octal."""
Size = Annotated[int, Meta(ge=0, le=2**50)]
"""Bytes."""
Seconds = Annotated[float, Meta(ge=0, le=86_400)]
