"""Registries of every kind behind one address: it is their proxy, their mirror, or they themselves on loopback."""

import base64
import json
import re
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.faults.registry_images import Shelf

USER, TOKEN = "ann", "t0ken"
BASIC = "Basic " + base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()
_PATH = re.compile(r"/v2/(?P<name>.+)/(?P<what>manifests|blobs)/(?P<which>[^/]+)")


@dataclass
class Kind:
    """How a registry behaves."""

    auth: str = ""
    """Empty: anybody; bearer: anybody who fetches a token; private: a token for USER; basic: USER."""
    head: bool = True
    """It knows HEAD."""
    names_digest: bool = True
    """It sends Docker-Content-Digest."""
    redirects: bool = False
    """It sends whoever asks for a manifest elsewhere first."""
    limits: bool = False
    """It tells of its limits in every answer."""


@dataclass
class Repository:
    """Tags of one repository: a digest, or the status it is refused with, or seconds of silence."""

    kind: Kind
    tags: dict[str, str | int | float] = field(default_factory=dict[str, str | int | float])


class _Server(ThreadingHTTPServer):
    """One that keeps nobody waiting at its door."""

    daemon_threads = True
    request_queue_size = 256


class Registries:
    """`repositories` by `domain/path`; on loopback and as a mirror the domain is `here`."""

    def __init__(self, folder: Path) -> None:
        self.shelf = Shelf()
        self.repositories: dict[str, Repository] = {}
        self.told: list[tuple[str, str]] = []
        """(domain, Authorization) of each request that had one."""
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.port: int = self._server.server_address[1]
        self.here = f"127.0.0.1:{self.port}"
        self._distrusted = _distrusted(folder)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._distrusted.close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Nobody reads it."""

            def do_GET(self) -> None:
                owner.answer(self)

            def do_HEAD(self) -> None:
                owner.answer(self)

            def do_CONNECT(self) -> None:
                owner.connect(self)

        return Handler

    def connect(self, request: BaseHTTPRequestHandler) -> None:
        """TLS is spoken by the registry whose certificate nobody trusts, and by no other."""
        if not request.path.startswith("distrusted.example:"):
            request.send_error(502)
            return
        request.send_response(200)
        request.end_headers()
        with socket.create_connection(self._distrusted.getsockname()) as there:
            back = threading.Thread(target=_pour, args=(there, request.connection), daemon=True)
            back.start()
            _pour(request.connection, there)
            back.join(5)
        request.close_connection = True

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        url = urlsplit(request.path)
        domain = url.netloc or "here"
        given = request.headers.get("Authorization", "")
        if given:
            self.told.append((domain, given))
        if url.path == "/token":
            self._token(request, given, parse_qs(url.query))
            return
        found = _PATH.fullmatch(url.path)
        repository = self.repositories.get(f"{domain}/{found['name']}") if found else None
        kind = repository.kind if repository else self._kind_of(domain)
        if url.path == "/v2/":
            self._ping(request, kind, domain, given)
        elif found is None or repository is None:
            _refuse(request, 404, "NAME_UNKNOWN", "repository name not known to registry")
        elif not _may(kind, given):
            _ask(request, kind, domain, found["name"])
        elif found["what"] == "blobs":
            _send(request, 200, *self.shelf.things[found["which"]])
        else:
            self._manifest(request, repository, found["which"], url.query)

    def _kind_of(self, domain: str) -> Kind:
        return next((r.kind for name, r in self.repositories.items() if name.startswith(f"{domain}/")), Kind())

    def _ping(self, request: BaseHTTPRequestHandler, kind: Kind, domain: str, given: str) -> None:
        if domain == "here" or _may(kind, given):
            _send(request, 200, "application/json", b"{}")
        else:
            _ask(request, kind, domain, "")

    def _token(self, request: BaseHTTPRequestHandler, given: str, query: dict[str, list[str]]) -> None:
        assert query["service"] == ["registry"]
        token = "known" if given == BASIC else "anybody"
        _send(request, 200, "application/json", json.dumps({"token": token, "expires_in": 300}).encode())

    def _manifest(self, request: BaseHTTPRequestHandler, repository: Repository, which: str, query: str) -> None:
        kind = repository.kind
        there = which if which.startswith("sha256:") else repository.tags.get(which, 404)
        if request.command == "HEAD" and not kind.head:
            _send(request, 405, "text/plain", b"")
            return
        if kind.redirects and "again" not in query:
            _send(request, 307, "text/plain", b"", Location=f"{request.path}?again=1")
            return
        if isinstance(there, float):
            time.sleep(there)
            return
        if isinstance(there, int):
            _refuse(request, there, *_ERRORS.get(there, ("UNKNOWN", "it broke")))
            return
        media, data = self.shelf.things.get(there, ("text/plain", b"no manifest at all"))
        more = {"Docker-Content-Digest": there} if kind.names_digest else {}
        if kind.limits:
            more |= {"RateLimit-Limit": "100;w=21600", "RateLimit-Remaining": "7;w=21600"}
        _send(request, 200, media, data, **more)


_ERRORS = {
    401: ("UNAUTHORIZED", "authentication required"),
    403: ("DENIED", "requested access to the resource is denied"),
    404: ("MANIFEST_UNKNOWN", "manifest unknown"),
    429: ("TOOMANYREQUESTS", "You have reached your pull rate limit."),
}


def _may(kind: Kind, given: str) -> bool:
    return (
        given
        in {
            "": {"", given},
            "bearer": {"Bearer anybody", "Bearer known"},
            "private": {"Bearer known"},
            "basic": {BASIC},
        }[kind.auth]
    )


def _ask(request: BaseHTTPRequestHandler, kind: Kind, domain: str, name: str) -> None:
    host = request.headers["Host"] if domain == "here" else domain
    scope = f',scope="repository:{name}:pull"' if name else ""
    way = (
        'Basic realm="registry"'
        if kind.auth == "basic"
        else f'Bearer realm="http://{host}/token",service="registry"{scope}'
    )
    _refuse(request, 401, "UNAUTHORIZED", "authentication required", **{"WWW-Authenticate": way})


def _refuse(request: BaseHTTPRequestHandler, status: int, code: str, message: str, **headers: str) -> None:
    body = json.dumps({"errors": [{"code": code, "message": message}]}).encode()
    _send(request, status, "application/json", body, **{"Retry-After": "77"} if status == 429 else {}, **headers)


def _send(request: BaseHTTPRequestHandler, status: int, media: str, body: bytes, **headers: str) -> None:
    request.send_response(status)
    for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **headers}.items():
        request.send_header(name, value)
    request.send_header("Docker-Distribution-Api-Version", "registry/2.0")
    request.end_headers()
    if request.command != "HEAD":
        request.wfile.write(body)


def _distrusted(folder: Path) -> socket.socket:
    """Listens with a certificate it made itself."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=distrusted.example"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

    threading.Thread(target=accept, daemon=True).start()
    return listener


def _pour(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
