"""Buildx: the docker CLI's plugin for BuildKit; where this release of Debian has none, the next one's package."""

import hashlib
import subprocess
import tempfile
from pathlib import Path

from parts import packages
from parts.packages import as_root, find, run
from parts.say import GiveUp, say

FOLDERS = tuple(f"/usr/{part}/docker/cli-plugins" for part in ("local/lib", "local/libexec", "lib", "libexec"))
"""Where the docker CLI looks for plugins of the whole system."""
PACKAGE = "docker-buildx"
NEXT = "trixie"
VERSION = "0.13.1+ds1-3"
HASHES = {
    "amd64": "fcf8c48204d1603c8f209451d7827eb91bf30759578baf7704e9e1a87e5f1d7f",
    "arm64": "6cf361ab892b55753b728adcbd1a99f0616711df853dba64a5297a4a676d96b0",
}
"""SHA-256 of the package, by architecture. It needs nothing but a libc6 that Debian 12 has."""
_ADVICE = "install what Debian calls docker-buildx yourself, then try again"


def is_here() -> bool:
    """Whether it is installed for the whole system."""
    return any(Path(folder, "docker-buildx").is_file() for folder in FOLDERS)


def ensure() -> None:
    """Install it, saying so, if it is missing. GiveUp if that is not possible."""
    if is_here():
        return
    if _says("apt-cache", "policy", PACKAGE).partition("Candidate: ")[2].split("\n")[0].strip() not in ("", "(none)"):
        say(f"installing docker buildx: Debian package {PACKAGE}")
        packages.install([PACKAGE])
    else:
        _install_next()
    if not is_here():
        raise GiveUp(f"docker buildx is still missing after installing {PACKAGE}")


def _install_next() -> None:
    """From the mirror this machine has its own packages from, and exactly what is known by its hash."""
    architecture = _says("dpkg", "--print-architecture").strip()
    if architecture not in HASHES:
        raise GiveUp(
            f"this Debian has no package {PACKAGE}, and the next one's is not known for {architecture}: {_ADVICE}"
        )
    say(f"installing docker buildx: {PACKAGE} {VERSION} of Debian {NEXT}, and nothing else of it")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        # apt drops its rights to download; it must reach the folder all the same.
        folder.chmod(0o755)
        package = _fetch(folder, _mirror())
        if hashlib.sha256(package.read_bytes()).hexdigest() != HASHES[architecture]:
            raise GiveUp(f"{package.name} is not the package that is known by its hash")
        run([*as_root(), "dpkg", "--install", str(package)])


def _fetch(folder: Path, mirror: str) -> Path:
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
    signed = f"[signed-by={keys}] " if Path(keys).is_file() else ""
    (folder / "sources.list").write_text(f"deb {signed}{mirror} {NEXT} main\n")
    apart = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": folder / "lists",
        "Dir::Cache": folder / "cache",
    }
    apt = ["apt-get", "-q", *(part for name, value in apart.items() for part in ("-o", f"{name}={value}"))]
    run([*apt, "update"], folder)
    run([*apt, "download", f"{PACKAGE}={VERSION}"], folder)
    return next(folder.glob("*.deb"))


def _mirror() -> str:
    """Where Debian's main packages of this machine come from."""
    told = _says("apt-get", "indextargets", "--format", "$(REPO_URI) $(COMPONENT) $(LABEL)", "Created-By: Packages")
    for line in told.splitlines():
        uri, component, label = [*line.split(" ", 2), "", ""][:3]
        if (component, label) == ("main", "Debian"):
            return uri
    raise GiveUp(f"this system has no package {PACKAGE} and gets none from Debian: {_ADVICE}")


def _says(*command: str) -> str:
    program = find(command[0])
    if program is None:
        raise GiveUp(f"there is no {command[0]} here: {_ADVICE}")
    done = subprocess.run([program, *command[1:]], check=False, capture_output=True, text=True)
    return done.stdout
