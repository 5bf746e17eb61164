"""Places to send to on loopback, which a test alone may: an HTTP server and a mail server that note what they get."""

import socketserver
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from msgspec import Struct

from monitor.notifier.task import Endpoint


class Asked(Struct):
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


class Place:
    """What was asked of it, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.status = 200
        self.location = ""
        self.answer = b"{}"
        self.port = 0

    @property
    def endpoint(self) -> Endpoint:
        """Where it is."""
        return Endpoint("127.0.0.1", self.port)


@contextmanager
def http_place() -> Generator[Place]:
    """Until the context is left."""
    place = Place()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            place.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(place.status)
            if place.location:
                self.send_header("Location", place.location)
            self.end_headers()
            self.wfile.write(place.answer)

        do_GET = do_PUT = do_POST  # noqa: N815 - the same

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        place.port = port
        yield place


@contextmanager
def mail_place() -> Generator[Place]:
    """Takes mail, each as one request with the whole conversation as its body."""
    place = Place()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            said = b""
            while line := self.rfile.readline():
                said += line
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    while (more := self.rfile.readline()) not in (b".\r\n", b""):
                        said += more
                answer = b"221 bye" if word == b"QUIT" else b"250 fine"
                if word == b"DATA" and place.answer != b"{}":
                    answer = place.answer
                self.wfile.write(answer + b"\r\n")
                if word == b"QUIT":
                    break
            place.asked.append(Asked("", {}, said))

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    with _serving(server) as port:
        place.port = port
        yield place


@contextmanager
def _serving(server: socketserver.TCPServer) -> Generator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
