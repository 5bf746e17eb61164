"""Site: the built web app, held in memory and served under a strict content policy; each of its pages is one file."""

import gzip
import secrets
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from monitor.core.origin import Origins
from monitor.kernel.errors import NotFound

FOLDER = Path(__file__).parent / "web_app"
"""Where `web/` is built to; the wheel carries it."""
NONCE = b"__CSP_NONCE__"
"""Stands in index.html; each answer has a word of its own there, which lets the page's own scripts add styles."""
_BESIDE = {"api", "healthz", "readyz", "metrics"}
_TEXT = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
_BINARY = {".ico": "image/x-icon", ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2"}
_FOREVER = "public, max-age=31536000, immutable"
_A_WHILE = "public, max-age=3600"
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Monitor</title>
<p>Monitor core is running, but without its web app: this is a checkout where it was not built.
Run <code>script/setup run</code>, then start core again.
<p>Until then use the <code>monitor</code> command line, or browse the <a href="/api/docs">API</a>.</html>
"""


@dataclass(frozen=True)
class File:
    """One built file: its bytes as they are and, where that is shorter, gzipped."""

    kind: str
    plain: bytes
    packed: bytes | None
    cache: str


class SiteRoute(Route):
    """Takes every path but those of the API and its neighbours: there, a wrong path or method stays a problem."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Starlette's question."""
        first = scope["path"].lstrip("/").partition("/")[0]
        return (Match.NONE, {}) if first in _BESIDE else super().matches(scope)


class Site:
    """The web app's files by path, and its page for every other path that may be one of its own."""

    def __init__(self, origins: Origins, folder: Path | None) -> None:
        self._origins = origins
        self._files = _read(folder) if folder else {}
        self._page = self._files.pop("/index.html", None)

    def route(self) -> Route:
        """The one route; it belongs behind all others."""
        return SiteRoute("/{path:path}", self.answer, methods=["GET"])

    async def answer(self, request: Request) -> Response:
        """A file, the page, or NotFound. Forbidden when asked under another site's name."""
        self._origins.check_host(request)
        path = request.scope["path"]
        if (file := self._files.get(path)) is not None:
            return _file(request, file)
        if not _may_be_a_page(path):
            raise NotFound(f"there is nothing at {path[:200]}")
        if self._page is None:
            return HTMLResponse(_NOT_BUILT, 503)
        return _page(request, self._page)


def policy(nonce: str) -> str:
    """What the page may load and do: its own files, its own core, and styles its scripts add with this nonce."""
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _page(request: Request, file: File) -> Response:
    nonce = secrets.token_urlsafe(18)
    headers = {"content-security-policy": policy(nonce), "cache-control": file.cache}
    return _response(request, file.plain.replace(NONCE, nonce.encode()), file.kind, headers)


def _file(request: Request, file: File) -> Response:
    headers = {"cache-control": file.cache}
    if file.packed is None:
        return _response(request, file.plain, file.kind, headers)
    headers["vary"] = "Accept-Encoding"
    if not _takes_gzip(request.headers.get("accept-encoding", "")):
        return _response(request, file.plain, file.kind, headers)
    return _response(request, file.packed, file.kind, {**headers, "content-encoding": "gzip"})


def _response(request: Request, body: bytes, kind: str, headers: dict[str, str]) -> Response:
    length = {"content-length": str(len(body)), "content-type": kind}
    return Response(b"" if request.method == "HEAD" else body, headers={**headers, **length})


def _may_be_a_page(path: str) -> bool:
    """Below the root a name may have dots (`/deployments/web.prod`); hidden, `..` and missing files are no pages.

    Nor is what begins like another host's address, `//there`, which a browser's history takes for one.
    """
    first, *rest = path.removeprefix("/").split("/")
    if first == "assets" or "//" in path or any(part.startswith(".") for part in (first, *rest)):
        return False
    return bool(rest) or "." not in first


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "").rstrip("0").rstrip(".") not in ("q=", "q=0")
    return False


def _read(folder: Path) -> dict[str, File]:
    """Every built file by the path it is served at; hidden ones are the build's own notes."""
    found: dict[str, File] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            found[f"/{inside.as_posix()}"] = _load(path, hashed=inside.parts[0] == "assets")
    return found


def _load(path: Path, *, hashed: bool) -> File:
    plain = path.read_bytes()
    packed = gzip.compress(plain, mtime=0) if path.suffix in _TEXT else b""
    cache = "no-store" if path.suffix == ".html" else _FOREVER if hashed else _A_WHILE
    kind = (_TEXT | _BINARY).get(path.suffix, "application/octet-stream")
    return File(kind, plain, packed if 0 < len(packed) < len(plain) else None, cache)
