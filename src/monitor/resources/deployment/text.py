"""Short forms of config values as people type them on a command line; the shapes are Docker's own."""

from typing import Any


def image(text: str) -> dict[str, Any]:
    """`nginx:1.27`, or `build:NAME` with an optional `:VERSION`."""
    if not text.startswith("build:"):
        return {"kind": "image", "image": text}
    name, _, version = text.removeprefix("build:").partition(":")
    return {"kind": "build", "build": name, "version": version}


def port(text: str) -> dict[str, Any]:
    """`[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`."""
    numbers, _, protocol = text.partition("/")
    parts = numbers.rsplit(":", 2)
    try:
        container = int(parts[-1])
        host = int(parts[-2] or 0) if len(parts) > 1 else 0
    except ValueError:
        raise ValueError(f"{text!r} is no port; write [ADDRESS:][HOST:]CONTAINER[/PROTOCOL]") from None
    address = parts[0].strip("[]") if len(parts) == 3 else ""
    return {"container": container, "host": host, "protocol": protocol or "tcp", "address": address}


def volume(text: str) -> dict[str, Any]:
    """`SOURCE:TARGET[:ro]`."""
    parts = text.split(":")
    if len(parts) not in (2, 3) or (len(parts) == 3 and parts[2] not in ("ro", "rw")):
        raise ValueError(f"{text!r} is no volume; write SOURCE:TARGET[:ro]")
    return {"source": parts[0], "target": parts[1], "read_only": len(parts) == 3 and parts[2] == "ro"}


def variable(text: str) -> dict[str, Any]:
    """`NAME=value`."""
    name, found, value = text.partition("=")
    if not found:
        raise ValueError(f"{text!r} has no '='; write NAME=value")
    return {"name": name, "value": value}


def secret_variable(text: str) -> dict[str, Any]:
    """`NAME=value`, or `NAME` alone to keep the stored value."""
    name, found, value = text.partition("=")
    return {"name": name, "value": value if found else None}
