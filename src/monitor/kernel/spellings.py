"""Spellings: the ways a secret value comes out in logs, URLs, JSON, HTML, shells and base64."""

import html
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote, quote_plus

SHORTEST = 4
"""A value with fewer characters is looked for as it is only: its other spellings would be found everywhere."""
SHORTEST_LINE = 6
"""A line of a longer value with fewer characters may as well be something else (`{`, `EOF`)."""

# What percent-encoders leave as it is beside letters, digits and `_.-~`: strict ones, paths, JavaScript's
# encodeURIComponent and encodeURI, Go's PathEscape and userinfo.
_URL_SAFE = ("", "/", "!'()*", ";/?:@&=+$,#!'()*", "$&+=:@", "$&+,;=")

_JSON_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# What JSON encoders write as \uXXXX beside control characters: nothing; all but ASCII; no short escapes; what means
# something in HTML (Go, Rails), or more of it (PHP, .NET); everything.
_JSON_ALSO = (
    r"(?!)",
    r"[^\n\r\t\f\b -~]",
    r"[\x00-\x1f\"\\]",
    r"[^ -~]|[\"\\]",
    r"[<>&\u2028\u2029]",
    r"[^\n\r\t\f\b -~]|[<>&]",
    r"[<>&'\"]",
    r"[^\n\r\t\f\b -~]|[<>&'\"+`]",
    r"(?s:.)",
)


def spellings(secrets: Iterable[str]) -> frozenset[bytes]:
    """Every form of every secret, as the bytes to look for; empty secrets have none."""
    return frozenset(form for secret in secrets for part in _parts(secret) for form in _forms(part))


def _parts(secret: str) -> set[str]:
    """The value itself, without the white space around it (a file's last newline), and its longer lines."""
    parts = {secret} if secret else set[str]()
    if len(secret.strip()) >= SHORTEST:
        parts.add(secret.strip())
    lines = {line.strip() for line in re.split(r"[\r\n]+", secret)}
    return parts | {line for line in lines if len(line) >= SHORTEST_LINE}


def _forms(value: str) -> Iterator[bytes]:
    yield _bytes(value)
    if len(value) < SHORTEST:
        return
    for form in (*_json(value), *_url(value), *_html(value), *_shell(value)):
        yield _bytes(form)
    yield from _base64(_bytes(value))


def _json(value: str) -> Iterator[str]:
    for hexed in (_hex, _hex_upper):
        for also in _JSON_ALSO:
            yield _json_with(value, also, hexed)
    for also in _JSON_ALSO[:2]:
        yield _json_with(value, also, _hex).replace("/", "\\/")


def _json_with(value: str, also: str, hexed: Callable[[str], str]) -> str:
    def escape(found: re.Match[str]) -> str:
        return hexed(found[0]) if found["also"] else _JSON_SHORT.get(found[0]) or hexed(found[0])

    return re.sub(rf"(?P<also>{also})|[\x00-\x1f\"\\]", escape, value)


def _hex(char: str) -> str:
    """`\\uXXXX`, twice for a character that is two UTF-16 units."""
    if char <= "\uffff":
        return f"\\u{ord(char):04x}"
    units = char.encode("utf-16-be").hex()
    return f"\\u{units[:4]}\\u{units[4:]}"


def _hex_upper(char: str) -> str:
    return _hex(char).upper().replace("\\U", "\\u")


def _url(value: str) -> Iterator[str]:
    for safe in _URL_SAFE:
        for encode in (quote, quote_plus):
            upper = encode(_bytes(value), safe=safe)
            yield upper
            yield _each(upper, r"%[0-9A-F]{2}", str.lower)


def _html(value: str) -> Iterator[str]:
    unquoted = html.escape(value, quote=False)
    yield unquoted
    for double in ('"', "&quot;", "&#34;", "&#x22;"):
        for single in ("'", "&#x27;", "&#39;", "&apos;"):
            yield unquoted.replace('"', double).replace("'", single)


def _shell(value: str) -> Iterator[str]:
    yield value.replace("$", "$$")
    yield value.replace("$", "\\$")
    yield _each(value, r"[$`\"\\]", "\\{}".format)  # inside double quotes
    yield value.replace("'", "'\"'\"'")
    yield value.replace("'", "'\\''")


def _base64(value: bytes) -> Iterator[bytes]:
    """The characters that stand for this value alone, at each of the three places it can have in its surroundings."""
    for before in range(3):
        bits = 8 * before, 8 * (before + len(value))
        inner = b64encode(bytes(before) + value)[-(-bits[0] // 6) : bits[1] // 6]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")


def _each(text: str, pattern: str, change: Callable[[str], str]) -> str:
    return re.sub(pattern, lambda found: change(found[0]), text)


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
