"""A real registry on loopback that gives images to one user only."""

import base64
import json
import os
import signal
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.ports import free_port

USER, TOKEN = "ann", "a-t0ken/with+odd=signs"
HASH = "$2b$05$fg8KqD7g2gPcVm/skbHLp..ZNUOzuxy/ErXcmhQTXNp79KG87o76i"
"""Of the token, by bcrypt, as htpasswd -B writes it."""
CONFIG = """
version: 0.1
log: {{level: error}}
storage: {{filesystem: {{rootdirectory: {folder}/images}}}}
http: {{addr: "{domain}"{tls}}}
auth: {{htpasswd: {{realm: test, path: {folder}/htpasswd}}}}
"""


@contextmanager
def private_registry(folder: Path, *, tls: bool = False, host: str = "127.0.0.1") -> Iterator[str]:
    """Its domain, while it runs; Docker asks whatever listens on loopback by https first, and trusts it."""
    with running_registry(folder, tls=tls, host=host) as (domain, _):
        yield domain


@contextmanager
def running_registry(
    folder: Path, *, tls: bool = False, host: str = "127.0.0.1"
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The same, with its process."""
    domain = f"{host}:{free_port()}"
    folder.mkdir()
    keys = f", tls: {{certificate: {folder}/tls.crt, key: {folder}/tls.key}}" if tls else ""
    if tls:
        _make_certificate(folder, host)
    (folder / "htpasswd").write_text(f"{USER}:{HASH}\n")
    (folder / "registry.yml").write_text(CONFIG.format(folder=folder, domain=domain, tls=keys))
    with (folder / "log").open("wb") as log:
        argv = ["docker-registry", "serve", str(folder / "registry.yml")]
        process = subprocess.Popen(argv, stdout=log, stderr=log)
        try:
            _wait(f"{'https' if tls else 'http'}://{domain}/v2/")
            yield domain, process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(10)


def push(image: str, folder: Path) -> None:
    """As the docker command does it after a login."""
    told = {"auths": {image.partition("/")[0]: {"auth": base64.b64encode(f"{USER}:{TOKEN}".encode()).decode()}}}
    (folder / "config.json").write_text(json.dumps(told))
    environment = {**os.environ, "DOCKER_CONFIG": str(folder)}
    done = subprocess.run(["docker", "push", "-q", image], check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr


def _make_certificate(folder: Path, host: str) -> None:
    argv = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}"]
    argv += ["-addext", f"subjectAltName=IP:{host}", "-keyout", f"{folder}/tls.key", "-out", f"{folder}/tls.crt"]
    subprocess.run(argv, check=True, capture_output=True)


def _wait(url: str) -> None:
    blind = ssl.create_default_context()  # it only asks whether something is there
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    for _ in range(200):
        try:
            urlopen(url, timeout=1, context=blind)
        except HTTPError as answer:
            if answer.code == 401:  # it asks who is there
                return
            raise
        except URLError:
            time.sleep(0.05)
    raise AssertionError("the registry did not start")
