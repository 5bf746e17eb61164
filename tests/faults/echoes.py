"""Receivers that refuse what they get and say all of it back: path, headers and body of HTTP, what is said in SMTP."""

import json
import socketserver
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tests.ports import own_address


class Web(BaseHTTPRequestHandler):
    """Of HTTP."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        said = {"Exception": [self.path, unquote(self.path), dict(self.headers)], "body": body}
        answer = json.dumps(said).encode()
        self.send_response(400)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_PUT = do_POST  # noqa: N815 - the same

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


class Mail(socketserver.StreamRequestHandler):
    """Of SMTP."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            greets = line[:4].upper() in (b"EHLO", b"HELO")
            self.wfile.write(b"250-here\r\n250 AUTH PLAIN\r\n" if greets else b"535 no: " + line)


@contextmanager
def echoing() -> Generator[tuple[str, str]]:
    """Where they are: of HTTP, of SMTP."""
    servers = [kind((own_address(), 0), how) for kind, how in ((ThreadingHTTPServer, Web), (_Mails, Mail))]
    threads = [threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05}) for one in servers]
    for thread in threads:
        thread.start()
    try:
        web, mail = (f"{one.server_address[0]}:{one.server_address[1]}" for one in servers)
        yield web, mail
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


class _Mails(socketserver.ThreadingTCPServer):
    daemon_threads = True
