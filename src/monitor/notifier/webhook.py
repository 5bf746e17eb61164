"""Webhook: a signed POST of JSON, over one connection, that follows no redirect; a heartbeat is a plain GET."""

import hashlib
import hmac
import http.client
import ssl
import time
from base64 import b64encode
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from monitor.notifier.answers import refused
from monitor.notifier.task import Outcome, Task

_WITHIN = 15.0
_ANSWER = 16 * 1024
"""Bytes of an answer that was no success, which are read: of what a smaller cut left of a secret nobody could tell."""


def send(task: Task) -> Outcome:
    """Delivered is what was answered with 2xx."""
    parts = urlsplit(task.url)
    made = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    more = {"context": ssl.create_default_context()} if parts.scheme == "https" else {}
    connection = made(parts.hostname or "", parts.port, timeout=_WITHIN, **more)  # type: ignore[arg-type] # https alone
    body = task.body.encode()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        if task.service == "heartbeat":
            connection.request("GET", path, headers={"User-Agent": "Monitor", **_sign_in(task.url)})
        else:
            connection.request("POST", path, body, headers(task, body, int(time.time())))
        return _outcome(connection.getresponse())
    finally:
        connection.close()


def _outcome(answer: http.client.HTTPResponse) -> Outcome:
    """By its status alone; what else it says is told where it is no success."""
    if 200 <= answer.status < 300:
        return Outcome(delivered=True)
    if 300 <= answer.status < 400:
        return Outcome(delivered=False, refused=True, error=f"answered {answer.status}, a redirect: none is followed")
    said = f"answered {answer.status} {answer.reason}"
    with suppress(OSError, http.client.HTTPException):
        text = answer.read(_ANSWER).decode(errors="replace")
        # What cannot be printed is six characters each in the answer to core, which reads only so many.
        said += f": {''.join(c if c.isprintable() else ' ' for c in text).strip()}"
    return Outcome(delivered=False, error=said.rstrip(": "), refused=refused(answer.status))


def headers(task: Task, body: bytes, now: int) -> dict[str, str]:
    """What is sent with it; `docs/notifications.md` shows how they are checked."""
    return {
        **_sign_in(task.url),
        "Content-Type": "application/json",
        "User-Agent": "Monitor",
        "X-Monitor-Delivery": task.id,
        "X-Monitor-Timestamp": str(now),
        "X-Monitor-Signature": f"v1={sign(task.secret, now, body)}",
    }


def _sign_in(url: str) -> dict[str, str]:
    """Of https://USER:PASSWORD@HOST."""
    parts = urlsplit(url)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def sign(secret: str, now: int, body: bytes) -> str:
    """HMAC-SHA256 of the time, a dot and the body, in hexadecimal."""
    return hmac.new(secret.encode(), str(now).encode() + b"." + body, hashlib.sha256).hexdigest()
