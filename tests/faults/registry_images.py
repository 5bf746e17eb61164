"""Images as registries keep them: blobs and manifests of every kind, made in memory, by digest."""

import gzip
import hashlib
import io
import json
import tarfile
from dataclasses import dataclass, field
from typing import Any

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"
_LAYERS = {MANIFEST: "application/vnd.docker.image.rootfs.diff.tar.gzip"}
_CONFIGS = {MANIFEST: "application/vnd.docker.container.image.v1+json"}


def digest_of(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@dataclass
class Shelf:
    """Everything a registry may be asked for by digest: its media type and its bytes."""

    things: dict[str, tuple[str, bytes]] = field(default_factory=dict[str, tuple[str, bytes]])

    def image(self, words: str, kind: str = MANIFEST, architecture: str = "amd64") -> str:
        """A manifest of an image that holds these words; its digest."""
        layer, diff = _layer(words)
        config = {
            "architecture": architecture,
            "os": "linux",
            "config": {"Labels": {"org.opencontainers.image.source": "https://git.example/app"}},
            "rootfs": {"type": "layers", "diff_ids": [diff]},
            "history": [{"created_by": words}],
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": kind,
            "config": self._described(
                _CONFIGS.get(kind, "application/vnd.oci.image.config.v1+json"), json.dumps(config).encode()
            ),
            "layers": [self._described(_LAYERS.get(kind, "application/vnd.oci.image.layer.v1.tar+gzip"), layer)],
        }
        return self._put(kind, json.dumps(manifest).encode())

    def index(self, words: str, kind: str = LIST, architectures: tuple[str, ...] = ("amd64", "arm64")) -> str:
        """An index of one manifest for each; its digest."""
        single = MANIFEST if kind == LIST else OCI_MANIFEST
        manifests: list[dict[str, Any]] = []
        for architecture in architectures:
            digest = self.image(f"{words} {architecture}", single, architecture)
            size = len(self.things[digest][1])
            platform = {"architecture": architecture, "os": "linux"}
            manifests.append({"mediaType": single, "digest": digest, "size": size, "platform": platform})
        body = {"schemaVersion": 2, "mediaType": kind, "manifests": manifests, "annotations": {"words": words}}
        return self._put(kind, json.dumps(body).encode())

    def schema1(self) -> str:
        """A manifest as registries kept them before 2015; nobody signed it."""
        return self._put(SCHEMA1, json.dumps({"schemaVersion": 1, "name": "old", "fsLayers": []}).encode())

    def _described(self, kind: str, data: bytes) -> dict[str, Any]:
        return {"mediaType": kind, "digest": self._put(kind, data), "size": len(data)}

    def _put(self, kind: str, data: bytes) -> str:
        self.things[digest_of(data)] = (kind, data)
        return digest_of(data)


def _layer(words: str) -> tuple[bytes, str]:
    """A layer with one file, packed, and the digest of what was packed."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("words")
        entry.size = len(words)
        archive.addfile(entry, io.BytesIO(words.encode()))
    return gzip.compress(packed.getvalue(), mtime=0), digest_of(packed.getvalue())
