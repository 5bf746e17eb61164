"""Replacing: a container that holds nothing exclusive is redeployed under load; requests without an answer are counted.

The clients run in containers on the same network and ask by its alias: some try every address a name has, as most
programs do, some take the first only.
"""

import re
import shutil
import subprocess
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.rig import PREFIX, Rig, docker

NETWORK = f"{PREFIX}-net"
DEPLOYS = 3
KINDS = {"all": "clients that try every address", "first": "clients that take the first address only"}
_FOLDER = Path(__file__).resolve().parent / "replaced"
_PYTHON = "/usr/bin/python3"
_LEFT_OUT = shutil.ignore_patterns(
    "test", "tests", "__pycache__", "ensurepip", "idlelib", "tkinter", "lib2to3", "config-*"
)


def figures(rig: Rig) -> list[Figure]:
    """Requests lost, one for each kind of client."""
    docker("network", "create", NETWORK)
    try:
        return _measured(rig)
    finally:
        for name in docker("ps", "-aq", "--filter", f"network={NETWORK}").split():
            docker("rm", "-f", name)
        docker("network", "rm", NETWORK)


def _measured(rig: Rig) -> list[Figure]:
    _image(rig.folder / "replaced")
    networks = [{"name": NETWORK, "aliases": ["web"]}]
    probe = {"kind": "tcp", "port": 8000, "interval": 0.2}
    rig.deployment("replaced", f"{PREFIX}:replaced", networks=networks, probe=probe, stop_timeout=10)
    rig.act("/deployments/replaced/deploy")
    clients = {kind: _client(kind) for kind in KINDS}
    time.sleep(2)
    for _ in range(DEPLOYS):
        rig.act("/deployments/replaced/deploy")
        time.sleep(1)
    return [_figure(kind, client) for kind, client in clients.items()]


def _figure(kind: str, client: str) -> Figure:
    docker("stop", "-t", "20", client)
    asked, lost, slowest = docker("logs", client).split()
    name = f"requests lost in {DEPLOYS} replaces, {KINDS[kind]}"
    beside = f"of {int(asked):,}; the slowest took {float(slowest):.2f} s"
    return Figure(name, int(lost), "", "0", lost == "0", beside)


def _client(kind: str) -> str:
    name = f"{PREFIX}-client-{kind}"
    argv = ("/usr/bin/python3", "/client.py", "web", kind)
    return docker("run", "-d", "--name", name, "--network", NETWORK, f"{PREFIX}:replaced", *argv).strip()


def _image(folder: Path) -> None:
    """The machine's own Python with the two programs: nothing is fetched, and nothing of the host is mounted."""
    shutil.copytree(_FOLDER, folder, ignore=_LEFT_OUT)
    ask = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    library = subprocess.run([_PYTHON, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    linked = subprocess.run(["ldd", _PYTHON], check=True, capture_output=True, text=True).stdout
    for path in (_PYTHON, *re.findall(r"(/\S+) \(0x", linked)):
        place = folder / "root" / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    shutil.copytree(library, folder / "root" / library.lstrip("/"), ignore=_LEFT_OUT, symlinks=True)
    docker("build", "-q", "-t", f"{PREFIX}:replaced", str(folder))
