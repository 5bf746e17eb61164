"""What people set on a server."""

from typing import Annotated

from msgspec import Meta, Struct

from monitor.kernel.marks import STANDING, shown, text_form
from monitor.resources.server.rules import CleanUpRules, rules_of


class ServerConfig(Struct, frozen=True, kw_only=True):
    """What people set on a server."""

    address: Annotated[
        str,
        Meta(max_length=253, pattern=r"^[A-Za-z0-9._:%\[\]-]*$"),
        shown(
            "Address", "Host name or IP address core reaches the periphery at; join fills it in.", group="Connection"
        ),
    ] = ""
    port: Annotated[int, Meta(ge=1, le=65535), shown("Port", "Where the periphery listens.", group="Connection")] = 8120
    enabled: Annotated[bool, shown("Enabled", "Off: core leaves the host alone.", group="Behaviour")] = True
    build_slots: Annotated[
        int, Meta(ge=1, le=64), shown("Builds at a time", "More wait in order.", group="Behaviour")
    ] = 1
    clean_up: Annotated[
        CleanUpRules | None,
        STANDING,
        text_form(rules_of, "unused_images=30,keep_versions=5"),
        shown("Clean-up", "What goes when the host is cleaned up; none: nothing does.", group="Clean-up"),
    ] = None
