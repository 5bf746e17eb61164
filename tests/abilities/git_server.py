"""Git repositories on disk, served over HTTP on loopback as real servers do (git-http-backend), or as plain files."""

import os
import subprocess
import threading
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "t"), ("EMAIL", "t@t"))
    },
}


def git(folder: Path, *argv: str) -> str:
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", *argv],
        cwd=folder,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class Repository:
    """A work tree whose commits are served."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        git(folder, "init", "-q", "-b", "main")

    def commit(self, message: str = "a commit", **files: str) -> str:
        """Write files (`__` is a slash, `_dot_` a dot) and commit; the hash."""
        for name, content in files.items():
            self.write(name.replace("__", "/").replace("_dot_", "."), content)
        return self.commit_all(message)

    def amend(self, message: str, **files: str) -> str:
        """The last commit replaced by another; the hash."""
        for name, content in files.items():
            self.write(name, content)
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--amend", "-m", message)
        git(self.folder, "update-server-info")
        return git(self.folder, "rev-parse", "HEAD")

    def write(self, path: str, content: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)

    def commit_all(self, message: str = "a commit") -> str:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", message)
        git(self.folder, "update-server-info")
        return git(self.folder, "rev-parse", "HEAD")


class _Backend(BaseHTTPRequestHandler):
    """Answers by git-http-backend (git-http-backend(1))."""

    protocol_version = "HTTP/1.0"

    def __init__(self, root: Path, signs_in: str, *args: object) -> None:
        self._root = root
        self._signs_in = signs_in
        super().__init__(*args)  # type: ignore[arg-type] # what the server gives

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self._body())

    def log_message(self, format: str, *args: object) -> None:
        return

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        return body

    def _answer(self, body: bytes) -> None:
        if (
            self._signs_in
            and self.headers.get("Authorization") != f"Basic {b64encode(self._signs_in.encode()).decode()}"
        ):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            **_ENVIRONMENT,
            "GIT_PROJECT_ROOT": str(self._root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@contextmanager
def served(root: Path, *, plain: bool = False, signs_in: str = "") -> Generator[str]:
    """Root URL under which each folder of `root` is a repository; only for `user:password`, if that is given."""
    handler = partial(_Files, directory=str(root)) if plain else partial(_Backend, root, signs_in)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
