"""Asked: an action as a config keeps it, to be asked for later: which, of what, and how."""

import json
from typing import Annotated, Any

from msgspec import Meta, Struct

from monitor.kernel.marks import shown

EXAMPLE = "build.run my-app"


class AskedAction(Struct, frozen=True, kw_only=True):
    """What is asked for. It is permitted and recorded as if it were asked for by hand, each time."""

    operation: Annotated[
        str,
        Meta(max_length=100, pattern=r"^[a-z_]+\.[a-z_]+$"),
        shown("Operation", "Any action of any type: `build.run`, `deployment.restart`, `deployment.batch`."),
    ]
    target: Annotated[
        str, Meta(max_length=63), shown("Of", "Name or id; empty for what is on no single thing, as a batch.")
    ] = ""
    parameters: Annotated[
        dict[str, Any], Meta(max_length=50), shown("Parameters", "What else the operation is told, by name.")
    ] = {}


ASKS = Meta(extra={"asks": True}, extra_json_schema={"x-asks": True})
"""The field is an AskedAction or none. Its target is kept as an id; who newly names it must be allowed the action."""


def asked_in_words(text: str) -> dict[str, Any]:
    """`build.run my-app`, with parameters as `name=value`; a value is JSON, or else text."""
    operation, *words = text.split()
    parameters = [word for word in words if "=" in word]
    targets = [word for word in words if "=" not in word]
    if "." not in operation or len(targets) > 1:
        raise ValueError(f"{text!r} is no action; write {EXAMPLE}, or deployment.batch operation=restart tag=web")
    given = {name: _value(value) for name, _, value in (word.partition("=") for word in parameters)}
    return {"operation": operation, "target": "".join(targets), "parameters": given}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
