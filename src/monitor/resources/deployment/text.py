"""Short forms of config values as people type them on a command line; the shapes are Docker's own."""

import json
import re
from decimal import Decimal
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


def probe(text: str) -> dict[str, Any]:
    """`none`, `tcp:PORT`, or `http:PORT` with an optional path: `http:8080/health`."""
    kind, _, place = text.partition(":")
    number, slash, path = place.partition("/")
    if kind == "none" and not place:
        return {"kind": "none"}
    if not number.isdecimal() or kind not in ("http", "tcp") or (slash and kind == "tcp"):
        raise ValueError(f"{text!r} is no probe; write http:PORT[/PATH], tcp:PORT or none")
    return {"kind": kind, "port": int(number)} | ({"path": slash + path} if slash else {})


def update_rule(text: str) -> dict[str, Any]:
    """`off`, or `daily` or `weekly DAY,DAY`, when it begins, and if need be for how many minutes and in which zone."""
    kind, *rest = text.split()
    if kind == "off" and not rest:
        return {"kind": "off"}
    days = {"days": rest.pop(0).lower().split(",")} if kind == "weekly" and rest else {}
    times = [word for word in rest if ":" in word]
    minutes = [word for word in rest if word.isdecimal()]
    zones = [word for word in rest if word not in (*times, *minutes)]
    if kind not in ("daily", "weekly") or len(times) != 1 or len(minutes) > 1 or len(zones) > 1:
        raise ValueError(f"{text!r} is no window; write daily 03:00, weekly sat,sun 03:00 90 Europe/Berlin, or off")
    given = {"minutes": int(minutes[0])} if minutes else {}
    return {"kind": kind, **days, "start": times[0], **given, **({"zone": zones[0]} if zones else {})}


def variable(text: str) -> dict[str, Any]:
    """`NAME=value`."""
    name, found, value = text.partition("=")
    if not found:
        raise ValueError(f"{text!r} has no '='; write NAME=value")
    return {"name": name, "value": value}


def env_file(text: str) -> dict[str, Any]:
    """`NAME=TEXT`, where `@FILE` stands for a file's text; `@FILE` alone is called like the file."""
    if text.startswith("@"):
        return {"name": text.rpartition("/")[2].removeprefix("@"), "content": text}
    return {"name": _named(text)[0], "content": _named(text)[1]}


def secret_env_file(text: str) -> dict[str, Any]:
    """The same; `NAME` alone keeps the stored text."""
    return env_file(text) if "=" in text or text.startswith("@") else {"name": text, "content": None}


def config_file(text: str) -> dict[str, Any]:
    """`PATH=TEXT`, where `@FILE` stands for a file's text."""
    path, content = _named(text)
    return {"path": path, "content": content}


def secret_file(text: str) -> dict[str, Any]:
    """The same; `PATH` alone keeps the stored text."""
    return config_file(text) if "=" in text else {"path": text, "content": None}


def _named(text: str) -> tuple[str, str]:
    name, found, content = text.partition("=")
    if not found:
        raise ValueError(f"{text!r} names no file to read; write {text.removeprefix('@') or 'NAME'}=@FILE")
    return name, content


def secret_variable(text: str) -> dict[str, Any]:
    """`NAME=value`, or `NAME` alone to keep the stored value."""
    name, found, value = text.partition("=")
    return {"name": name, "value": value if found else None}


def size(text: str) -> int:
    """Bytes: `512m`, `1.5g`, `64MiB`, as Docker counts them: k is 1024; -1 as it is."""
    found = _SIZE.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no size; write 512m, 1.5g or a number of bytes")
    return int(Decimal(found[1]) * 1024 ** " kmgtp".index(found[2] or " "))


def duration(text: str) -> float:
    """Seconds: `30s`, `1m30s`, `500ms`, or a plain number of them."""
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None or not any(found.groups()):
        raise ValueError(f"{text!r} is no duration; write 30s, 1m30s or a number of seconds")
    hours, minutes, seconds, milliseconds, plain = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds + milliseconds / 1000 + plain


