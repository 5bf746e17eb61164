"""Things: what images, volumes and networks have in common when people ask for them."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import shown, text_form


class UsedBy(Struct, frozen=True, kw_only=True):
    """Something that uses a part of a server's Docker."""

    type: str
    """container, deployment or build."""
    id: str
    name: str
    releases: tuple[int, ...] = ()
    """Numbers of the releases it could go back to that need it, where what runs of it does not."""


class Pair(Struct, frozen=True, kw_only=True):
    """A name and its value."""

    name: Annotated[str, Meta(min_length=1, max_length=512, pattern=r"^[^\x00=]+$"), shown("Name")]
    value: Annotated[str, Meta(max_length=4096, pattern=r"^[^\x00]*$"), shown("Value")] = ""


def pair(text: str) -> dict[str, str]:
    """`NAME=value`."""
    name, _, value = text.partition("=")
    if not name:
        raise ValueError(f"{text!r} has no name; write NAME=value")
    return {"name": name, "value": value}


DOCS = "https://docs.docker.com"
Labels = Annotated[
    tuple[Pair, ...],
    Meta(max_length=200),
    text_form(pair, "NAME=value"),
    shown("Labels", "Words of yours, for people and tools.", docs=f"{DOCS}/engine/manage-resources/labels/"),
]
Options = Annotated[
    tuple[Pair, ...],
    Meta(max_length=50),
    text_form(pair, "NAME=value"),
    shown("Driver options", "What the driver takes; those that reach the host are host powers."),
]
Names = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=512)], ...], Meta(max_length=10_000)]
