"""Field marks: what a config field means beyond its type. Forms, checks, redaction and the CLI are derived from them.

A mark stands in an annotation: `server: Annotated[str, refers_to("server", Level.EXECUTE)]`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Meta

from monitor.kernel.permission import HostPower, Level, Right


def refers_to(type_name: str, needs: Level | Right, *, hands_over: str = "") -> Meta:
    """The field names another resource; a config that newly names one needs a level, or a right, on it, and to read
    it. Stored as its id.

    One that need not be given is `str | None`: an empty text names nothing and is refused. `hands_over` ends
    the sentence on what whoever can write the other one can do by that: who newly names one is told.
    """
    mark = {"type": type_name, "needs": needs.value, **({"hands_over": hands_over} if hands_over else {})}
    return Meta(extra={"refers_to": mark}, extra_json_schema={"x-refers-to": mark})


SECRET = Meta(
    extra={"secret": True},
    extra_json_schema={"x-secret": True, "writeOnly": True},
    description="Write-only: stored encrypted, shown as null; send null to keep the stored value.",
)
"""The field is stored encrypted, never shown, and redacted wherever its value might be printed."""


STANDING = Meta(extra={"standing": True}, extra_json_schema={"x-standing": True})
"""Monitor acts on the field's value by itself, with the rights of whoever gave it, who is stored beside it."""


def secret_text(parts: Callable[[str], Iterable[str]]) -> Meta:
    """A SECRET that is made of several: what `parts` answers of it, or of any text, is redacted too."""
    return Meta(extra={"secret": parts}, extra_json_schema=SECRET.extra_json_schema, description=SECRET.description)


def needed_by(mark: dict[str, str]) -> Level | Right:
    """What a `refers_to` mark asks for; no level is called like a right."""
    needs = mark["needs"]
    return Level(needs) if needs in set(Level) else Right(needs)


def host_power(*powers: HostPower) -> Meta:
    """Values of this field may be host powers; which ones decides the final Engine body, this only tells people."""
    names = [p.value for p in powers]
    return Meta(extra={"host_power": names}, extra_json_schema={"x-host-power": names})


def shown(label: str, help: str = "", *, group: str = "", docs: str = "", lines: bool = False) -> Meta:
    """How screens and the CLI present the field: label, one sentence, group, where its maker describes it, and whether
    it is a text of many lines.
    """
    extra: dict[str, Any] = {"x-label": label}
    if group:
        extra["x-group"] = group
    if docs:
        extra["x-docs"] = docs
    if lines:
        extra["x-lines"] = True
    return Meta(extra={"shown": extra}, extra_json_schema=extra, description=help or None)


def worded(words: Mapping[Any, str]) -> Meta:
    """What people read for each of the words a field may say, where that word is Monitor's own and not Docker's."""
    return Meta(extra_json_schema={"x-words": {str(name): said for name, said in words.items()}})


def text_form(parse: Callable[[str], Any], example: str) -> Meta:
    """One item of the field can be written as text (`8080:80/tcp`) on a command line.

    `parse` answers the item as JSON builtins and raises ValueError with the way to write it.
    """
    return Meta(extra={"text_form": parse}, extra_json_schema={"x-text-form": example})