def attachment(text: str) -> dict[str, Any]:
    """`NETWORK`, or Docker's `name=NETWORK,alias=NAME,ip=ADDRESS,ip6=ADDRESS`."""
    if "=" not in text:
        return {"name": text}
    made: dict[str, Any] = {"name": "", "aliases": []}
    for part in text.split(","):
        key, _, value = part.partition("=")
        if key == "alias":
            made["aliases"].append(value)
        elif key in _ATTACHMENT:
            made[_ATTACHMENT[key]] = value
        else:
            raise ValueError(f"{part!r} means nothing here; write name=NETWORK,alias=NAME,ip=ADDRESS,ip6=ADDRESS")
    return made


def extra_host(text: str) -> dict[str, Any]:
    """`NAME:ADDRESS`; Docker's newer `NAME=ADDRESS` too."""
    name, found, address = text.partition("=" if "=" in text else ":")
    if not found:
        raise ValueError(f"{text!r} is no extra host; write NAME:ADDRESS")
    return {"name": name, "address": address.removeprefix("[").removesuffix("]")}


def tmpfs(text: str) -> dict[str, Any]:
    """`PATH[:size=SIZE][,mode=MODE]`."""
    path, _, options = text.partition(":")
    made: dict[str, Any] = {"path": path}
    for option in options.split(",") if options else ():
        key, _, value = option.partition("=")
        if key == "size":
            made["size"] = size(value)
        elif key == "mode":
            made["mode"] = value
        else:
            raise ValueError(f"{option!r} means nothing here; write PATH:size=64m,mode=1777")
    return made


def device(text: str) -> dict[str, Any]:
    """`PATH_ON_HOST[:PATH_IN_CONTAINER][:PERMISSIONS]`."""
    source, *rest = text.split(":")
    if len(rest) > 2:
        raise ValueError(f"{text!r} is no device; write PATH_ON_HOST:PATH_IN_CONTAINER:rwm")
    made = {"path_on_host": source}
    if rest and not rest[-1].startswith("/"):
        made["permissions"] = rest.pop()
    return {**made, "path_in_container": rest[0]} if rest else made


def ulimit(text: str) -> dict[str, Any]:
    """`NAME=SOFT[:HARD]`."""
    name, _, numbers = text.partition("=")
    soft, _, hard = numbers.partition(":")
    try:
        return {"name": name, "soft": int(soft), "hard": int(hard) if hard else None}
    except ValueError:
        raise ValueError(f"{text!r} is no ulimit; write NAME=SOFT:HARD, as nofile=1024:2048") from None


def health(text: str) -> dict[str, Any]:
    """`image`, `none`, or as a Dockerfile says it: `CMD ["curl", "-f", "…"]`, `CMD-SHELL LINE`."""
    kind, _, rest = text.strip().partition(" ")
    if kind in ("image", "none") and not rest:
        return {"kind": kind}
    if kind == "CMD-SHELL" and rest:
        return {"kind": "shell", "command": rest}
    if kind == "CMD" and rest:
        try:
            return {"kind": "command", "command": json.loads(rest)}
        except ValueError:
            raise ValueError(f'{rest!r} is no JSON list; write CMD ["curl", "-f", "URL"]') from None
    raise ValueError(f'{text!r} is no health check; write image, none, CMD ["PROGRAM", …] or CMD-SHELL LINE')


_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?|-1)\s*([kmgtp]?)(?:i?b)?")
_DURATION = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?)h)?(?:([0-9]+(?:\.[0-9]+)?)m(?!s))?(?:([0-9]+(?:\.[0-9]+)?)s)?(?:([0-9]+(?:\.[0-9]+)?)ms)?|([0-9]+(?:\.[0-9]+)?)"
)
_ATTACHMENT = {"name": "name", "ip": "ipv4_address", "ip6": "ipv6_address"}
