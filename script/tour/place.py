"""The demo's folder: what a run keeps there, and the names and ports it uses."""

import hashlib
import json
import os
import secrets
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from parts.environment import ROOT
from parts.say import GiveUp

FOLDER = Path(os.environ.get("MONITOR_DEMO_FOLDER") or ROOT / ".demo")
LOOPBACK = "127.0.0.1"
USUAL = (9120, 8120, 9121, 8088)
"""Of core, periphery, git and the app."""


@dataclass(frozen=True)
class Ports:
    """Loopback ports of one run."""

    core: int
    periphery: int
    git: int
    app: int


class Place:
    """One run's folder. A run left running and a `--check` have folders and names of their own, and do not meet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.access = folder / "access.json"
        self.running = folder / "processes.json"
        self.engine = folder / "dockerd.pid"
        self.source = folder / "source"
        self.repositories = folder / "git"
        self.core = folder / "core"
        self.periphery = folder / "periphery"
        self.app = folder / "app-url"
        self.home = folder / "home"
        """Where the command line keeps its profile, so that the user's own is not touched."""

    @property
    def container(self) -> str:
        """The app's container name: told apart from other clones' demos and from anything of the user's."""
        return f"monitor-demo-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:6]}"

    def log(self, name: str) -> Path:
        """Where a background process writes."""
        return self.folder / f"{name}.log"

    def clear(self) -> None:
        """An empty folder again; the log and pid of an Engine started here stay."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        for each in self.folder.iterdir():
            if each.stem == self.engine.stem or each == CHECK.folder:
                continue
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            else:
                each.unlink()

    def write_access(self, url: str, username: str, password: str, app: str) -> None:
        """Where and as whom to sign in, for the owner's eyes; and where the app is."""
        self.app.write_text(app)
        text = json.dumps({"url": url, "username": username, "password": password}, indent=2)
        handle = os.open(self.access, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(text + "\n")

    def read_access(self) -> dict[str, str]:
        """What `write_access` wrote; empty if there is none."""
        try:
            return json.loads(self.access.read_text())
        except (FileNotFoundError, ValueError):
            return {}


LEFT_RUNNING = Place(FOLDER)
CHECK = Place(FOLDER / "check")


def choose_ports(usual: tuple[int, int, int, int] = USUAL) -> Ports:
    """The usual ones where they are free, others where not."""
    return Ports(*map(_free, usual))


def new_password() -> str:
    """Random, and easy to select in a terminal."""
    return secrets.token_hex(12)


def _free(usual: int) -> int:
    for wanted in (usual, *(0,) * 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, wanted))
            except OSError:
                continue
            port = probe.getsockname()[1]
            if _claim(port):
                return port
    raise GiveUp(f"no free port on {LOOPBACK}")


def _claim(port: int) -> bool:
    """Whether no other run that starts now has chosen it. Kept until this process ends; by then, it is listened on."""
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0monitor-demo-port-{port}")
    except OSError:
        claim.close()
        return False
    claim.detach()
    return True
