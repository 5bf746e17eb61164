"""Service: how one of Apprise's services is written down and what is known of it."""

from enum import StrEnum

from msgspec import Struct


class Marks(StrEnum):
    """What a service reads in a text that Apprise hands it as it is."""

    NONE = "none"
    """Nothing, or Apprise escapes it."""
    MARKDOWN = "markdown"


class Counted(StrEnum):
    """How a service counts how long a text is."""

    UNITS = "units"
    """Of UTF-16, never fewer than the characters it has: no service counts more, but for those that count bytes."""
    BYTES = "bytes"
    """Of UTF-8."""


class Service(Struct, frozen=True, kw_only=True):
    """One of Apprise's."""

    title: str
    schemes: tuple[str, ...]
    plugin: str
    """Module of Apprise's `plugins`, and the class in it."""
    form: str
    """How its URL is written."""
    docs: str = ""
    parameters: tuple[str, ...] = ()
    """What may stand behind `?`, beside what every service knows."""
    pasted: str = ""
    """What the URL begins with that the service itself gives out, where that is taken too."""
    longest: int = 4000
    """Of a text with its subject."""
    counted: Counted = Counted.UNITS
    marks: Marks = Marks.NONE
    """In the text; `subject_marks`, where they are others, in its subject."""
    subject_marks: Marks | None = None
    own_host: bool = True
    """The URL names a machine; else what stands in its place is a secret."""
