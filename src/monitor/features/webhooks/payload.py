"""Payload: what a request says of itself. Whatever of it is kept is data: bounded, and without control characters."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

_LONGEST = 200
_ZEROS = frozenset("0")
_HEXDIGITS = frozenset("0123456789abcdef")
_SERVICES = (
    ("x-forgejo-event", "forgejo"),
    ("x-gitea-event", "gitea"),
    ("x-github-event", "github"),
    ("x-gitlab-event", "gitlab"),
)
_GITLAB = {"Push Hook": "push", "Tag Push Hook": "tag_push"}


class Told(Struct, frozen=True, kw_only=True):
    """One request's words."""

    service: str
    event: str
    """push, ping, or the service's own word for what is neither."""
    ref: str = ""
    """Empty where it does not say, or its body is too large to be read."""
    commit: str = ""
    deleted: bool = False
    pusher: str = ""
    default: str = ""
    """The repository's default branch."""
    trouble: str = ""
    """Why its body cannot be read."""


def read(headers: Mapping[str, str], body: bytes | None) -> Told:
    """`body` is None where there is more of it than is kept."""
    header, service = next(((h, s) for h, s in _SERVICES if h in headers), ("", "token"))
    event = clean(headers.get(header, "push") if header else "push")
    if service == "gitlab":
        event = _GITLAB.get(event, event)
    if body is None:
        return Told(service=service, event=event)
    try:
        told = _decode(headers, body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        return Told(service=service, event=event, trouble="its body is no JSON object")
    if service == "gitlab" and event == "System Hook":
        event = clean(told.get("event_name")) or event
    if event == "tag_push":
        event = "push"
    commit = _commit(told)
    return Told(
        service=service,
        event=event,
        ref=clean(told.get("ref")),
        commit="" if _ZEROS.issuperset(commit) else commit,
        deleted=told.get("deleted") is True or (bool(commit) and _ZEROS.issuperset(commit)),
        pusher=_pusher(told),
        default=_default(told),
    )


def clean(value: object) -> str:
    """Text of somebody else's: printable, in one line, and not long."""
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text[: _LONGEST * 2] if c.isprintable())[:_LONGEST]


def _decode(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """JSON, also as the field of a form (GitHub, Gitea); a plain token may come with nothing."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        found = parse_qs(body.decode(), max_num_fields=10).get("payload")
        body = found[0].encode() if found else b""
    return msgspec.json.decode(body, type=dict[str, Any]) if body.strip() else {}


def _commit(told: dict[str, Any]) -> str:
    found = told.get("after")
    text = found if isinstance(found, str) else ""
    return text if len(text) in (40, 64) and _HEXDIGITS.issuperset(text) else ""


def _pusher(told: dict[str, Any]) -> str:
    """GitHub and Gitea have `pusher`, GitLab `user_…`."""
    who = told.get("pusher")
    known = cast("dict[str, Any]", who) if isinstance(who, dict) else {}
    given = [*(known.get(field) for field in ("login", "username", "name")), told.get("user_username")]
    return next((text[:60] for one in (*given, told.get("user_name")) if (text := clean(one))), "")


def _default(told: dict[str, Any]) -> str:
    for field in ("repository", "project"):
        found = told.get(field)
        if isinstance(found, dict) and (name := clean(cast("dict[str, Any]", found).get("default_branch"))):
            return name
    return ""
