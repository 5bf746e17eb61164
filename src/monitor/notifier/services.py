"""Services: which of Apprise's may be used, under which schemes and with which parameters. What is not here is refused.

A test holds this list against the Apprise that is pinned: its schemes, modules, parameters and longest messages.
"""

import ipaddress
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from monitor.notifier.addresses import refused
from monitor.notifier.chats import CHATS
from monitor.notifier.pushes import PUSHES
from monitor.notifier.service import Service

SERVICES: dict[str, Service] = {**PUSHES, **CHATS}
DOCS = "https://appriseit.com/services/"
_EVERYWHERE = frozenset({"verify", "to"})
_LONGEST_URL = 4096


def check_url(name: str, url: str) -> None:
    """ValueError, with the way to write it, unless something may be sent there."""
    check_form(name, url)
    if SERVICES[name].own_host:
        check_host(split(url).hostname or "")


def check_form(name: str, url: str) -> None:
    """The same, but for the machine: it is a URL of this service and holds nothing that is not allowed."""
    service = SERVICES[name]
    if len(url) > _LONGEST_URL or any(ord(char) < 33 or ord(char) == 127 for char in url):
        raise ValueError(f"it holds spaces or control characters, or is longer than {_LONGEST_URL}")
    if not (service.pasted and url.startswith(service.pasted)):
        scheme = url.partition("://")[0].lower() if "://" in url else ""
        if scheme not in service.schemes:
            raise ValueError(f"{_shown(scheme)} is none of {service.title}; write {service.form}{_whose(scheme)}")
    known = _EVERYWHERE | set(service.parameters)
    for key, _ in parse_qsl(split(url).query.replace(";", "&"), keep_blank_values=True):
        if key.lower() not in known:
            allowed = ", ".join(sorted(known)) or "none"
            raise ValueError(f"the parameter {_named(key)} is not allowed; of {service.title} these are: {allowed}")


def check_host(host: str) -> None:
    """ValueError for a machine that can be seen to be one nothing is sent to; what its name leads to is seen later."""
    if host.lower().rstrip(".") == "localhost" or host.lower().rstrip(".").endswith(".localhost"):
        raise ValueError(f"{host} is this machine itself: nothing is sent there")
    try:
        why = refused(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return
    if why:
        raise ValueError(f"{host} is {why}: nothing is sent there")


def check_webhook(url: str) -> None:
    """ValueError unless it is an http or https URL of some other machine."""
    if len(url) > _LONGEST_URL or any(ord(char) < 33 or ord(char) > 126 for char in url):
        raise ValueError(f"it holds spaces or characters no URL may hold, or is longer than {_LONGEST_URL}")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write https://HOST/PATH, or http:// inside a network of your own")
    if not 0 < (parts.port or 80) < 65536 or parts.fragment:
        raise ValueError("the port is none, or there is a #fragment, which is never sent")
    check_host(parts.hostname)


def split(url: str) -> SplitResult:
    """Its parts. ValueError where it is no URL."""
    # `#channel` is part of a path to Apprise, and a scheme it knows is none to urlsplit: digits may not begin one.
    scheme, _, rest = url.partition("://")
    parts = urlsplit(f"x://{rest.replace('#', '%23')}")
    return parts._replace(scheme=scheme.lower())


def parts_of(url: str) -> Iterator[str]:
    """Everything in a target's URL that may be secret, to be kept out of what people are shown."""
    try:
        parts = split(url)
    except ValueError:
        return
    service = next((one for one in SERVICES.values() if parts.scheme in one.schemes), None)
    pasted = next((one.pasted for one in SERVICES.values() if one.pasted and url.startswith(one.pasted)), "")
    found = [
        parts.netloc.rpartition("@")[0],
        *(url[len(pasted) :].partition("?")[0] if pasted else parts.path).split("/"),
    ]
    found += parts.netloc.rpartition("@")[0].split(":")
    found += [value for key, value in parse_qsl(parts.query) if key not in ("to", "from", "mode")]
    if service is not None and not service.own_host:
        found.append(parts.netloc.rpartition("@")[2])
    elif service is not None and not parts.path.strip("/"):
        found.append(parts.netloc)  # ntfy://TOPIC
    for part in found:
        if len(unquote(part)) >= 5:
            yield part
            yield unquote(part)


def _whose(scheme: str) -> str:
    """Which service it is of, or what there is."""
    other = next((one.title for one in SERVICES.values() if scheme in one.schemes), "")
    if other:
        return f". {scheme}:// is {other}: choose that"
    return f". There are {', '.join(sorted({one.schemes[0] for one in SERVICES.values()}))}"


def _shown(scheme: str) -> str:
    return f"{scheme[:30]}://" if scheme.isalnum() else "this"


def _named(key: str) -> str:
    return repr(key if len(key) <= 40 else key[:37] + "...")
