"""A git server over HTTP on loopback for the demo: git's own http-backend behind a small web server."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


class GitHandler(BaseHTTPRequestHandler):
    """Hands each request to `git http-backend` as CGI (git-http-backend(1)); read only."""

    protocol_version = "HTTP/1.1"
    root: Path

    def do_GET(self) -> None:
        """Reference advertisement and files."""
        self._serve(b"")

    def do_POST(self) -> None:
        """Negotiation and pack; fetching only."""
        self._serve(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _serve(self, body: bytes) -> None:
        url = urlsplit(self.path)
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "2",
            "GIT_CONFIG_KEY_0": "http.receivepack",
            "GIT_CONFIG_VALUE_0": "false",
            "GIT_CONFIG_KEY_1": "safe.directory",
            "GIT_CONFIG_VALUE_1": "*",
            "PATH_INFO": unquote(url.path),
            "QUERY_STRING": url.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": self.client_address[0],
        }
        done = subprocess.run(["git", "http-backend"], check=False, input=body, capture_output=True, env=environment)
        self._answer(done.stdout)

    def _answer(self, output: bytes) -> None:
        head, _, content = output.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode("latin-1").splitlines() if ": " in line]
        status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200 if headers else 500)
        self.send_response(status)
        for name, value in headers:
            if name not in ("Status", "Content-Length"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def main() -> None:
    """`git_http.py FOLDER PORT`: serve the bare repositories of a folder until told to stop."""
    GitHandler.root = Path(sys.argv[1]).resolve()
    with ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), GitHandler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
