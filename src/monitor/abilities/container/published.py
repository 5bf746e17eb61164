"""Published: the ports of its host a container body asks for, and which two cannot both have. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from monitor.abilities.container.canonical import canonical

_ALL = ""
_ALL_OF_A_KIND = {"0.0.0.0": ".", "::": ":"}  # noqa: S104 - what is compared, not listened at


class Published(NamedTuple):
    """One port of the host, as `docker run --publish` has it."""

    address: str
    """Empty: every one."""
    port: int
    protocol: str

    def clashes(self, other: "Published") -> bool:
        """Whether only one of the two can be listened at."""
        same = (self.port, self.protocol) == (other.port, other.protocol)
        return same and _meet(self.address, other.address)

    @property
    def in_words(self) -> str:
        """`8080`, `127.0.0.1:53/udp`."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        protocol = "" if self.protocol == "tcp" else f"/{self.protocol}"
        return f"{address}{':' if address else ''}{self.port}{protocol}"


def published(body: Mapping[str, Any]) -> tuple[Published, ...]:
    """Of a body in whatever spelling; not those Docker chooses, and no ranges."""
    host = cast("dict[str, Any]", canonical(body).get("HostConfig") or {})
    bindings = cast("dict[str, list[dict[str, Any]] | None]", host.get("PortBindings") or {})
    found = [
        Published(str(told.get("hostip", "")), int(number), inside.partition("/")[2] or "tcp")
        for inside, each in bindings.items()
        for binding in each or ()
        if (number := str((told := _folded(binding)).get("hostport", ""))).isdecimal() and int(number)
    ]
    return tuple(dict.fromkeys(found))


def _folded(binding: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key).casefold(): value for key, value in binding.items()}


def _meet(one: str, other: str) -> bool:
    if one == other or _ALL in (one, other):
        return True
    return any(mark in b for a, b in ((one, other), (other, one)) if (mark := _ALL_OF_A_KIND.get(a)))
