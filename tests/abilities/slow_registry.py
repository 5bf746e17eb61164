"""A registry on loopback that takes its time: one image, its layers handed out at a given rate."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
_PIECE = 16 * 1024


class SlowRegistry:
    """What it has, and how it was asked."""

    def __init__(self, rate: int, sizes: tuple[int, ...]) -> None:
        self.rate = rate
        """Bytes a second of each layer."""
        self.cut = threading.Event()
        """A reader went away in the middle of a layer."""
        self.blobs: dict[str, bytes] = {}
        self.reference = ""
        layers = [_layer(f"file-{index}", size) for index, size in enumerate(sizes)]
        config = {
            "architecture": "amd64",
            "os": "linux",
            "config": {},
            "rootfs": {"type": "layers", "diff_ids": [_digest(gzip.decompress(layer)) for layer in layers]},
        }
        told = json.dumps(config).encode()
        entries = [self._add("application/vnd.docker.image.rootfs.diff.tar.gzip", layer) for layer in layers]
        head = self._add("application/vnd.docker.container.image.v1+json", told)
        manifest = {"schemaVersion": 2, "mediaType": MANIFEST, "config": head, "layers": entries}
        self.manifest = json.dumps(manifest).encode()

    def _add(self, kind: str, blob: bytes) -> dict[str, object]:
        self.blobs[_digest(blob)] = blob
        return {"mediaType": kind, "size": len(blob), "digest": _digest(blob)}


class Asked(BaseHTTPRequestHandler):
    """One request; the server's `registry` says what there is."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        registry: SlowRegistry = self.server.registry  # type: ignore[attr-defined]
        kind, name = self.path.rstrip("/").split("/")[-2:]
        if self.path == "/v2/":
            self._say(b"{}", "application/json")
        elif kind == "manifests" and name in ("1", _digest(registry.manifest)):
            self._say(registry.manifest, MANIFEST)
        elif name in registry.blobs:
            self._say(registry.blobs[name], "application/octet-stream", piece=_PIECE, wait=_PIECE / registry.rate)
        else:
            error = {"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}
            self._say(json.dumps(error).encode(), "application/json", 404)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _say(self, body: bytes, kind: str, status: int = 200, *, piece: int = 1 << 30, wait: float = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Docker-Content-Digest", _digest(body))
        self.end_headers()
        try:
            for start in range(0, len(body) if self.command == "GET" else 0, piece):
                self.wfile.write(body[start : start + piece])
                time.sleep(wait)
        except OSError:
            self.server.registry.cut.set()  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def slow_registry(rate: int, *sizes: int) -> Iterator[SlowRegistry]:
    """One that serves while it is open."""
    registry = SlowRegistry(rate, sizes)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.registry = registry  # type: ignore[attr-defined]
    server.daemon_threads = True
    registry.reference = f"127.0.0.1:{server.server_port}/monitor-test/slow:1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield registry
    finally:
        with suppress(OSError):
            server.shutdown()
        server.server_close()
        thread.join(10)


def _layer(name: str, size: int) -> bytes:
    """A layer with one file nothing can make smaller, and nobody has pulled before."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=1) as archive:
        entry = tarfile.TarInfo(name)
        entry.size = size
        archive.addfile(entry, io.BytesIO(os.urandom(size)))
    return packed.getvalue()


def _digest(blob: bytes) -> str:
    return f"sha256:{hashlib.sha256(blob).hexdigest()}"
