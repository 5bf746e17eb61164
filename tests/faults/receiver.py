"""A receiver of notifications on an address of this machine that is not loopback, where Monitor may send to: it notes
what comes, and does with it what its path says.
"""

import json
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from msgspec import Struct

from tests.ports import own_address


class Got(Struct, frozen=True):
    """One message."""

    path: str
    delivery: str
    body: Any
    at: float


class Receiver:
    """What came, whole; `/hang` is never answered, `/drip` is answered a byte a second, all else with 200."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.port = 0
        self.got: list[Got] = []
        self.hang_from = 0
        """From so many messages on, nothing is answered any more; 0: all are."""
        self.refuses = ""
        """Name of the rule whose alerts are answered with 400."""
        self.over = threading.Event()

    def url(self, path: str) -> str:
        """Where a path is."""
        return f"http://{self.address}:{self.port}{path}"

    def at(self, path: str) -> list[Got]:
        """What came there."""
        return [one for one in list(self.got) if one.path == path]


@contextmanager
def receiving() -> Generator[Receiver]:
    """Until the context is left."""
    receiver = Receiver(own_address())
    server = ThreadingHTTPServer((receiver.address, 0), _handler(receiver))
    server.daemon_threads = True
    server.block_on_close = False
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
            receiver.got.append(Got(self.path, self.headers.get("X-Monitor-Delivery", ""), body, time.monotonic()))
            if self.path == "/hang" or 0 < receiver.hang_from <= len(receiver.got):
                receiver.over.wait(120)
                return
            events: list[Any] = body.get("events", [])
            if any(event["alert"]["rule_name"] == receiver.refuses for event in events):
                self.wfile.write(b"HTTP/1.0 400 not this one\r\n\r\n")
                return
            answer = b"HTTP/1.0 200 fine\r\nX-Slow: " if self.path == "/drip" else b"HTTP/1.0 200 fine\r\n\r\n"
            self.wfile.write(answer)
            while self.path == "/drip" and not receiver.over.wait(1):
                self.wfile.write(b"x")
                self.wfile.flush()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    return Handler
